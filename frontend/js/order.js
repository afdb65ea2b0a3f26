// An agenda is put in order by dragging its handles, or with the arrow keys on them.
//
//   <ol data-order="address" data-seen="mark" data-moved="“{title}” is now …" data-saved-text="…">
//     <li data-item="reference" data-title="…"> <button data-handle> … <span data-number> <span data-from>
//
// The whole order is sent in one request with the mark of the order that was seen. When somebody else
// has changed the agenda meanwhile, nothing is saved and the reader is asked to look again.

import { announce, button, text } from "./texts.js";

const PAUSE = 500;

class Order {
  constructor(list) {
    this.list = list;
    this.told = list.parentElement.querySelector("[data-order-told]");
    this.saved = this.refs();
    this.timer = 0;
    this.sending = false;
    list.addEventListener("pointerdown", (event) => this.grab(event));
    list.addEventListener("keydown", (event) => this.press(event));
    list.addEventListener("submit", (event) => this.step(event), true);
  }

  items() {
    return [...this.list.querySelectorAll(":scope > [data-item]")];
  }

  refs() {
    return this.items().map((item) => item.dataset.item);
  }

  // Dragging ------------------------------------------------------------------------------------

  grab(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    const item = handle.closest("[data-item]");
    item.dataset.dragged = "yes";
    handle.setPointerCapture(event.pointerId);

    const move = (moved) => this.follow(item, moved.clientY);
    const end = (ended) => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
      delete item.dataset.dragged;
      if (ended.type === "pointercancel") this.putBack();
      this.after(item);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  }

  follow(item, y) {
    const edge = 60;
    if (y < edge) window.scrollBy(0, -12);
    else if (y > window.innerHeight - edge) window.scrollBy(0, 12);
    const middle = (one) => {
      const box = one.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const above = item.previousElementSibling;
    const below = item.nextElementSibling;
    // The neighbours move and the item stays: one that is taken out and put back loses the pointer.
    if (above && y < middle(above)) item.after(above);
    else if (below && y > middle(below)) item.before(below);
  }

  putBack() {
    for (const ref of this.saved) this.list.append(this.list.querySelector(`[data-item="${ref}"]`));
  }

  // The keyboard, and the two buttons -------------------------------------------------------------

  press(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle) return;
    const item = handle.closest("[data-item]");
    const target = {
      ArrowUp: () => item.previousElementSibling?.before(item),
      ArrowDown: () => item.nextElementSibling?.after(item),
      Home: () => this.list.prepend(item),
      End: () => this.list.append(item),
    }[event.key];
    if (!target) return;
    event.preventDefault();
    target();
    handle.focus();
    this.after(item);
  }

  step(event) {
    if (!event.target.closest("[data-shift]") || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const item = event.target.closest("[data-item]");
    if (event.submitter.value === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    if (event.submitter.disabled) item.querySelector("[data-handle]").focus();
    this.after(item);
    (event.submitter.disabled ? item.querySelector("[data-handle]") : event.submitter).focus();
  }

  // Telling and saving ----------------------------------------------------------------------------

  after(item) {
    const items = this.items();
    items.forEach((one, place) => {
      one.querySelector("[data-number]").textContent = place + 1;
      const [up, down] = one.querySelectorAll("[data-shift] button");
      up.disabled = place === 0;
      down.disabled = place === items.length - 1;
    });
    if (this.refs().join() === this.saved.join()) return;
    const values = { title: item.dataset.title, place: items.indexOf(item) + 1, all: items.length };
    this.say(this.list.dataset.moved.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  say(sentence) {
    this.told.textContent = sentence;
  }

  async save() {
    if (this.sending) return; // sent again when the answer is here
    const order = this.refs();
    const form = new URLSearchParams({ seen: this.list.dataset.seen });
    for (const ref of order) form.append("order", ref);
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    this.sending = true;
    try {
      const answer = await fetch(this.list.dataset.order, {
        method: "POST",
        body: form,
        headers: { "X-CSRFToken": token.value },
        redirect: "error",
      });
      await this.answered(answer, order);
    } catch {
      announce("order", text(navigator.onLine ? "broken" : "offline"), this.again());
    } finally {
      this.sending = false;
    }
    if (this.refs().join() !== order.join()) this.save();
  }

  async answered(answer, order) {
    const reload = () => button(text("reload"), () => window.location.reload());
    if (answer.status === 409) {
      announce("order", (await answer.json()).told, reload());
      return;
    }
    if (!answer.ok) {
      announce("order", text(answer.status === 403 ? "refused" : "broken"), reload());
      return;
    }
    const said = await answer.json();
    this.saved = order;
    this.list.dataset.seen = said.seen;
    for (const item of this.items()) {
      item.querySelector("[data-from]").textContent = said.items[item.dataset.item].from;
    }
    announce("order", "");
    this.say(this.list.dataset.savedText);
  }

  again() {
    return button(text("reload"), () => window.location.reload());
  }
}

export function watchOrder() {
  for (const list of document.querySelectorAll("[data-order]")) new Order(list);
}
