/* Rows that go elsewhere by the mouse. */

import { partOf } from "./grid.js";
import { chosen, moveAfter } from "./rows.js";
import { desk } from "./store.js";

let held = [];
let mark = null;

/* Where a row would come: by the row under the mouse, or at the end of a list. */
const spot = (event) => {
  const list = event.target.closest?.("tbody[data-home]");
  const [own, home] = [held[0]?.dataset.home, list?.dataset.home ?? ""];
  const fits = own?.endsWith("/actions") ? home.endsWith("/actions") : own === home;
  if (!fits) return null;
  const row = event.target.closest("tr");
  const isRow = row.matches("[data-node]:not(.group)");
  const box = row.getBoundingClientRect();
  const isAbove = row.matches(".add") || (isRow && event.clientY < box.top + box.height / 2);
  return { list, row, side: isAbove ? "above" : "below" };
};

const show = (found) => {
  mark?.row.classList.remove("drop-above", "drop-below");
  mark = found;
  mark?.row.classList.add(`drop-${mark.side}`);
};

desk.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.("[data-grip]")?.closest("tr");
  if (!row) return;
  const kind = row.dataset.home.split("/")[1];
  held = chosen().includes(row) ? chosen().filter((one) => one.dataset.home.endsWith(`/${kind}`)) : [row];
  event.dataTransfer.setData("text/plain", row.dataset.code ?? "");
  event.dataTransfer.setDragImage(row, 12, 12);
  for (const one of held) one.classList.add("dragged");
});

desk.addEventListener("dragover", (event) => {
  const found = spot(event);
  show(found);
  if (found) event.preventDefault();
});

desk.addEventListener("drop", (event) => {
  const found = spot(event);
  if (!found) return;
  event.preventDefault();
  const away = new Set(held.map((row) => row.dataset.node));
  let before = found.side === "below" ? found.row : found.row.previousElementSibling;
  while (before && (away.has(before.dataset.node) || before.dataset.home !== found.list.dataset.home)) before = before.previousElementSibling;
  moveAfter(held.map((row) => partOf(row.dataset.node)).filter(Boolean), found.list.dataset.home, before?.dataset.node ?? "");
});

desk.addEventListener("dragend", () => {
  for (const row of held) row.classList.remove("dragged");
  held = [];
  show(null);
});
