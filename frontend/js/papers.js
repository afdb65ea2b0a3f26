// Papers are sent one file at a time, so that each shows how far it has come and is answered by
// itself. Without this module the form sends them all at once and the page says the same.

import { button, text } from "./texts.js";

export function watchPapers() {
  for (const form of document.querySelectorAll("form[data-papers]")) new Papers(form);
}

class Papers {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.list = form.querySelector("[data-slot=sent]");
    this.left = 0;
    form.addEventListener("submit", (event) => this.begin(event));
  }

  said(name) {
    return this.form.dataset[`said${name[0].toUpperCase()}${name.slice(1)}`];
  }

  begin(event) {
    const files = [...this.input.files];
    if (!files.length) return; // the server says what is missing
    event.preventDefault();
    this.list.hidden = false;
    const sendings = files.map((file) => new Sending(this, file));
    this.input.value = "";
    this.left += sendings.length;
    this.sendAll(sendings);
  }

  async sendAll(sendings) {
    for (const one of sendings) await one.send();
  }

  // Everything that was sent is in its place: the page shows it there.
  arrived() {
    this.left -= 1;
    if (!this.left) window.location.assign(window.location.pathname + window.location.search);
  }
}

class Sending {
  constructor(papers, file) {
    this.papers = papers;
    this.file = file;
    this.row = document.createElement("li");
    this.name = document.createElement("strong");
    this.name.textContent = file.name;
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", file.name);
    this.state = document.createElement("span");
    this.state.setAttribute("role", "status");
    this.state.className = "s-small";
    this.row.append(this.name, this.bar, this.state);
    papers.list.append(this.row);
  }

  say(words, tone = "") {
    this.state.textContent = words;
    this.row.dataset.tone = tone;
  }

  send() {
    this.asking?.remove();
    this.bar.hidden = false;
    this.bar.value = 0;
    this.say(this.papers.said("sending"));
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.papers.form.action.split("#")[0]);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) this.bar.value = (100 * event.loaded) / event.total;
      });
      request.upload.addEventListener("load", () => {
        this.bar.removeAttribute("value");
        this.say(this.papers.said("looking"));
      });
      request.addEventListener("loadend", () => {
        this.bar.hidden = true;
        this.answered(request);
        resolve();
      });
      request.send(this.filledIn());
    });
  }

  filledIn() {
    const data = new FormData(this.papers.form);
    data.delete(this.papers.input.name);
    data.append(this.papers.input.name, this.file);
    for (const [name, value] of Object.entries(this.answers ?? {})) data.set(name, value);
    return data;
  }

  answered(request) {
    const body = parsed(request);
    if (request.status === 200 && body) {
      this.say([this.papers.said("added"), ...body.notes].join(" "), "added");
      this.papers.arrived();
    } else if (body?.error) {
      this.say(body.error, "refused");
      this.ask(body.questions);
    } else {
      this.say(this.why(request.status), "refused");
      this.ask([]);
    }
  }

  why(status) {
    if (status === 413) return this.papers.said("large");
    if (status === 200 || status === 403) return text("expired");
    return this.papers.said("offline");
  }

  // What is asked about digits in the file, and a way to send it again: the file is still at hand.
  ask(questions) {
    this.asking = document.createElement("div");
    this.asking.className = "s-stack";
    const fields = questions.map((one) => this.question(one));
    const again = button(this.papers.said("again"), () => {
      const given = fields.filter((one) => one.type !== "checkbox" || one.checked);
      this.answers = Object.fromEntries(given.map((one) => [one.dataset.answer, one.value]));
      this.send();
    });
    this.asking.append(again);
    this.row.append(this.asking);
    fields[0]?.focus();
  }

  question({ name, label, help, tick }) {
    const id = `${name}-${[...this.papers.list.children].indexOf(this.row)}`;
    const field = document.createElement("div");
    field.className = "ds-field";
    const input = document.createElement("input");
    Object.assign(input, { id, type: tick ? "checkbox" : "text", className: "ds-input" });
    input.dataset.answer = name;
    const named = document.createElement("label");
    Object.assign(named, { htmlFor: id, className: "ds-label", textContent: label });
    if (tick) named.dataset.weight = "regular";
    field.append(...(tick ? [input, named] : [named, input]));
    if (help) {
      const helping = document.createElement("p");
      Object.assign(helping, { id: `${id}-help`, className: "s-small", textContent: help });
      input.setAttribute("aria-describedby", helping.id);
      named.after(helping);
    }
    this.asking.append(field);
    return input;
  }
}

// The answer, where it is one of ours: an ended session answers with the sign-in page.
function parsed(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}
