/* A table to type in: one cell has the focus, the arrows go on from there, Enter opens it. */

import { button, enterAtEnd, make, mount } from "../prose_editor.js";
import { desk, post } from "./store.js";

const TOUCHED = "tr[data-node]:not(.group)";
let open = null; // { cell, input, was }

/* What stands in a cell. Running text that the server still has to see is HTML: { html }. */
export const text = (cell) =>
  cell.dataset.choices !== undefined
    ? cell.dataset.value
    : (changed.get(cell) ?? cell.querySelector(".typed")?.textContent ?? "");
const changed = new WeakMap();

/* A part of the plan on the page, and one of its own cells: a section holds the cells of
   its rows too. */
export const partOf = (node) => desk.querySelector(`[data-node="${node}"]`);
export const cellOf = (node, key) =>
  [...(partOf(node)?.querySelectorAll(`[data-key="${key}"]`) ?? [])]
    .find((cell) => cell.closest("[data-node]").dataset.node === node);

export const partName = (part) =>
  part.querySelector("tr > .pick [data-pick]")?.closest("[data-node]") === part
    ? part.querySelector("[data-pick]").getAttribute("aria-label").replace("Kies ", "")
    : (part.querySelector(".desk-heading, th")?.textContent ?? "").replace(/\s+/g, " ").trim();

const label = (cell) => {
  const head = cell.closest("table")?.querySelector(`th[data-column="${cell.dataset.key}"]`);
  return `${cell.dataset.label ?? head?.textContent ?? ""} van ${partName(cell.closest("[data-node]"))}`;
};

/* ---- the focus */

const stops = (row) =>
  [...row.cells].map((cell) =>
    cell.classList.contains("pick") ? cell.querySelector("input")
      : cell.classList.contains("acts") ? cell.querySelector("a")
        : cell);

const target = (cell) => cell.closest("td")?.dataset.key ? cell.closest("td") : cell;

export const enhance = (part) => {
  for (const hidden of part.querySelectorAll(".scripted[hidden]")) hidden.hidden = false;
  for (const table of part.querySelectorAll("table.desk-grid")) {
    table.role = "grid";
    for (const row of table.querySelectorAll(TOUCHED)) dress(row);
    const first = table.querySelector(`${TOUCHED} td[data-key]`);
    if (first && !table.querySelector("td[tabindex='0']")) first.tabIndex = 0;
  }
  for (const cell of part.querySelectorAll(".desk-cell")) {
    cell.hidden = false;
    cell.tabIndex = 0;
    cell.role = "button";
    cell.setAttribute("aria-describedby", "desk-hint");
  }
};

export const dress = (row) => {
  for (const stop of stops(row)) if (stop) stop.tabIndex = -1;
  for (const hidden of row.querySelectorAll(".scripted")) hidden.hidden = false;
};

export const focus = (stop) => {
  if (!stop) return;
  const table = isRow(stop) || stop.closest(".pick, .acts") ? stop.closest("table") : null;
  for (const old of table?.querySelectorAll("td[tabindex='0'], td [tabindex='0']") ?? []) old.tabIndex = -1;
  stop.tabIndex = 0;
  stop.focus();
  stop.scrollIntoView({ block: "nearest", inline: "nearest" });
};

export const rowsOf = (table) => [...table.querySelectorAll(TOUCHED)];

export const go = (from, across, down) => {
  const row = from.closest("tr");
  const rows = rowsOf(row.closest("table"));
  const at = stops(row).indexOf(target(from));
  let to = rows[rows.indexOf(row) + down];
  let column = at + across;
  if (across && column >= row.cells.length) { to = rows[rows.indexOf(row) + 1]; column = 0; }
  if (across && column < 0) { to = rows[rows.indexOf(row) - 1]; column = row.cells.length - 1; }
  const stop = to && stops(to)[Math.min(column, to.cells.length - 1)];
  if (!stop) return false;
  focus(stop);
  return true;
};

/* To the next cell that can be typed in, in reading order; nothing beyond the last. */
export const step = (from, by) => {
  const table = from.closest("table");
  const cells = [...table.querySelectorAll("td, .desk-cell")].filter((cell) => cell.dataset.key || cell.contains(from));
  const next = cells[cells.findIndex((cell) => cell.contains(from)) + by];
  if (!next?.dataset.key) return false;
  focus(next);
  return true;
};

/* Out of the table, to what stands below it. */
export const leave = (from) => from.closest(".desk-region")?.nextElementSibling?.querySelector("a, button")?.focus();

/* ---- one cell open */

export const isOpen = (row) => Boolean(open && (!row || row.contains(open.cell)));

export const isRow = (cell) => cell.matches("td");

const field = (cell, start) => {
  if (cell.dataset.choices !== undefined) {
    const select = make("select");
    for (const part of cell.dataset.choices.split("|")) {
      const [value, name] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
      select.add(new Option(name, value, false, value === cell.dataset.value));
    }
    return select;
  }
  const area = make("textarea");
  area.value = start ?? text(cell);
  if (!isRow(cell) && cell.dataset.control !== "line") area.className = "prose";
  area.rows = Math.min(12, Math.max(1, Math.ceil(area.value.length / 40), area.value.split("\n").length));
  return area;
};

/* ---- running text, in place */

