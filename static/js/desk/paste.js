/* Tables in and out: what was copied elsewhere is shown before it is stored, and rows go
   out as a table for Excel, LibreOffice and Word. */

import { focus, isOpen, rowsOf, show, text } from "./grid.js";
import { act, chosen, typed } from "./rows.js";
import { desk, say } from "./store.js";

const dialog = document.getElementById("desk-plakken");
const place = dialog.querySelector("[data-paste]");
const MOST = 2_000_000;

/* ---- in */

const KEPT = /(?:col|row)span\s*=\s*["']?\d+["']?|style\s*=\s*(?:"[^"]*mso-list[^"]*"|'[^']*mso-list[^']*')/gi;

/* The HTML without what makes it heavy: a sheet of Excel has a style at every cell. As text, for
   the policy of the page forbids styles even in a document that nobody sees. */
const slim = (html) =>
  /<table/i.test(html)
    ? html.replace(/<(style|script)\b[\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, "")
      .replace(/<([a-z][\w:]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi, (whole, tag, rest) => `<${[tag, ...(rest.match(KEPT) ?? [])].join(" ")}>`)
    : "";

/* The text of what is one cell; nothing for a table. */
const single = (html, plain) => {
  const cells = html.match(/<t[dh]\b/gi)?.length ?? 0;
  const bare = plain.replaceAll("\r\n", "\n").replace(/\n$/, "");
  if (cells > 1 || (!cells && /[\t\n]/.test(bare))) return null;
  return /^"[\s\S]*"$/.test(bare) && bare.includes("\n") ? bare.slice(1, -1).replaceAll('""', '"') : bare;
};

const intoCell = (cell, words) => {
  if (cell.dataset.control === "several") return say("Deze actie heeft meer kostenregels; wijzig die op de pagina van de actie.");
  const was = text(cell);
  let now = words.trim();
  if (cell.dataset.choices !== undefined) {
    const found = cell.dataset.choices.split("|").find((one) => one.split("=").some((part) => part.toLowerCase() === now.toLowerCase()));
    if (found === undefined) return say(`“${now.slice(0, 40)}” is hier geen keuze.`);
    now = found.slice(0, found.indexOf("="));
  }
  if (now === was) return;
  show(cell, now);
  typed(cell, was, now);
};

const LOOK = "Kijk of de tabel goed is gelezen.";
let from = null; // where the focus goes when the dialog closes
const open = (html) => {
  place.innerHTML = html;
  for (const link of place.querySelectorAll("[data-paste-close]")) link.role = "button";
  say(LOOK);
  if (!dialog.open) { from = document.activeElement; dialog.showModal(); }
  (place.querySelector("[autofocus], [name='stap'][value='bewaar'], textarea") ?? place.querySelector("button"))?.focus();
};

let asked = 0;
const ask = async (address, body) => {
  const turn = ++asked;
  let answer;
  try {
    answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { "HX-Request": "true", "X-CSRFToken": desk.dataset.token } });
  } catch {
    return say("Geen verbinding. Plak de tabel opnieuw als die er weer is.");
  }
  if (turn !== asked) return;
  if (!answer.ok && answer.status !== 422) {
    return say(answer.status === 403 ? "U mag dit plan niet meer wijzigen." : "Deze tabel is niet te lezen; plak minder rijen tegelijk.");
  }
  if (answer.headers.get("Content-Type").includes("json")) return store(await answer.json());
  open(await answer.text());
};

/* New parts get a name that no other paste has. */
const store = ({ changes, says }) => {
  const own = crypto.randomUUID();
  for (const part of changes) if (part.handle) part.handle += `-${own}`;
  dialog.close();
  if (changes.length) act(changes, { says });
};

const address = (home) => `${desk.dataset.base}${home.split("/")[0]}/plakken/`;

const show_what = (home, html, plain, row = "", column = "") => {
  if (html.length + plain.length > MOST) return say("Dit is te veel om in één keer te plakken; plak minder rijen tegelijk.");
  const body = new FormData();
  const given = { lijst: home.split("/")[1], rij: row, kolom: column, html, tekst: plain };
  for (const [name, value] of Object.entries(given)) body.append(name, value);
  say("Bezig met lezen…");
  ask(address(home), body);
};

desk.addEventListener("paste", (event) => {
  const at = event.target;
  const table = { html: slim(event.clipboardData.getData("text/html")), plain: event.clipboardData.getData("text/plain") };
  if (at.matches("[data-paste] textarea")) {
    if (!table.html) return;
    event.preventDefault();
    const form = at.form;
    return show_what(`${new URL(form.action).pathname.split("/").at(-3)}/${form.elements.lijst.value}`, table.html, "", form.elements.rij.value, form.elements.kolom.value);
  }
  const home = at.closest("tbody[data-home]")?.dataset.home;
  if (!home || isOpen() || at.matches("input:not([data-pick]), select, textarea")) return;
  event.preventDefault();
  const cell = at.closest("td[data-key]");
  const words = single(table.html, table.plain);
  if (words !== null) { if (cell) intoCell(cell, words); return; }
  show_what(home, table.html, table.html ? "" : table.plain, at.closest("tr[data-node]")?.dataset.node, cell?.dataset.key);
});

dialog.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-paste-form]");
  if (!form) return;
  event.preventDefault();
  ask(form.action, new FormData(form, event.submitter));
});
dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-paste-close]")) { event.preventDefault(); dialog.close(); }
});
dialog.addEventListener("close", () => {
  place.replaceChildren();
  if (desk.querySelector("[data-saved]").textContent === LOOK) say("Er is niets geplakt.");
  focus(from?.isConnected ? from : null);
});

