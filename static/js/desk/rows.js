/* Rows and sections: new, double, moved, taken away, several at once; and each undone. */

import { change, desk, undo as undoBatches } from "./store.js";
import { cellOf, dress, edit, focus, partName, partOf, text } from "./grid.js";

const LISTS = new Set(["partners", "quantities", "results", "after", "items", "goals"]);
const STARTS = {
  actions: { title: "Nieuwe actie" }, rows: { title: "Nieuwe rij" },
  results: { text: "Nieuw resultaat" }, blocks: { kind: "tekst", title: "Nieuw blok" },
};
let done = []; // of each step the keys of its batches
let undone = [];

export const value = (key, typed) =>
  LISTS.has(key) ? typed.split("\n").map((line) => line.trim()).filter(Boolean) : typed;

const buttons = () => {
  desk.querySelector("[data-do='undo']").disabled = !done.length;
  desk.querySelector("[data-do='redo']").disabled = !undone.length;
};

/* Do something that can be undone. */
export const act = (changes, more) => {
  done.push(change(changes, more));
  undone = [];
  buttons();
};

const turn = (from, to) => {
  const keys = from.pop();
  if (!keys) return;
  to.push(undoBatches(keys, { shows: true }));
  buttons();
};
/* Doing it again is undoing what undid it. */
export const undo = () => turn(done, undone);
export const redo = () => turn(undone, done);

/* What was not stored cannot be undone. */
export const forget = (key) => {
  done = done.filter((keys) => !keys.includes(key));
  undone = undone.filter((keys) => !keys.includes(key));
  buttons();
};

export const put = (node, key, was, now) => ({ do: "put", node, key, was, now });

export const typed = (cell, was, now) => {
  const { node } = cell.closest("[data-node]").dataset;
  const { key } = cell.dataset;
  const before = cell.dataset.absent !== undefined ? null : value(key, was);
  delete cell.dataset.absent;
  act([put(node, key, before, value(key, now))]);
};

/* ---- parts: the rows of a table, and the sections themselves */

const sibling = (part, by) => {
  let other = part;
  do other = by > 0 ? other.nextElementSibling : other.previousElementSibling;
  while (other && other.dataset.home !== part.dataset.home);
  return other;
};

const home = (part) => {
  const [into, name] = part.dataset.home.split("/");
  return { into, name };
};

const place = (part) => ({ ...home(part), after: sibling(part, -1)?.dataset.node ?? "" });

const whole = async (node) => {
  const answer = await fetch(`${desk.dataset.base}${node}/boom/`).catch(() => null);
  return answer?.ok ? (await answer.json()).tree : null;
};

const newHandle = () => `new:${crypto.randomUUID()}`;

export const add = (where, after, tree) => {
  const [into, name] = where.split("/");
  const handle = newHandle();
  const start = tree ?? STARTS[name];
  if (!start) { location.href = `${desk.dataset.base}${into}/nieuw/${name}/?na=${after ?? "end"}`; return; }
  act([{ do: "add", handle, into, name, after: after ?? "end", tree: start }], { opens: handle });
};

export const addBelow = (part) => add(part.dataset.home, part.dataset.node);
export const addAbove = (part) => add(part.dataset.home, sibling(part, -1)?.dataset.node ?? "");

/* A line like the last one, with the code that follows. */
export const addLine = () => {
  const lines = [...desk.querySelectorAll("[data-section][data-home='plan/lines']")];
  const { kind } = lines.at(-1).dataset;
  const taken = lines.map((line) => text(line.querySelector("[data-key='code']")));
  let code = taken.at(-1);
  do code = following(code); while (taken.includes(code));
  add("plan/lines", "end", { code, title: "Nieuwe actielijn", kind });
};

const following = (code) => {
  const [, start, number] = /^(.*?)(\d*)$/.exec(code);
  if (number) return start + (Number(number) + 1);
  return /^[A-Ya-y]$/.test(code) ? String.fromCharCode(code.charCodeAt(0) + 1) : `${code}2`;
};

export const duplicate = async (row) => {
  const tree = await whole(row.dataset.node);
  if (!tree) return;
  delete tree.code;
  delete tree.results;
  add(row.dataset.home, row.dataset.node, tree);
};

