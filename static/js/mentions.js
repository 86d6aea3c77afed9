/* Names after an @ in a text: a list of the people who can be told, from the choices below
   it. The arrow keys go through the list, Enter or Tab takes a name, Escape closes it. */

const AT = /(?:^|\s)@([^@\n]{0,40})$/;
const MOST = 6;

for (const box of document.querySelectorAll("[data-mentions]")) {
  const field = box.querySelector("textarea");
  const choices = [...box.closest("form").querySelectorAll("[name=told]")];
  if (field && choices.length) complete(box, field, choices);
}

function complete(box, field, choices) {
  const list = Object.assign(document.createElement("ul"), {
    id: `${field.id}-namen`, className: "mention-list", hidden: true,
  });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Wie noemt u?");
  box.append(list);
  field.setAttribute("aria-autocomplete", "list");
  let current = 0;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-controls");
    field.removeAttribute("aria-activedescendant");
  };

  const mark = (to) => {
    current = (to + list.children.length) % list.children.length;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", n === current));
    field.setAttribute("aria-activedescendant", list.children[current].id);
    list.children[current].scrollIntoView({ block: "nearest" });
  };

  const take = (choice) => {
    const typed = AT.exec(field.value.slice(0, field.selectionStart));
    if (!typed) return close();
    choice.checked = true;
    const from = field.selectionStart - typed[1].length;
    field.setRangeText(`${nameOf(choice)} `, from, field.selectionStart, "end");
    close();
  };

  const show = () => {
    const typed = AT.exec(field.value.slice(0, field.selectionStart));
    const found = typed ? choices.filter((choice) => matches(nameOf(choice), typed[1])) : [];
    if (!found.length) return close();
    list.replaceChildren(...found.slice(0, MOST).map((choice, n) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${n}`;
      item.textContent = nameOf(choice);
      item.setAttribute("role", "option");
      // Before the click takes the focus away from the text.
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(choice); });
      item.choice = choice;
      return item;
    }));
    list.hidden = false;
    field.setAttribute("aria-controls", list.id);
    mark(0);
  };

  field.addEventListener("input", show);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(current + step);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[current].choice);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

const nameOf = (choice) => choice.closest("label").textContent.trim();

function matches(name, typed) {
  const wanted = typed.toLocaleLowerCase("nl");
  const whole = name.toLocaleLowerCase("nl");
  return whole !== wanted.trim() && (whole.startsWith(wanted) || whole.includes(` ${wanted}`));
}
