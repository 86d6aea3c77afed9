/* Puts the focus on the stop beside a place and gives the keys that come there from it: Tab,
   and the arrows in a table or a group of choices. Nothing for a place that was drawn anew. */
(place) => {
  if (!place.isConnected) return null;
  const inTable = "[role=grid] tr[data-node]:not(.group)";
  const steps = (count, one, other) => Array(Math.abs(count)).fill(count > 0 ? one : other);
  let stop = place;
  let arrows = [];
  if (place.type === "radio") {
    const group = [...place.form.elements[place.name]];
    stop = group.find((one) => one.checked) ?? group[0];
    arrows = steps(group.indexOf(place) - group.indexOf(stop), "ArrowDown", "ArrowUp");
  } else if (place.closest(inTable)) {
    const table = place.closest("table");
    stop = table.querySelector("td[tabindex='0'], td [tabindex='0']");
    const rows = [...table.querySelectorAll(inTable)];
    const [down, across] = [
      (one) => rows.indexOf(one.closest("tr")),
      (one) => one.closest("td").cellIndex,
    ];
    arrows = [
      ...steps(down(place) - down(stop), "ArrowDown", "ArrowUp"),
      ...steps(across(place) - across(stop), "ArrowRight", "ArrowLeft"),
    ];
  }
  const all = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isStop = (one) =>
    one.tabIndex >= 0 && (one.type !== "radio" || one.checked) && !one.disabled &&
    one.checkVisibility({ visibilityProperty: true });
  const stops = [...document.querySelectorAll(all)].filter((one) => one === stop || isStop(one));
  const at = stops.indexOf(stop);
  // From a cell or a part of a date Tab goes to the next one: then from beyond.
  const isBack = stops[at - 1].matches(`${inTable} *, [type=date]`);
  stops[isBack ? at + 1 : at - 1].focus();
  return [isBack ? "Shift+Tab" : "Tab", ...arrows];
}
