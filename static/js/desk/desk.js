/* The editor of a plan: brings keys, storing, undoing and each other's changes together. */

import "./drag.js";
import { cellOf, close, edit, enhance, focus, go, isOpen, isRow, leave, partName, partOf, show, step, text } from "./grid.js";
import { button, make } from "../prose_editor.js";
import { askTable, copyTable } from "./paste.js";
import * as rows from "./rows.js";
import { anew, desk, post, say, send, state, waiting, waits } from "./store.js";

const clock = () => new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
const rowOf = (node) => desk.querySelector(`tr[data-node="${node}"]`);

const sections = desk.querySelector("[data-sections]");
const first = (from) => from?.querySelector("td[data-key], .desk-cell");

enhance(desk);

/* ---- keys and clicks */

let before = null; // where the focus was when the button went down
desk.addEventListener("pointerdown", () => { before = document.activeElement; }, true);

/* The first click goes to a cell, the second opens it. */
desk.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-key]");
  const button = event.target.closest("[data-do]");
  if (button) {
    const section = button.closest("[data-section]");
    const acts = {
      undo: rows.undo, redo: rows.redo, line: rows.addLine,
      add: () => rows.add(button.dataset.home),
      above: () => rows.addAbove(section),
      below: () => rows.addBelow(section),
      up: () => rows.move(section, -1),
      down: () => rows.move(section, 1),
      remove: () => rows.remove([section]),
      keys: () => document.getElementById("desk-toetsen").showModal(),
      close: () => { box.hidden = true; box.querySelector("[data-held-list]").replaceChildren(); },
      copy: () => copyTable(button),
      renumber: () => rows.renumber(button.closest("section").querySelector("table[data-word=actie]")),
      paste: () => askTable(button),
    };
    event.preventDefault();
    const menu = button.closest("details");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    acts[button.dataset.do]();
  } else if (cell && !event.target.closest(".desk-input, .desk-reading, .clash button")) {
    if (before === cell || !isRow(cell)) edit(cell);
    else focus(cell);
  }
});
const inside = (event) => {
  const cell = event.target.closest("[data-key]");
  const { key } = event;
  if (key === "Escape") { close(false); focus(cell); }
  else if (key === "Enter" && !event.shiftKey && !event.altKey) {
    if (event.target.closest(".prose-box, .prose") && !event.ctrlKey) return; // a new line of the text
    close(true);
    if (!isRow(cell)) cell.focus();
    else if (event.ctrlKey) rows.addBelow(cell.closest("tr"));
    else go(cell, 0, 1) || focus(cell);
  } else if (key === "Tab" && cell.closest("table")) {
    close(true);
    if (!step(cell, event.shiftKey ? -1 : 1)) return focus(cell);
  } else return;
  event.preventDefault();
  event.stopPropagation();
};

const onCell = (event, cell, row) => {
  const key = event.key;
  const isLetter = event.getModifierState("AltGraph");
  const control = (event.ctrlKey || event.metaKey) && !isLetter;
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (event.altKey && key in arrows && arrows[key][1]) rows.move(row, arrows[key][1]);
  else if (control && key === "Enter") rows.addBelow(row);
  else if (control && key.toLowerCase() === "d") rows.duplicate(row);
  else if (control && (key === "Delete" || key === "Backspace")) rows.remove([row]);
  else if (control || (event.altKey && !isLetter)) return;
  else if (key in arrows) go(event.target, ...arrows[key]);
  else if (key === "Escape") leave(cell ?? row);
  else if (key === "Home") focus(row.querySelector("[data-key]"));
  else if (key === "End") focus([...row.querySelectorAll("[data-key]")].pop());
  else if (key === " " && cell) row.querySelector("[data-pick]").click();
  else if ((key === "Enter" || key === "F2") && cell) edit(cell);
  else if (key === "Delete" && cell && cell.dataset.control !== "several") { const was = text(cell); if (was) { show(cell, ""); rows.typed(cell, was, ""); } }
  else if (key.length === 1 && cell && cell.dataset.choices === undefined) edit(cell, key);
  else return;
  event.preventDefault();
};

