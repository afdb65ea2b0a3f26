// Minutes written in the meeting: each part saves itself, and nothing typed is lost.
//
// A part is an element with data-save="address". Its fields carry data-value="name"; a hidden field
// with data-mark says which version they started from. A text is sent a second after the last key
// and at the latest two seconds after the first; other fields when they change. "Saved 14:03" is
// shown only after the server's answer, which comes after the commit. Until then what is typed lies
// in this browser. Offline, signed out, stale and refused each have their own visible sentence. Digits
// that could be a person's are asked about beside the text, and saved with the answer.

const PREFIX = "samrad:minutes:";
const KEEP_FOR = 14 * 24 * 60 * 60 * 1000;
const PAUSE = 900;
const LONGEST_WAIT = 1800;
const RETRY = 5000;
const TIMEOUT = 15000;

class Expired extends Error {}
class Offline extends Error {}

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return value === null;
  }
}

function sweep() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const kept = stored(name);
      if (!kept || Date.now() - kept.at > KEEP_FOR) store(name, null);
    }
  } catch {
    // A browser without storage has nothing to sweep.
  }
}

function element(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}

function press(label, act, variant = "secondary") {
  const button = element("button", { type: "button", class: "ds-button", "data-size": "sm", "data-variant": variant }, label);
  button.addEventListener("click", act);
  return button;
}

const isTick = (field) => field.type === "checkbox";
const valueOf = (field) => (isTick(field) ? (field.checked ? "on" : "") : field.value);

function put(field, value) {
  if (isTick(field)) field.checked = value === "on";
  else field.value = value;
}

