/* What htmx leaves to the page: a focus that is never lost, an address without empty parts,
   and a word when the server does not answer. */

let held = false;

document.addEventListener("htmx:beforeSwap", (event) => {
  held = event.detail.target.contains(document.activeElement);
});

/* htmx gives the focus back to what has the same id. What is gone hands it to the part that
   came: to its first link, where the next step is. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (!held || document.activeElement !== document.body) return;
  held = false;
  const part = document.getElementById(event.detail.target.id);
  (part?.querySelector("a[href], button") ?? part)?.focus();
});

document.addEventListener("htmx:configRequest", (event) => {
  const asked = event.detail.parameters;
  for (const name of Object.keys(asked)) if (asked[name] === "") delete asked[name];
});

const tell = (event) => {
  const status = document.querySelector("[data-count]");
  if (status) status.textContent = "De lijst is niet ververst. Probeer het nog een keer.";
  event.preventDefault();
};
document.addEventListener("htmx:responseError", tell);
document.addEventListener("htmx:sendError", tell);