/* Back and forth work wherever the focus is. */
const onHistory = (event) => {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const other = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (!control || !["y", "z"].includes(key) || (other && !other.matches("[data-pick]"))) return false;
  event.preventDefault();
  if (key === "y" || event.shiftKey) rows.redo();
  else rows.undo();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.target === document.body && !event.isComposing) onHistory(event);
});

/* First, for the editor of running text has keys of its own. */
desk.addEventListener("keydown", (event) => {
  if (!event.isComposing && event.target.closest(".desk-input") && !event.target.closest(".prose-link")) inside(event);
}, true);

desk.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.target.closest(".desk-input")) return;
  if (onHistory(event)) return;
  if (event.key === "Tab" && event.target.closest("table.desk-grid :is(td, .desk-cell)") && step(event.target, event.shiftKey ? -1 : 1)) return event.preventDefault();
  const row = event.target.closest("tr[data-node]:not(.group)");
  const cell = event.target.closest("[data-key]");
  if (row) onCell(event, cell, row);
  else if (cell && (event.key === "Enter" || event.key === "F2")) { event.preventDefault(); edit(cell); }
});

/* ---- storing */

const on = (name, act) => desk.addEventListener(`desk:${name}`, ({ detail }) => act(detail));

on("typed", ({ cell, was, now }) => rows.typed(cell, was, now));
on("sending", () => say("Bezig met opslaan…"));
on("signedout", () =>
  say("U bent niet meer ingelogd. Log in een ander tabblad in; uw wijzigingen blijven in deze browser en worden dan verstuurd."));
on("offline", (number) =>
  say(`Geen verbinding. ${number === 1 ? "1 wijziging blijft" : `${number} wijzigingen blijven`} in deze browser en ${number === 1 ? "wordt" : "worden"} verstuurd zodra er weer verbinding is.`));

const late = new Map();
let wantsReload = false;
/* What somebody types or chooses between is never redrawn; nor an open menu. */
const isHeld = (part) =>
  isOpen(part) || Boolean((part ?? sections).querySelector(".clash, details[open]"));
on("closed", ({ part }) => {
  const node = part?.dataset.node;
  if (late.has(node) && !waits(node)) rows.swap(node, late.get(node));
  late.delete(node);
  if (wantsReload) setTimeout(() => { if (!isOpen() && !waiting()) reload(); });
});

const renew = (news) => {
  for (const [node, html] of Object.entries(news)) {
    const row = rowOf(node);
    if (row && isHeld(row)) late.set(node, html);
    else if (!waits(node)) rows.swap(node, html);
  }
};

const unsent = (batch) => { for (const part of batch.changes) cellOf(part.node, part.key)?.classList.remove("sent"); };

on("stored", async ({ batch, said, isBehind }) => {
  renew(said.rows);
  unsent(batch);
  say(`${batch.says ? `${batch.says}. ` : ""}Opgeslagen om ${clock()}.`);
  totals();
  const structural = batch.changes.some((part) => part.do !== "put") || said.written.some((node) => !node.startsWith("action:"));
  if (structural || wantsReload) await reload();
  else if (isBehind) await poll();
  if (isOpen()) return;
  if (batch.opens) rows.openNew(said.new[batch.opens] ?? batch.opens);
  if (batch.focuses) focusPart(batch.focuses);
  if (batch.shows) reveal(batch.changes.at(-1), said.new);
  if (document.activeElement === document.body) desk.querySelector("td[data-key], .desk-cell, [data-do='add']")?.focus();
});

const focusPart = (node) => {
  const part = partOf(node);
  if (part && !part.contains(document.activeElement)) focus(first(part));
};

/* What was undone or done again is where one looks. */
const reveal = (part, names) => {
  const node = names[part.handle] ?? part.node;
  const cell = part.key && cellOf(node, part.key);
  if (cell) focus(cell);
  else focusPart(node);
};

