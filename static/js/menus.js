/* A menu (details.menu) closes as people expect: with Escape, by a click outside it, and
   when the focus leaves it. Opening and closing it is the browser's own. */

const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  for (const menu of openMenus()) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});

const closeWithout = (target) => {
  for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
};

document.addEventListener("pointerdown", (event) => closeWithout(event.target));
document.addEventListener("focusin", (event) => closeWithout(event.target));