let tiptap = null; // what the editor is made of, once it came
if (desk.querySelector("[data-prose]")) import(desk.dataset.component).then((made) => { tiptap = made; }, () => {});

const ask = async (body) => {
  const answer = await post("tekst/", body);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
};

/* A button holds no field: while it is open it is none. */
const begin = (held) => {
  open = held;
  held.cell.classList.add("open");
  if (!isRow(held.cell)) for (const name of ["role", "tabindex", "aria-describedby"]) held.cell.removeAttribute(name);
};

const prose = (cell) => {
  const box = make("div", { class: "desk-input prose-box" });
  cell.append(box);
  const editor = mount(tiptap, {
    box, content: changed.get(cell)?.html ?? cell.dataset.prose, name: label(cell), post: ask,
    attributes: { id: "desk-prose", "aria-label": label(cell) },
  });
  const before = editor.getHTML();
  begin({
    cell, input: box, was: text(cell), held: make("div"), leave: () => editor.destroy(),
    now: () => (editor.getHTML() === before ? null : { html: editor.getHTML() }),
  });
  enterAtEnd(editor);
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close(true);
  });
};

export const edit = (cell, start) => {
  if (!open && tiptap && cell.dataset.prose !== undefined) return prose(cell);
  if (open || !cell.dataset.key || cell.dataset.control === "several") {
    if (cell.dataset.control === "several") cell.closest("tr").querySelector(".acts a").click();
    return;
  }
  const input = field(cell, start);
  input.classList.add("desk-input");
  input.ariaLabel = label(cell);
  const held = make("div", { class: "desk-reading", role: "status" });
  begin({ cell, input, was: text(cell), held });
  cell.append(input, held);
  input.focus();
  if (start === undefined) input.select?.();
  input.addEventListener("input", () => read(cell, input, held));
  input.addEventListener("blur", (event) => {
    if (!held.contains(event.relatedTarget) && !cell.contains(event.relatedTarget)) close(true);
  });
  if (cell.dataset.control === "read") read(cell, input, held);
};

export const close = (keeps) => {
  if (!open) return;
  const { cell, input, was, held } = open;
  const made = open.now?.();
  const now = open.now ? made ?? was : input.value.replaceAll("\r\n", "\n").trim();
  open.leave?.();
  open = null;
  input.remove();
  held.remove();
  cell.classList.remove("open");
  if (!isRow(cell)) enhance(cell.parentElement);
  const isNew = keeps && (now !== (was.trim?.() ?? was) || (cell.dataset.absent !== undefined && now !== ""));
  if (isNew) {
    show(cell, now);
    desk.dispatchEvent(new CustomEvent("desk:typed", { detail: { cell, was, now } }));
  }
  desk.dispatchEvent(new CustomEvent("desk:closed", { detail: { part: cell.closest("[data-node]") } }));
};

/* What was typed stands there at once; how it was read comes with the answer. */
export const show = (cell, now) => {
  if (cell.dataset.choices !== undefined) {
    cell.dataset.value = now;
    const part = cell.dataset.choices.split("|").find((one) => one.startsWith(`${now}=`));
    cell.querySelector(".typed").textContent = part ? part.slice(now.length + 1) : now;
  } else if (cell.dataset.prose !== undefined) {
    // Made by the editor itself, which knows no more than the server does.
    const shown = cell.querySelector(".shown");
    if (now.html) shown.innerHTML = now.html.replace(/<(\/?)a\b[^>]*>/g, "<$1u>");
    else shown.textContent = cell.querySelector(".typed").textContent = now;
    changed[now.html ? "set" : "delete"](cell, now);
  } else {
    cell.querySelector(".typed").textContent = now;
  }
  for (const old of cell.querySelectorAll(".says")) old.remove();
  cell.classList.remove("unread", "clash");
  cell.classList.add("sent");
};

/* ---- how it would be read */

let asked = 0;
const READ = ["amount", "nature", "funding", "planning", "start", "end", "municipalities"];

const read = (cell, input, held) => {
  if (cell.dataset.control !== "read") return;
  const turn = ++asked;
  setTimeout(async () => {
    if (turn !== asked || open?.cell !== cell) return;
    const cells = {};
    for (const other of cell.closest("tr").querySelectorAll("td[data-key]")) {
      if (!READ.includes(other.dataset.key) || other.dataset.control === "several") continue;
      if (other === cell) cells[other.dataset.key] = input.value;
      else if (other.dataset.absent === undefined) cells[other.dataset.key] = text(other);
    }
    const answer = await post("lezen/", { cells }).catch(() => null);
    if (!answer?.ok || open?.cell !== cell) return;
    const said = await answer.json();
    if (turn === asked && open?.cell === cell) told(cell, input, held, said);
  }, 200);
};

const told = (cell, input, held, said) => {
  const fault = said.faults[cell.dataset.key];
  held.replaceChildren();
  held.classList.toggle("fault-text", Boolean(fault));
  const line = fault ?? said.says[cell.dataset.key] ?? (input.value.trim() ? "Zo gelezen" : "");
  if (line) held.append(make("p", {}, line));
  for (const remedy of said.remedies[cell.dataset.key] ?? []) {
    held.append(button(remedy.label, () => { input.value = remedy.text; close(true); focus(cell); }));
  }
};