/* Gives what brings the focus back among fresh sections: to a cell by its key, to anything
   else as the one of its kind in its part, and to what is nearest where that is gone. */
const keptFocus = () => {
  const at = document.activeElement;
  if (!sections.contains(at)) return () => {};
  const node = at.closest("[data-node]")?.dataset.node;
  const key = at.closest("[data-key]")?.dataset.key;
  const kind = at.dataset.do ? `[data-do="${at.dataset.do}"]` : at.matches(".desk-region") ? ".desk-region" : at.localName;
  const part = () => (node ? partOf(node) : sections);
  const alike = () => [...(part()?.querySelectorAll(kind) ?? [])];
  const nth = alike().indexOf(at);
  return () => focus((key && cellOf(node, key)) || alike()[nth] || first(part()) || first(sections));
};

/* The sections as they are now, with the focus where it was. An open cell stays open: then
   they come when it closes. */
const reload = async () => {
  wantsReload = isHeld();
  if (wantsReload) return;
  const { fresh } = await anew();
  if (!fresh) return;
  // Somebody may have gone on typing while the page came.
  wantsReload = isHeld() || waiting() > 0;
  if (wantsReload) return;
  const back = keptFocus();
  const picked = new Set(rows.chosen().map((row) => row.dataset.node));
  sections.replaceChildren(...[...fresh.querySelector("[data-sections]").children].map((part) => document.adoptNode(part)));
  state.number = Number(fresh.dataset.number);
  desk.dataset.token = fresh.dataset.token;
  enhance(desk);
  for (const node of picked) { const box = rowOf(node)?.querySelector("[data-pick]"); if (box) box.checked = true; }
  count();
  back();
};

/* A value in words; of running text its words alone. */
const said = (value) => (value?.html ? new DOMParser().parseFromString(value.html.replaceAll("</p>", "</p>\n"), "text/html").body.textContent.trim() : value);

/* What could not be stored stays on the page, to be copied. */
const box = desk.querySelector("[data-held]");
const hold = (sentence, batch) => {
  box.hidden = false;
  box.querySelector("[data-held-text]").textContent = sentence;
  for (const part of batch.changes) {
    const words = said(part.now) ?? part.tree?.title ?? part.tree?.text;
    if (words?.length) box.querySelector("[data-held-list]").append(make("li", {}, [words].flat().join("\n")));
  }
};

on("refused", ({ batch, said, status }) => {
  const faults = said.refusals ?? [];
  const sentence = faults.map((one) => one.sentence).join(" ") || said.sentence
    || (status === 403 ? "U mag dit plan niet meer wijzigen; kopieer uw tekst hieronder." : "Dit is niet opgeslagen; kopieer uw tekst hieronder en laad de pagina opnieuw.");
  say("Niet opgeslagen.");
  rows.forget(batch.key);
  unsent(batch);
  for (const fault of faults) {
    const cell = cellOf(fault.node, fault.key);
    if (!cell) continue;
    cell.classList.add("unread");
    note(cell, fault.sentence);
  }
  hold(sentence, batch);
});

const note = (cell, words, ...buttons) => {
  for (const old of cell.querySelectorAll(".says")) old.remove();
  cell.append(make("span", { class: "says fault-text", role: "alert" }, words, ...buttons));
};