// One part of the page that saves itself.
class Part {
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.fields = [...root.querySelectorAll("[data-value]")];
    this.mark = root.querySelector("[data-mark]");
    this.state = root.querySelector("[data-state]");
    this.key = `${PREFIX}${document.body.dataset.reader ?? ""}:${root.dataset.save}`;
    this.saved = this.values();
    this.firstTyped = 0;
    this.timer = 0;
    this.sending = null;
    this.stale = false;
    this.failed = false;
    this.refused = false;
    this.asking = null;
    this.answers = {};
    this.hasKept = false;
    this.bringBack();
    for (const field of this.fields) {
      if (["came", "left"].includes(field.dataset.value)) field.addEventListener("change", () => this.wasThere());
      const text = field.tagName === "TEXTAREA" || field.type === "text" || !field.type;
      field.addEventListener("input", () => this.typed());
      if (!text || root.dataset.on === "change") field.addEventListener("change", () => this.soon(0));
    }
  }

  values() {
    return Object.fromEntries(this.fields.map((field) => [field.dataset.value, valueOf(field)]));
  }

  // Whoever came at an item was there, or their stand-in was: shown at once, as it will be saved.
  wasThere() {
    const [presence, standIn] = ["presence", "stand_in"].map((name) => this.fields.find((field) => field.dataset.value === name));
    if (presence && !presence.value) presence.value = standIn?.value.trim() ? "excused" : "present";
  }

  get isDirty() {
    const now = this.values();
    return Object.keys(now).some((name) => now[name] !== this.saved[name]);
  }

  keep() {
    if (this.isDirty) {
      this.hasKept = true;
      const kept = { values: this.values(), mark: this.mark.value, at: Date.now() };
      if (!store(this.key, kept)) this.page.say("full");
    } else if (this.hasKept) {
      this.hasKept = false;
      store(this.key, null);
    }
  }

  // What was typed here before and never acknowledged: shown, and sent with the mark it had.
  bringBack() {
    const kept = stored(this.key);
    if (!kept) return;
    for (const field of this.fields) {
      const value = kept.values[field.dataset.value];
      if (value !== undefined) put(field, value);
    }
    if (!this.isDirty) {
      store(this.key, null);
      return;
    }
    this.hasKept = true;
    this.mark.value = kept.mark;
    this.tell("kept", "waiting");
    this.soon(PAUSE);
  }

  typed() {
    this.refused = false;
    this.keep();
    this.tell("typing", "waiting");
    this.page.refresh();
    if (this.root.dataset.on === "change" || this.stale) return;
    const now = Date.now();
    this.firstTyped ||= now;
    this.soon(Math.max(0, Math.min(PAUSE, this.firstTyped + LONGEST_WAIT - now)));
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.sending || this.stale) return this.sending;
    if (!this.isDirty) {
      store(this.key, null);
      return null;
    }
    this.sending = this.send().finally(() => {
      this.sending = null;
      this.page.refresh();
      if (this.isDirty && !this.stale && !this.failed && !this.refused) this.soon(PAUSE);
    });
    return this.sending;
  }

  async send() {
    const values = this.values();
    const answered = this.answers;
    this.answers = {};
    this.firstTyped = 0;
    this.failed = false;
    this.tell("saving", "waiting");
    this.page.refresh();
    try {
      const { status, body } = await this.page.post(this.root.dataset.save, { values: { ...values, ...answered }, expected: this.mark.value, reader: document.body.dataset.reader ?? "" });
      this.page.isOffline = this.page.isExpired = false;
      if (status === 200) this.acknowledge(values, body);
      else if (status === 409) this.compare(body);
      else if (status < 500) this.refuse(body.error, body.questions);
      else this.fail();
    } catch (error) {
      this.fail();
      this.page.isExpired = error instanceof Expired;
      this.page.isOffline = error instanceof Offline;
    }
  }

  acknowledge(values, body) {
    this.saved = values;
    this.mark.value = body.mark;
    this.ask([]);
    this.tell("saved", "saved", { time: body.at });
    this.keep();
  }

  fail() {
    this.failed = true;
    this.keep();
    this.tell("typing", "waiting");
    this.page.retrySoon();
  }

  refuse(reason, questions = []) {
    this.refused = true;
    this.tell("refused", "refused", { reason });
    this.ask(questions);
  }

  // What the server asks about digits. Questions that stand there already keep what is filled in.
  ask(questions) {
    const asked = questions.map((one) => one.name).join();
    if (asked === (this.asking?.dataset.asked ?? "")) return;
    this.asking?.remove();
    this.asking = null;
    if (!questions.length) return;
    this.asking = element("div", { class: "s-save__other s-stack", "data-asked": asked });
    const fields = questions.map((one) => this.question(one));
    const answer = () => {
      this.answers = Object.fromEntries(fields.filter((one) => one.type !== "checkbox" || one.checked).map((one) => [one.dataset.answer, one.value]));
      this.refused = false;
      this.save();
    };
    for (const one of fields) {
      one.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        answer();
      });
    }
    this.asking.append(press(this.page.said("answer"), answer));
    this.state.after(this.asking);
  }

  question({ name, label, help, tick }) {
    const id = `${name}-${this.root.dataset.save.replaceAll("/", "")}`;
    const field = element("div", { class: "ds-field" });
    const input = element("input", { class: "ds-input", id, type: tick ? "checkbox" : "text", "data-answer": name });
    const named = element("label", { class: "ds-label", for: id }, label);
    if (tick) named.dataset.weight = "regular";
    field.append(...(tick ? [input, named] : [named, input]));
    if (help) {
      const helping = element("p", { class: "s-small", id: `${id}-help` }, help);
      input.setAttribute("aria-describedby", helping.id);
      named.after(helping);
    }
    this.asking.append(field);
    return input;
  }

  // Somebody else saved first: both are shown, and a person decides.
  compare(body) {
    this.stale = true;
    this.keep();
    this.tell(body.by ? "stale" : "stalesomebody", "stale", { name: body.by, time: body.at });
    const theirs = element("div", { class: "s-save__other", role: "group", "aria-label": this.page.said("theirs") });
    theirs.append(element("p", { class: "s-small" }, this.page.said("theirs")));
    for (const field of this.fields) theirs.append(element("div", { class: "s-pre s-decision" }, this.inWords(field, body)));
    const choices = element("div", { class: "s-cluster" });
    choices.append(
      press(this.page.said("usemine"), () => this.settle(body, this.values(), theirs)),
      press(this.page.said("usetheirs"), () => this.settle(body, body.values, theirs), "tertiary"),
    );
    if (this.fields.length === 1 && this.fields[0].tagName === "TEXTAREA") {
      choices.append(press(this.page.said("join"), () => this.settle(body, this.both(body), theirs), "tertiary"));
    }
    theirs.append(choices);
    this.state.after(theirs);
  }

  // Nothing of either is gone while a person makes one text of two.
  both(body) {
    const [field] = this.fields;
    const other = body.values[field.dataset.value] ?? "";
    return { [field.dataset.value]: [field.value.trimEnd(), other].filter(Boolean).join("\n\n") };
  }

  inWords(field, body) {
    const value = body.values[field.dataset.value] ?? "";
    if (isTick(field)) return `${value ? "☑" : "☐"} ${field.labels[0]?.textContent ?? ""}`;
    if (field.tagName !== "SELECT") return value;
    return [...field.options].find((option) => option.value === value)?.textContent ?? value;
  }

  // Their text is in the history whichever is chosen; ours is what stands in the field now.
  settle(body, chosen, theirs) {
    theirs.remove();
    this.stale = false;
    this.mark.value = body.mark;
    this.saved = body.values;
    for (const field of this.fields) put(field, chosen[field.dataset.value] ?? "");
    this.keep();
    if (this.isDirty) this.save();
    else this.tell("saved", "saved", { time: body.at ?? "" });
    this.page.refresh();
    this.fields[0].focus();
  }

  tell(name, tone, values = {}) {
    if (!this.state) return;
    this.state.textContent = this.page.said(name, values);
    this.state.dataset.tone = tone;
    if (tone === "stale" || tone === "refused") this.state.setAttribute("role", "alert");
    else this.state.removeAttribute("role");
  }
}

