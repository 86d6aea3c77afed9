/* Sorting a table in place: the headings of table[data-sortable] become buttons, which sort
   up, then down, then back to the order of the document. Rows that are totals stay below.
   What a row sorts by is data-sort of its cell, or else the text that is read there; what
   is empty comes last either way. */

const dutch = new Intl.Collator("nl", { numeric: true, ignorePunctuation: true });
const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

const keyOf = (row, place) => {
  const cell = row.cells[place];
  return cell.dataset.sort ?? cell.textContent.trim();
};

const compare = (one, other, isFigure, sign) => {
  if (!one || !other) return Number(!one) - Number(!other);
  return sign * (isFigure ? Number(one) - Number(other) : dutch.compare(one, other));
};

const sort = (table, heading, place, written) => {
  const direction = NEXT[heading.getAttribute("aria-sort") ?? "none"];
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  let rows = written;
  if (direction !== "none") {
    heading.setAttribute("aria-sort", direction);
    const isFigure = heading.hasAttribute("data-figure");
    const sign = direction === "ascending" ? 1 : -1;
    rows = written
      .map((row) => [keyOf(row, place), row])
      .sort(([one], [other]) => compare(one, other, isFigure, sign))
      .map(([, row]) => row);
  }
  table.tBodies[0].prepend(...rows);
};

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const written = [...table.tBodies[0].rows].filter((row) => !row.matches(".total"));
  [...table.tHead.rows[0].cells].forEach((heading, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sort(table, heading, place, written));
    heading.append(button);
  });
}