on("clash", ({ batch, clashes }) => {
  say("Iemand anders was u voor; kies welke tekst blijft staan.");
  rows.forget(batch.key);
  sendRest(batch, new Set(clashes.map((clash) => clash.number)));
  for (const clash of clashes) {
    const part = batch.changes[clash.number];
    const cell = cellOf(clash.node, clash.key);
    if (isOpen(cell)) close(false);
    if (!cell || part.do !== "put") {
      hold(`${clash.who} heeft dit${clash.at ? ` ${clash.at}` : ""} gewijzigd; kijk of u dit nog wilt.`, batch);
      continue;
    }
    const theirs = [clash.theirs ?? ""].flat().join("\n");
    const mine = [said(part.now) ?? ""].flat().join("\n");
    const own = part.now?.html ? part.now : mine;
    const choice = (label, now) => button(label, () => {
      show(cell, now);
      cell.classList.remove("sent");
      if (now !== theirs) rows.typed(cell, theirs, now);
      focus(cell);
      wantsReload = true;
      poll();
    });
    show(cell, own);
    cell.classList.add("clash");
    note(cell, `${clash.who} maakte hier ${clash.at ? `${clash.at} ` : ""}“${theirs || "niets"}” van; ${batch.undo ? "u ging terug naar" : "u typte"} “${mine || "niets"}”. `,
      choice(batch.undo ? "Ga toch terug" : "Houd mijn tekst", own), choice(`Neem die van ${clash.who}`, theirs));
  }
  poll();
});

/* Of several cells at once, those that nobody else changed go on. */
const sendRest = (batch, clashed) => {
  const rest = batch.changes.filter((part, number) => !clashed.has(number));
  if (rest.length && batch.changes.every((part) => part.do === "put")) rows.act(rest);
};

/* ---- totals */

let counted = 0;
const totals = () => {
  const turn = ++counted;
  setTimeout(async () => {
    if (turn !== counted) return;
    const answer = await fetch(desk.dataset.totals).catch(() => null);
    if (!answer?.ok || turn !== counted) return;
    const box = desk.querySelector("[data-figures]");
    const isOut = box.querySelector("details")?.open;
    box.innerHTML = await answer.text();
    const details = box.querySelector("details");
    if (details && isOut) details.open = true;
  }, 120);
};
totals();

/* ---- each other */

const EVERY = 4000;
let place = "";
const people = desk.querySelector("[data-people]");

const poll = async () => {
  place = document.activeElement?.closest("[data-node]")?.dataset.node ?? "";
  const answer = await post("stand/", { since: state.number, place }).catch(() => null);
  if (!answer || answer.redirected) return;
  if (answer.status === 403 || answer.status === 404) return say("U mag dit plan niet meer wijzigen. Wat u typte, kunt u nog kopiëren.");
  if (!answer.ok) return;
  const said = await answer.json();
  meet(said.people);
  if (waiting() || (said.number === state.number && !wantsReload)) return;
  if (said.reload || wantsReload) await reload();
  else { state.number = said.number; renew(said.rows); }
  totals();
};

const meet = (there) => {
  people.replaceChildren(...there.map((one) => {
    const part = one.place && partOf(one.place);
    return make("li", { class: "desk-person" }, part ? `${one.name} in ${partName(part)}` : one.name);
  }));
  for (const row of desk.querySelectorAll("tr.with")) row.classList.remove("with");
  for (const one of there) rowOf(one.place)?.classList.add("with");
};

setInterval(() => { if (!document.hidden) poll(); }, EVERY);
document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
poll();

/* ---- several rows */

const bar = desk.querySelector("[data-chosen]");
const count = () => {
  const number = rows.chosen().length;
  bar.hidden = !number;
  bar.querySelector("[data-chosen-count]").textContent = number === 1 ? "1 rij gekozen" : `${number} rijen gekozen`;
};
desk.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick]")) return count();
  const key = event.target.dataset?.batch;
  if (key && event.target.value) { rows.batch(key, event.target.value); event.target.value = ""; }
});
bar.addEventListener("click", (event) => {
  const key = event.target.closest("button")?.dataset.batch;
  if (key === "remove") rows.batch("remove");
  if (key === "clear") for (const row of rows.chosen()) row.querySelector("[data-pick]").checked = false;
  if (key) count();
});

/* Leaving keeps what stands in an open cell; what waited goes first. */
window.addEventListener("pagehide", () => close(true));
if (waiting()) { say("Wijzigingen van eerder worden nu verstuurd."); send(); }
