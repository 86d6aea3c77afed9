/* Running text as an editor over the plain field that holds it. Without the component, or
   without JavaScript, the plain field stays. */

import { enter, enterAtEnd, make, mount } from "./prose_editor.js";

const form = document.querySelector("form[data-component]");
const areas = [...form.querySelectorAll("textarea[data-prose]")];

const post = async (body) => {
  const answer = await fetch(form.dataset.texts, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

/* What stands in the field: also when somebody typed before the editor came. */
const content = async (area) => {
  if (area.value === area.defaultValue) return area.dataset.prose;
  area.readOnly = true;
  return (await post({ text: area.value })).html;
};

const open = async (area, tiptap) => {
  const start = await content(area);
  const held = document.activeElement === area;
  const id = area.id;
  const label = form.querySelector(`label[for="${id}"]`);
  label.id = `${id}_label`;
  const box = make("div", { class: "prose-box" });
  const attributes = { id, "aria-labelledby": label.id };
  for (const name of ["aria-describedby", "aria-invalid"]) if (area.getAttribute(name)) attributes[name] = area.getAttribute(name);
  area.before(box);
  area.id = `${id}_plain`;
  area.hidden = true;
  const editor = mount(tiptap, {
    box, content: start, name: label.firstChild.textContent.trim(), post, attributes,
    onUpdate: (changed) => {
      let made = form.elements[`${area.name}_opgemaakt`];
      if (!made) {
        made = make("input", { type: "hidden", name: `${area.name}_opgemaakt` });
        area.after(made);
      }
      made.value = changed.getHTML();
    },
  });
  label.addEventListener("click", () => enter(editor));
  if (held) enterAtEnd(editor);
};

if (areas.length) {
  const tiptap = await import(form.dataset.component);
  for (const area of areas) open(area, tiptap).catch(() => { area.readOnly = false; });
}
