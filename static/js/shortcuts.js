/* Shortcuts of one key or two after each other. The list in the dialog is the only list:
   a link with data-keys="g s" is where those keys lead. Who switched them off does not get
   this file (WCAG 2.1.4). Nothing is heard while typing, or while a dialog is open. */

const TYPING = "input, select, textarea, [contenteditable=''], [contenteditable='true']";
const list = document.getElementById("sneltoetsen");
let before = "";

const actions = {
  "/": () => {
    const field = document.getElementById("zoek");
    field?.focus();
    field?.select?.();
    return Boolean(field);
  },
  "?": () => {
    list?.showModal();
    return Boolean(list);
  },
};
for (const link of list?.querySelectorAll("[data-keys]") ?? []) {
  actions[link.dataset.keys] = () => {
    location.assign(link.href);
    return true;
  };
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.defaultPrevented || event.key === "Shift") return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const typed = before ? `${before} ${event.key}` : event.key;
  before = event.key === "g" ? "g" : "";
  if (Object.hasOwn(actions, typed) && actions[typed]()) {
    before = "";
    event.preventDefault();
  }
});
document.addEventListener("focusin", () => { before = ""; });