class Minutes {
  constructor(form) {
    this.form = form;
    this.overall = form.querySelector("[data-overall]");
    this.actions = form.querySelector("[data-actions]");
    this.isOffline = !navigator.onLine;
    this.isExpired = false;
    this.isSomebodyElse = false;
    this.retryTimer = 0;
    this.shown = "";
    sweep();
    this.parts = [...form.querySelectorAll("[data-save]")].map((root) => new Part(this, root));
    this.listen();
    this.refresh();
  }

  said(name, values = {}) {
    const sentence = this.form.dataset[`said${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
    return sentence.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole).trim();
  }

  get csrf() {
    return this.form.querySelector("input[name=csrfmiddlewaretoken]");
  }

  async fetch(url, options) {
    try {
      return await fetch(url, {
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        ...options,
      });
    } catch {
      throw new Offline();
    }
  }

  // A redirect leads to the sign-in page; an answer that is not JSON is not from the minutes.
  async post(url, body) {
    const answer = await this.fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.csrf.value },
      body: JSON.stringify(body),
    });
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    if (answer.type === "opaqueredirect" || answer.status === 401) throw new Expired();
    if (answer.status === 403 && !isJson) throw new Expired();
    return { status: isJson ? answer.status : 500, body: isJson ? await answer.json() : {} };
  }

  // After signing in again in another tab the proof of origin is a new one.
  async renew() {
    try {
      const answer = await this.fetch(this.form.dataset.token, { headers: { Accept: "application/json" } });
      if (!answer.ok) return false;
      const { token, reader } = await answer.json();
      // Signed in in another tab, but as another person: what stands here is not theirs to save.
      this.isSomebodyElse = reader !== (document.body.dataset.reader ?? "");
      if (this.isSomebodyElse) return false;
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
      this.isExpired = this.isOffline = false;
      return true;
    } catch {
      return false;
    }
  }

  async again() {
    clearTimeout(this.retryTimer);
    this.retryTimer = 0;
    if (this.isExpired && !(await this.renew())) {
      this.refresh();
      return;
    }
    await Promise.all(this.parts.filter((part) => part.isDirty && !part.refused).map((part) => part.save()));
    this.refresh();
  }

  retrySoon() {
    this.retryTimer ||= setTimeout(() => this.again(), RETRY);
  }

  say(name) {
    if (this.shown === name) return;
    this.shown = name;
    this.overall.textContent = this.said(name);
    this.overall.dataset.tone = { all: "saved", offline: "stale", expired: "stale", somebodyelse: "stale", broken: "refused", full: "refused" }[name] ?? "waiting";
    this.actions.replaceChildren();
    if (name === "expired" || name === "somebodyelse") {
      const here = encodeURIComponent(window.location.pathname);
      const link = element("a", { class: "ds-button", "data-size": "sm", target: "_blank", rel: "noopener", href: `${this.form.dataset.signin}?next=${here}` }, this.said("signin"));
      this.actions.append(link, press(this.said("again"), () => this.again()));
    } else if (name === "offline" || name === "broken") {
      this.actions.append(press(this.said("again"), () => this.again()));
    }
  }

  refresh() {
    const dirty = this.parts.some((part) => part.isDirty);
    if (this.isExpired) this.say(this.isSomebodyElse ? "somebodyelse" : "expired");
    else if (this.isOffline) this.say("offline");
    else if (this.parts.some((part) => part.failed && part.isDirty)) this.say("broken");
    else if (this.parts.some((part) => part.stale)) this.say("stalesomebody");
    else if (this.parts.some((part) => part.sending)) this.say("saving");
    else if (dirty) this.say("typing");
    else this.say("all");
    this.form.dataset.state = dirty ? "dirty" : "saved";
  }

  get items() {
    return [...this.form.querySelectorAll("[data-item]")];
  }

  // The item one writes on: the one with the caret, or the one the page was opened at.
  get item() {
    const here = document.activeElement?.closest("[data-item]");
    return here ?? this.items.find((one) => `#${one.id}` === window.location.hash) ?? null;
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      this.again();
      return;
    }
    const act = event.altKey && !event.ctrlKey && !event.metaKey && KEYS[event.key];
    if (!act || (event.target.tagName === "SELECT" && event.key !== "Enter")) return;
    event.preventDefault();
    act(this, event);
  }

