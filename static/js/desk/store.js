/* What somebody changed, on its way to the server: kept in this browser until it is stored,
   sent one batch after the other, and never thrown away because of a fault.

   Each batch is kept under a name of its own, so that two tabs do not write over each other;
   a batch that two tabs send is stored once, by its key. */

export const desk = document.getElementById("desk");
const own = `penvoerder ${desk.dataset.user} ${desk.dataset.base} `;
let keeps = true;

const attempt = (work) => { try { return work(); } catch { keeps = false; return null; } };
const keep = (batch) => attempt(() => localStorage.setItem(own + batch.key, JSON.stringify(batch)));
const drop = (batch) => attempt(() => localStorage.removeItem(own + batch.key));
const kept = () =>
  attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(own))
    .map((name) => JSON.parse(localStorage.getItem(name)))
    .sort((one, other) => one.at - other.at)
    .map(({ key, at, changes, undo }) => ({ key, at, changes, undo }))) ?? [];

const queue = kept();
let busy = false;
let wait = 1000;
let timer = 0;
let last = queue.at(-1)?.at ?? 0;

const saved = desk.querySelector("[data-saved]");
export const say = (words) => { saved.textContent = words; };
export const state = { number: Number(desk.dataset.number) };

const tell = (name, detail) => desk.dispatchEvent(new CustomEvent(`desk:${name}`, { detail }));

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

const enqueue = (parts) => {
  const batches = parts.map((part) => {
    last = Math.max(Date.now(), last + 1);
    return { key: crypto.randomUUID(), at: last, changes: [], ...part };
  });
  queue.push(...batches);
  batches.forEach(keep);
  send();
  return batches.map((batch) => batch.key);
};

/* Gives the keys of the batches, by which they are undone. */
export const change = (changes, more = {}) => {
  const parts = [];
  for (let at = 0; at < changes.length; at += MOST) {
    parts.push({ changes: changes.slice(at, at + MOST), ...(at + MOST >= changes.length ? more : {}) });
  }
  return enqueue(parts);
};

/* Undo batches, the last one first; what that takes the server knows. */
export const undo = (keys, more) => enqueue([...keys].reverse().map((key) => ({ undo: key, ...more })));

/* A part that was new has a handle of its own once it is stored. */
const rename = (batches, names) => {
  for (const part of batches.flatMap((batch) => batch.changes)) {
    for (const key of ["node", "into", "after"]) if (part[key] in names) part[key] = names[part[key]];
  }
};

const later = (milliseconds) => { clearTimeout(timer); timer = setTimeout(send, milliseconds); };

/* The editor as it would open now: the answer, and its desk where there is one. */
export const anew = async () => {
  const page = await fetch(desk.dataset.base).catch(() => null);
  if (!page?.ok || page.redirected) return { page };
  return { page, fresh: new DOMParser().parseFromString(await page.text(), "text/html").getElementById("desk") };
};

/* Somebody who signed in again elsewhere has another token; who may edit gets it. */
const renewed = async () => {
  const { page, fresh } = await anew();
  if (!page?.ok || page.redirected) return page;
  if (fresh?.dataset.user !== desk.dataset.user) return null;
  desk.dataset.token = fresh.dataset.token;
  return page;
};

/* The answer to a batch; none where it has to be sent once more. */
const deliver = async (batch) => {
  const body = { key: batch.key, ...(batch.undo ? { undo: batch.undo } : { changes: batch.changes }) };
  let answer = await post("wijzigingen/", body).catch(() => null);
  if (answer?.status === 403) {
    const page = await renewed();
    if (page?.redirected) answer = page;
    else if (page?.ok) answer = await post("wijzigingen/", body).catch(() => null);
  }
  if (answer?.redirected) {
    tell("signedout");
    later(10_000);
    return null;
  }
  if (!answer || answer.status >= 500) {
    tell("offline", queue.length);
    later(wait);
    wait = Math.min(wait * 2, 30_000);
    return null;
  }
  wait = 1000;
  return answer;
};

export const send = async () => {
  if (busy) return;
  busy = true;
  while (queue.length) {
    const batch = queue[0];
    tell("sending");
    const answer = await deliver(batch);
    if (!answer) break;
    const said = await answer.json().catch(() => ({}));
    queue.shift();
    drop(batch);
    batch.changes = said.changes ?? batch.changes;
    if (answer.ok) {
      rename(queue, said.new);
      // Somebody else's number in between is asked for, not skipped.
      if (said.before === state.number) state.number = said.number;
      tell("stored", { batch, said, isBehind: said.number > state.number });
    } else if (said.clashes) tell("clash", { batch, clashes: said.clashes });
    else tell("refused", { batch, said, status: answer.status });
    queue.forEach(keep);
  }
  busy = false;
};

window.addEventListener("online", () => { wait = 1000; send(); });
window.addEventListener("beforeunload", (event) => { if (queue.length && !keeps) event.preventDefault(); });
