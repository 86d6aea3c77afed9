/* Rows: new, double, moved, taken away, several at once; and each of it undone. */

import { change } from "./store.js";
import { dress, edit, focus, rowName, rowsOf, text } from "./grid.js";

const desk = document.getElementById("desk");
const LISTS = new Set(["partners", "quantities", "results", "after", "items", "goals"]);
const STARTS = { actions: { title: "Nieuwe actie" }, rows: { title: "Nieuwe rij" }, results: { text: "Nieuw resultaat" } };
const done = [];
const undone = [];

export const value = (key, typed) =>
  LISTS.has(key) ? typed.split("\n").map((line) => line.trim()).filter(Boolean) : typed;

const buttons = () => {
  desk.querySelector("[data-do='undo']").disabled = !done.length;
  desk.querySelector("[data-do='redo']").disabled = !undone.length;
};

/* Do something that `back` undoes; both are lists of changes. */
export const act = (changes, back, more) => {
  done.push({ changes, back });
  undone.length = 0;
  buttons();
  change(changes, more);
};

const turn = (from, to, way) => {
  const step = from.pop();
  if (!step) return;
  to.push(step);
  buttons();
  change(step[way], { shows: true });
};
export const undo = () => turn(done, undone, "back");
export const redo = () => turn(undone, done, "changes");

/* What was new got a handle of its own: what can be undone names it by that. */
export const rename = (names) => {
  for (const step of [...done, ...undone]) {
    for (const part of [...step.changes, ...step.back]) {
      for (const key of ["node", "into", "after"]) part[key] = names[part[key]] ?? part[key];
    }
  }
};

export const put = (node, key, was, now) => ({ do: "put", node, key, was, now });

export const typed = (cell, was, now) => {
  const row = cell.closest("[data-node]");
  const key = cell.dataset.key;
  const before = cell.dataset.absent !== undefined ? null : value(key, was);
  delete cell.dataset.absent;
  act([put(row.dataset.node, key, before, value(key, now))], [put(row.dataset.node, key, value(key, now), before)]);
};

/* ---- rows */

const place = (row) => {
  const [into, name] = row.dataset.home.split("/");
  let other = row.previousElementSibling;
  while (other && (!other.dataset.node || other.dataset.home !== row.dataset.home)) other = other.previousElementSibling;
  return { into, name, after: other?.dataset.node ?? "" };
};

const whole = async (node) => {
  const answer = await fetch(`${desk.dataset.base}${node}/boom/`);
  return answer.ok ? (await answer.json()).tree : null;
};


export const add = (home, after, tree) => {
  const [into, name] = home.split("/");
  const node = `new:${crypto.randomUUID()}`;
  const start = tree ?? STARTS[name];
  const one = { do: "add", handle: node, into, name, after: after ?? "end", tree: start };
  act([one], [{ do: "remove", node, was: start }], { opens: node });
};

export const addBelow = (row) => add(row.dataset.home, row.dataset.node);

export const duplicate = async (row) => {
  const tree = await whole(row.dataset.node);
  if (!tree) return;
  delete tree.code;
  delete tree.results;
  add(row.dataset.home, row.dataset.node, tree);
};

export const remove = async (rows) => {
  const changes = [];
  const back = [];
  for (const row of rows) {
    const was = await whole(row.dataset.node);
    if (!was) continue;
    changes.push({ do: "remove", node: row.dataset.node, was });
    back.unshift({ do: "add", handle: `new:${crypto.randomUUID()}`, ...place(row), tree: was });
  }
  if (changes.length) act(changes, back, { says: `${rows.length === 1 ? rowName(rows[0]) : `${rows.length} rijen`} weggehaald` });
};

export const move = (row, by) => {
  const all = rowsOf(row.closest("table"));
  const at = all.indexOf(row);
  const other = all[at + by];
  if (!other) return;
  const from = place(row);
  const [into, name] = other.dataset.home.split("/");
  const after = by > 0 ? other.dataset.node : place(other).after;
  act([{ do: "move", node: row.dataset.node, into, name, after }],
    [{ do: "move", node: row.dataset.node, ...from }], { focuses: row.dataset.node });
};

/* ---- several at once */

export const chosen = () => [...desk.querySelectorAll("[data-pick]:checked")].map((box) => box.closest("tr"));

export const batch = (key, now) => {
  const rows = chosen();
  if (key === "remove") return remove(rows);
  if (key === "move") {
    const changes = rows.map((row) => ({ do: "move", node: row.dataset.node, into: now, name: "actions", after: "end" }));
    const back = rows.map((row) => ({ do: "move", node: row.dataset.node, ...place(row) })).reverse();
    return act(changes, back);
  }
  const seen = (row) => {
    const cell = row.querySelector(`td[data-key="${key}"]`);
    return cell ? (cell.dataset.absent !== undefined ? null : value(key, text(cell))) : "";
  };
  const wanted = rows.filter((row) => seen(row) !== now);
  if (!wanted.length) return null;
  return act(wanted.map((row) => put(row.dataset.node, key, seen(row), now)),
    wanted.map((row) => put(row.dataset.node, key, now, seen(row))));
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
  const row = desk.querySelector(`tr[data-node="${node}"]`);
  const cell = row?.querySelector("td[data-key='title'], td[data-key='text']");
  if (!cell) return;
  focus(cell);
  edit(cell);
};
