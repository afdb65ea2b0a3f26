// Typing is never lost: a field with data-keep="key" is kept in this browser until the server has
// said that it is saved. What was kept belongs to one person; the next person at the same machine
// does not see it, and it goes after a fortnight.
//
//   <textarea data-keep="minutes-018f…" …>
//
// A field that makes something new names with data-once="name" the hidden field with its row's mark.
// The mark is kept with the words: sent again, they make nothing twice; and what the page shows as
// made (data-made="mark") was saved though its answer was lost, so that nothing is brought back.
//
// What is chosen beside the words (who does it, and when) is named with data-along="name name" and
// kept with them.
//
// "Saved" reaches us in two ways: a message with data-saved="key" on the next page, or the event
// samrad:saved {key} that htmx raises from the answer's HX-Trigger header.

import { text } from "./texts.js";

const PREFIX = "samrad:kept:";
const KEEP_FOR = 14 * 24 * 60 * 60 * 1000;
const PAUSE = 400;

const owner = () => document.body.dataset.reader ?? "";
const slot = (key) => `${PREFIX}${owner()}:${key}`;

// As the server stores text: no white space at the ends of lines, no runs of empty lines.
const plain = (value) =>
  (value ?? "")
    .replace(/\r\n?/g, "\n")
    .normalize("NFC")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{4,}/g, "\n\n\n")
    .trim();

const onceOf = (field) => (field.dataset.once ? field.form?.elements[field.dataset.once] : null);
const alongOf = (field) =>
  (field.dataset.along ?? "").split(" ").map((name) => field.form?.elements[name]).filter(Boolean);
const chosen = (field) => alongOf(field).map((one) => one.value);
const choose = (field, values) =>
  alongOf(field).forEach((one, n) => {
    if (values?.[n] !== undefined) one.value = values[n];
  });
const isMade = (once) => document.querySelector(`[data-made="${CSS.escape(once)}"]`) !== null;

// What the server has saved: what the page came with, unless it is a form sent back with errors.
const bases = new WeakMap();
const saved = (field) => bases.get(field) ?? plain(field.defaultValue);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(slot(key)));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    localStorage.setItem(slot(key), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(slot(key));
  } catch {
    // A browser without storage has nothing to forget.
  }
}

function sweep() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const kept = JSON.parse(localStorage.getItem(name) ?? "null");
      if (!kept || Date.now() - kept.at > KEEP_FOR) localStorage.removeItem(name);
    }
  } catch {
    // As above.
  }
}

function moment(at) {
  const { lang } = document.documentElement;
  const language = lang === "en" ? "en-GB" : lang || undefined;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
}

function line(field, sentence, choices, shown) {
  field.parentElement.querySelector(".s-kept")?.remove();
  const box = document.createElement("div");
  box.className = "s-kept";
  box.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = sentence;
  box.append(words);
  for (const [label, act] of choices) {
    const choice = document.createElement("button");
    choice.type = "button";
    choice.textContent = label;
    choice.addEventListener("click", () => {
      act();
      box.remove();
      field.focus();
    });
    box.append(choice);
  }
  if (shown) {
    const pre = document.createElement("pre");
    pre.tabIndex = 0;
    pre.textContent = shown;
    box.append(pre);
  }
  field.after(box);
}

function put(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function bringBack(field, key) {
  const kept = read(key);
  if (!kept) return;
  if (kept.once && isMade(kept.once)) {
    forget(key);
    return;
  }
  const came = plain(field.defaultValue);
  const once = onceOf(field);
  const fresh = once?.value;
  const asItCame = chosen(field);
  if (kept.sent && field.form?.querySelector(".ds-error-summary")) {
    // Sent back by the server: its copy is the one to go on with, and nothing of it is saved.
    bases.set(field, kept.base);
    write(key, { text: came, base: kept.base, at: kept.at });
    return;
  }
  if (plain(kept.text) === came) {
    forget(key);
    return;
  }
  const discard = () => {
    forget(key);
    field.value = field.defaultValue;
    choose(field, asItCame);
    if (once) once.value = fresh;
  };
  const when = moment(kept.at);

  if (kept.base === came) {
    field.value = kept.text;
    choose(field, kept.along);
    if (once && kept.once) once.value = kept.once;
    line(field, text("kept", { when }), [[text("discard"), discard]]);
  } else {
    // Somebody saved another text meanwhile: never overwrite it silently.
    const use = () => put(field, kept.text);
    line(field, text("keptstale", { when }), [[text("use"), use], [text("discard"), discard]], kept.text);
  }
}

function follow(field) {
  const key = field.dataset.keep;
  if (!key || field.dataset.kept) return;
  field.dataset.kept = "yes";
  bringBack(field, key);

  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (!field.isConnected) return;
    const base = saved(field);
    if (plain(field.value) === base) forget(key);
    else {
      const kept = { text: field.value, base, at: Date.now(), once: onceOf(field)?.value, along: chosen(field) };
      if (!write(key, kept)) line(field, text("notkept"), []);
    }
  };
  field.form?.addEventListener("submit", () => {
    save();
    const kept = read(key);
    if (kept) write(key, { ...kept, sent: true });
  });
  field.addEventListener("input", () => {
    if (!timer) timer = setTimeout(save, PAUSE);
  });
  for (const one of alongOf(field)) one.addEventListener("change", save);
  field.addEventListener("blur", () => timer && save());
  window.addEventListener("pagehide", () => timer && save());
}

function acknowledge(key) {
  forget(key);
  for (const field of document.querySelectorAll("[data-keep]")) {
    if (field.dataset.keep !== key) continue;
    field.defaultValue = field.value;
    bases.delete(field);
    field.parentElement.querySelector(".s-kept")?.remove();
  }
}

export function keepTyping(htmx) {
  sweep();
  for (const message of document.querySelectorAll("[data-saved]")) {
    for (const key of message.dataset.saved.split(" ")) if (key) forget(key);
  }
  for (const field of document.querySelectorAll("[data-keep]")) follow(field);
  htmx.onLoad((piece) => {
    for (const field of piece.querySelectorAll?.("[data-keep]") ?? []) follow(field);
    if (piece.matches?.("[data-keep]")) follow(piece);
  });
  document.addEventListener("samrad:saved", (event) => acknowledge(event.detail.key));
}
