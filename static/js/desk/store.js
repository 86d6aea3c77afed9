/* What somebody changed, on its way to the server: kept in this browser until it is stored,
   sent one batch after the other, and never thrown away because of a fault. */

const desk = document.getElementById("desk");
const kept = `penvoerder ${desk.dataset.base}`;
const queue = JSON.parse(localStorage.getItem(kept) ?? "[]");
let busy = false;
let wait = 1000;

export const state = { number: Number(desk.dataset.number) };

const tell = (name, detail) => desk.dispatchEvent(new CustomEvent(`desk:${name}`, { detail }));

const keep = () => {
  try {
    if (queue.length) localStorage.setItem(kept, JSON.stringify(queue));
    else localStorage.removeItem(kept);
  } catch {
    // A large paste may be more than a browser keeps; it is sent all the same.
  }
};

export const post = (path, body) =>
  fetch(desk.dataset.base + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": desk.dataset.token },
    body: JSON.stringify(body),
  });

/* Whether a change of this part waits to be stored. */
export const waits = (node) => queue.some((batch) => batch.changes.some((c) => c.node === node));
export const waiting = () => queue.length;

const MOST = 500; // so many changes the server takes at once

export const change = (changes, more = {}) => {
  for (let at = 0; at < changes.length; at += MOST) {
    const isLast = at + MOST >= changes.length;
    queue.push({ key: crypto.randomUUID(), changes: changes.slice(at, at + MOST), ...(isLast ? more : {}) });
  }
  keep();
  send();
};

/* A part that was new has a handle of its own once it is stored. */
const rename = (names) => {
  for (const batch of queue) {
    for (const part of batch.changes) {
      for (const key of ["node", "into", "after"]) part[key] = names[part[key]] ?? part[key];
    }
  }
};

export const send = async () => {
  if (busy) return;
  busy = true;
  while (queue.length) {
    const batch = queue[0];
    tell("sending");
    let answer;
    try {
      answer = await post("wijzigingen/", { key: batch.key, changes: batch.changes });
    } catch {
      tell("offline", queue.length);
      setTimeout(send, wait);
      wait = Math.min(wait * 2, 30_000);
      break;
    }
    wait = 1000;
    if (answer.status >= 500 || answer.redirected) {
      tell("offline", queue.length);
      setTimeout(send, 10_000);
      break;
    }
    const said = await answer.json().catch(() => ({}));
    queue.shift();
    if (answer.ok) {
      rename(said.new);
      state.number = Math.max(state.number, said.number);
    }
    keep();
    if (answer.ok) tell("stored", { batch, said });
    else if (said.clashes) tell("clash", { batch, clashes: said.clashes });
    else tell("refused", { batch, said, status: answer.status });
  }
  busy = false;
};

window.addEventListener("online", () => { wait = 1000; send(); });