export const remove = async (parts) => {
  const trees = await Promise.all(parts.map((part) => whole(part.dataset.node)));
  const changes = parts.flatMap((part, n) => (trees[n] ? [{ do: "remove", node: part.dataset.node, was: trees[n] }] : []));
  const what = parts.length === 1 ? partName(parts[0]) : `${parts.length} rijen`;
  if (!changes.length) return;
  const next = sibling(parts.at(-1), 1) ?? sibling(parts[0], -1);
  act(changes, { says: `${what} weggehaald`, focuses: next?.dataset.node });
};

/* Up or down among its own; an action at the edge goes on into the next list of actions. */
export const move = (part, by) => {
  const other = sibling(part, by);
  let to = other && { ...home(part), after: by > 0 ? other.dataset.node : place(other).after };
  if (!other && part.matches("tr")) {
    const lists = [...desk.querySelectorAll("tbody[data-home$='/actions']")];
    const next = lists[lists.indexOf(part.parentElement) + by];
    if (next && lists.includes(part.parentElement)) to = { ...home(next), after: by > 0 ? "" : "end" };
  }
  if (!to) return;
  moved([part], to, { focuses: part.dataset.node });
  if (other && part.matches("tr")) {
    // At once: the next key counts from where the row is now.
    const held = document.activeElement;
    if (by > 0) other.after(part);
    else other.before(part);
    held.focus();
  }
};

const moved = (parts, to, more) => act(parts.map((part) => ({ do: "move", node: part.dataset.node, ...to })), more);

/* One after the other below a row, or first in a list. What is there already stays. */
export const moveAfter = (parts, where, after) => {
  const [into, name] = where.split("/");
  let last = after;
  const wanted = parts.map((part) => {
    const to = { do: "move", node: part.dataset.node, into, name, after: last };
    last = part.dataset.node;
    return to;
  });
  const same = parts.every((part, n) => part.dataset.home === where && place(part).after === wanted[n].after);
  if (!same) act(wanted, { focuses: parts[0].dataset.node });
};

/* Numbers in the order of the table, anew below a point with a code. */
export const renumber = (table) => {
  let next = 1;
  const changes = [];
  for (const list of table.tBodies) {
    const point = list.querySelector(".group [data-key='code']");
    if (point && text(point)) next = 1;
    for (const row of list.querySelectorAll("tr[data-node]:not(.group)")) {
      const was = text(row.querySelector("[data-key='code']"));
      if (!/^\d+$/.test(was)) continue;
      if (was !== String(next)) changes.push(put(row.dataset.node, "code", was, String(next)));
      next += 1;
    }
  }
  if (changes.length) act(changes, { says: "Hernummerd; verwijzingen gaan mee" });
};

/* ---- several at once */

export const chosen = () => [...desk.querySelectorAll("[data-pick]:checked")].map((box) => box.closest("tr"));

export const batch = (key, now) => {
  const rows = chosen();
  if (key === "remove") return remove(rows);
  if (key === "move") return moved(rows, { into: now, name: "actions", after: "end" });
  const seen = (row) => {
    const cell = row.querySelector(`td[data-key="${key}"]`);
    if (!cell) return "";
    return cell.dataset.absent !== undefined ? null : value(key, text(cell));
  };
  const wanted = rows.filter((row) => seen(row) !== now);
  if (!wanted.length) return null;
  return act(wanted.map((row) => put(row.dataset.node, key, seen(row), now)));
};

/* The row as the server has it now. Who stood in it stays there. */
export const swap = (node, html) => {
  const row = desk.querySelector(`tr[data-node="${node}"]`);
  if (!row) return;
  const held = row.contains(document.activeElement) ? document.activeElement.closest("td") : null;
  const picked = row.querySelector("[data-pick]")?.checked;
  const stop = row.querySelector("[tabindex='0']")?.closest("td");
  const index = held?.cellIndex ?? -1;
  const parsed = document.createElement("template");
  parsed.innerHTML = html.trim();
  const fresh = parsed.content.firstElementChild;
  row.replaceWith(fresh);
  dress(fresh);
  if (picked) fresh.querySelector("[data-pick]").checked = true;
  const now = fresh.cells[index] ?? (stop && fresh.cells[stop.cellIndex]);
  if (index >= 0) focus(now?.dataset.key ? now : now?.querySelector("input, a"));
  else if (now?.dataset.key) now.tabIndex = 0;
};

export const openNew = (node) => {
  const cell = ["title", "text"].map((key) => cellOf(node, key)).find(Boolean) ?? partOf(node)?.querySelector("[data-key]");
  if (!cell) return;
  focus(cell);
  edit(cell);
};
