/* The look changes at once, and the server keeps it in its cookie. When the server cannot
   be asked so, the form is sent as it is without JavaScript. */

const root = document.documentElement;

const show = (radio) => {
  const first = radio.form.elements[radio.name][0].value;
  if (radio.value === first) delete root.dataset[radio.name];
  else root.dataset[radio.name] = radio.value;
};

const keep = async (form) => {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    redirect: "manual",
  });
  if (answer.type !== "opaqueredirect") throw new Error(`${answer.status}`);
};

for (const form of document.querySelectorAll("form[data-display]")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", (event) => {
    show(event.target);
    keep(form).catch(() => form.submit());
  });
}