  step(by) {
    const { items } = this;
    const place = items.indexOf(this.item);
    const next = items[place < 0 ? 0 : Math.min(items.length - 1, Math.max(0, place + by))];
    this.goTo(next?.querySelector("textarea"));
  }

  newDecision() {
    const reveal = (this.item ?? this.items[0])?.querySelector("[data-new-decision]");
    if (!reveal) return;
    reveal.open = true;
    this.goTo(reveal.querySelector("textarea"));
  }

  // Under the decision one stands in, else under the last one made, else under the one being made.
  newTask() {
    const item = this.item ?? this.items[0];
    const decision = document.activeElement?.closest(".s-decision") ?? [...(item?.querySelectorAll(".s-decision") ?? [])].at(-1);
    const reveal = item?.querySelector("[data-new-decision]");
    const inNew = !decision || reveal?.contains(document.activeElement);
    if (inNew && reveal) reveal.open = true;
    this.goTo((inNew ? reveal : decision)?.querySelector("[data-new-task]"));
  }

  goTo(field) {
    if (!field) return;
    field.focus();
    field.closest("[data-item]")?.scrollIntoView({ block: "nearest" });
    field.scrollIntoView({ block: "center" });
  }

  listen() {
    window.addEventListener("offline", () => {
      this.isOffline = true;
      this.refresh();
    });
    window.addEventListener("online", () => {
      this.isOffline = false;
      this.again();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && (this.isExpired || this.isOffline)) this.again();
    });
    window.addEventListener("pagehide", () => {
      for (const part of this.parts) part.keep();
    });
    this.form.addEventListener("keydown", (event) => this.key(event));
    // The whole form saves everything too: what the browser kept goes when its answer has come.
    this.form.addEventListener("submit", () => {
      for (const part of this.parts) clearTimeout(part.timer);
      clearTimeout(this.retryTimer);
    });
  }
}

// A place in the list, without letters: these keys are the same on every keyboard.
const KEYS = {
  ArrowDown: (page) => page.step(1),
  ArrowUp: (page) => page.step(-1),
  Enter: (page, event) => (event.shiftKey ? page.newTask() : page.newDecision()),
};

export function watchMinutes() {
  const form = document.querySelector("form[data-minutes]");
  if (form) new Minutes(form);
}
