// What the browser alone can tell of a page; each function gives a list of faults.
// Read by tests/browser/gates.py and run in the page, so it may use no library.
window.gates = (() => {
  const name = (element) => {
    const said = element.innerText || element.getAttribute("aria-label") || "";
    const words = said.replace(/\s+/g, " ").trim();
    const id = element.id ? `#${element.id}` : "";
    const kind = [...element.classList].map((part) => `.${part}`).join("");
    return `<${element.localName}${id}${kind}> ${words.slice(0, 40)}`.trim();
  };
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const shown = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  // Only for who listens: the words are clipped to a point.
  const isUnseen = (element) =>
    element.closest(".hidden") || getComputedStyle(element).clipPath === "inset(50%)";
  const everything = () => [...document.body.querySelectorAll("*")].filter(isShown);

  // Language, title, one main heading, headings without a step left out, a label at every
  // field, landmarks.
  const structure = () => {
    const faults = [];
    const root = document.documentElement;
    if (root.lang !== "nl") faults.push(`lang of html is "${root.lang}", not "nl"`);
    if (!document.title.trim()) faults.push("no title");
    const headings = shown("h1, h2, h3, h4, h5, h6");
    const count = headings.filter((heading) => heading.localName === "h1").length;
    if (count !== 1) faults.push(`${count} main headings, not 1`);
    let level = 0;
    for (const heading of headings) {
      const next = Number(heading.localName[1]);
      if (next > level + 1) faults.push(`heading of level ${next} after ${level}: ${name(heading)}`);
      level = next;
    }
    // Words inside a field vanish as soon as somebody types; axe takes them for a label.
    for (const field of shown("input:not([type=hidden], [type=submit]), select, textarea")) {
      const isNamed = field.ariaLabel || field.getAttribute("aria-labelledby");
      if (!isNamed && !field.labels.length) faults.push(`field without a label: ${field.name}`);
    }
    const mains = shown("main, [role=main]").length;
    if (mains !== 1) faults.push(`${mains} places with the main content, not 1`);
    if (!document.querySelector("main[id]")) faults.push("main has no id to skip to");
    const skip = document.querySelector("a[href^='#']");
    if (!skip || skip.hash !== `#${document.querySelector("main")?.id}`)
      faults.push("the first link does not skip to the content");
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    for (const id of new Set(ids))
      if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id "${id}" stands there twice`);
    return faults;
  };

  // Who asked for no motion gets none: no transition, animation or smooth scrolling.
  const motion = () => {
    const moves = (style) =>
      [...style.transitionDuration.split(","), ...style.animationDuration.split(",")].some(
        (duration) => parseFloat(duration) > 0,
      ) || style.scrollBehavior === "smooth";
    return [document.documentElement, ...document.querySelectorAll("body, body *")]
      .filter((element) =>
        [null, "::before", "::after"].some((part) => moves(getComputedStyle(element, part))),
      )
      .map((element) => `moves: ${name(element)}`);
  };

  // The page is as wide as the window; text is not cut off; nothing that stays in sight
  // takes more than a third of the window.
  const narrow = () => {
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const wide = everything().filter(
        (element) =>
          element.getBoundingClientRect().right > root.clientWidth + 1 &&
          !element.closest(".region") &&
          !isUnseen(element),
      );
      const inmost = wide.filter((element) => !wide.some((other) => other.parentNode === element));
      const widest = inmost.slice(0, 5).map(name).join(" | ");
      faults.push(`scrolls sideways: ${root.scrollWidth} of ${root.clientWidth} px: ${widest}`);
    }
    for (const element of everything()) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (["sticky", "fixed"].includes(style.position)) {
        const room = element.closest(".region");
        const width = room ? room.clientWidth : 0;
        if (!room && box.height > innerHeight / 3 && style.insetBlockStart !== "auto")
          faults.push(`stays in sight and is ${Math.round(box.height)} px high: ${name(element)}`);
        if (room && box.width > width / 2)
          faults.push(`stays in sight over ${Math.round(box.width)} of ${width} px: ${name(element)}`);
      }
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.data.trim(),
      );
      const isCut =
        (["hidden", "clip"].includes(style.overflowX) &&
          element.scrollWidth > element.clientWidth + 1) ||
        (["hidden", "clip"].includes(style.overflowY) &&
          element.scrollHeight > element.clientHeight + 1);
      // Three dots say that there is more, and the whole name is read out.
      if (hasText && isCut && style.textOverflow !== "ellipsis" && !isUnseen(element))
        faults.push(`text is cut off: ${name(element)}`);
    }
    const heading = document.querySelector("h1");
    if (heading && !isShown(heading)) faults.push("the main heading is not shown");
    return faults;
  };

  // ---- with the tab key
  const OPERABLE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const outline = (element) => {
    const style = getComputedStyle(element);
    return `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
  };
  let rest = new Map();
  let stops = new Set();
  let latest = null;

  // Before the first key: how everything looks without focus.
  const startKeys = () => {
    // A page may put the focus somewhere itself; the walk begins at its top all the same.
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
    scrollTo(0, 0);
    stops = new Set();
    latest = null;
    rest = new Map(shown(OPERABLE).map((element) => [element, outline(element)]));
  };

  // After each key: what has focus, and what is wrong with that. Null at the end.
  const keyed = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    // A date field has a stop for the day, the month and the year.
    if (element === latest && element.type === "date") return [];
    if (stops.has(element)) return null;
    latest = element;
    stops.add(element);
    const faults = [];
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
      faults.push(`focus has no outline: ${name(element)}`);
    else if (outline(element) === rest.get(element))
      faults.push(`focus does not change the outline: ${name(element)}`);
    const box = element.getClientRects()[0];
    const left = Math.max(box.left, 0);
    const right = Math.min(box.right, document.documentElement.clientWidth);
    const top = Math.max(box.top, 0);
    const bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) {
      faults.push(`focus is out of sight: ${name(element)}`);
    } else {
      const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (above && !element.contains(above) && !above.contains(element))
        faults.push(`focus lies under ${name(above)}: ${name(element)}`);
    }
    return faults;
  };

  // After the last key: what can be operated and was never reached.
  const missed = () => {
    const choices = new Set([...stops].filter((stop) => stop.type === "radio").map((stop) => stop.name));
    return shown(OPERABLE)
      .filter((element) => !stops.has(element) && !element.disabled)
      .filter((element) => !(element.type === "radio" && choices.has(element.name)))
      .filter((element) => element.tabIndex >= 0)
      .map((element) => `not reached with the tab key: ${name(element)}`);
  };

  return { structure, motion, narrow, startKeys, keyed, missed };
})();