export const askTable = (link) => ask(link.href);

/* ---- out */

const safe = (words) => new Option(words).innerHTML;
const breaks = (words) => safe(words).replaceAll("\n", "<br style=\"mso-data-placement:same-cell\">");
/* What begins like a formula stays text in Excel. */
const cellOf = (words) => `<td${/^[=+@-]/.test(words) ? " style=\"mso-number-format:'\\@'\"" : ""}>${breaks(words)}</td>`;
const quoted = (words) => (/^"|[\t\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);

const words = (cell, row) =>
  cell.dataset.key === "code" ? row.dataset.code || text(cell) : (cell.querySelector(".typed")?.textContent ?? "");

const tableOf = (rows) => {
  const heads = [...rows[0].closest("table").querySelectorAll("th[data-column]")].map((head) => head.textContent);
  const lines = rows.map((row) => [...row.querySelectorAll("td[data-key]")].map((cell) => words(cell, row)));
  return {
    html: `<table><thead><tr>${heads.map((head) => `<th>${safe(head)}</th>`).join("")}</tr></thead><tbody>${lines.map((line) => `<tr>${line.map(cellOf).join("")}</tr>`).join("")}</tbody></table>`,
    plain: [heads, ...lines].map((line) => line.map(quoted).join("\t")).join("\n") + "\n",
  };
};

let wanted = null; // what a button asked to be copied
desk.addEventListener("copy", (event) => {
  const at = event.target;
  const cell = at.closest?.("td[data-key]");
  const rows = wanted ?? (at.closest?.("tbody[data-home]") || cell ? chosen() : []);
  const isText = isOpen() || at.matches?.("textarea, input:not([data-pick])") || (!wanted && String(getSelection()));
  if (isText || (!rows.length && !cell)) return;
  const tables = [...new Set(rows.map((row) => row.closest("table")))].map((table) => tableOf(rows.filter((row) => table.contains(row))));
  const one = cell && !rows.length ? cell.querySelector(".typed")?.textContent ?? "" : "";
  event.clipboardData.setData("text/plain", tables.length ? tables.map((table) => table.plain).join("\n") : one);
  event.clipboardData.setData("text/html", tables.length ? tables.map((table) => table.html).join("<br>") : `<table><tr>${cellOf(one)}</tr></table>`);
  event.preventDefault();
  say(rows.length ? `${rows.length === 1 ? "1 rij" : `${rows.length} rijen`} gekopieerd.` : "De cel is gekopieerd.");
});

export const copyTable = (button) => {
  wanted = rowsOf(button.closest(".desk-below").previousElementSibling.querySelector("table"));
  if (wanted.length) document.execCommand("copy");
  else say("Deze tabel heeft nog geen rijen.");
  wanted = null;
};
