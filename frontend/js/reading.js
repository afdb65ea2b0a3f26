// A document that was read in: its passages are moved from heading to heading.
//
//   <form data-reading data-moved="“{text}” now stands under “{place}”.">
//     <details data-place="key"> <summary> <h3> … <span data-count> … <p data-empty> <ul>
//       <li data-passage="12"> <button data-handle> <p data-text> <select>
//
// Choosing a heading moves the passage there; so do dragging its handle and the arrows on it, the
// first of which takes a passage in doubt to the heading proposed. While one is dragged, the others
// fold away, so that every heading is near. What is sent is the field of each
// passage, as without scripts. And while a document is read, a form with [data-slow] says after two
// seconds that it is still at it.

const EDGE = 60;
const BEGINNING = 60;
const SLOW = 2000;

class Reading {
  constructor(form) {
    this.form = form;
    this.told = form.querySelector("[data-told]");
    form.addEventListener("change", (event) => this.chosen(event));
    form.addEventListener("keydown", (event) => this.press(event));
    form.addEventListener("pointerdown", (event) => this.grab(event));
    form.addEventListener("click", (event) => this.clicked(event));
    for (const one of form.querySelectorAll("[data-all], [data-suggest]")) one.hidden = false;
  }

  place(key) {
    return this.form.querySelector(`[data-place="${CSS.escape(key)}"]`);
  }

  chosen(event) {
    const card = event.target.closest("[data-passage]");
    if (card && event.target.matches("select")) this.move(card, event.target);
  }

  isInDoubt(card) {
    return card.closest("[data-place]").dataset.place === "doubt";
  }

  // All headings at once, and the likely words of a passage -----------------------------------------

  clicked(event) {
    const all = event.target.closest("[data-open-all], [data-close-all]");
    if (all) for (const one of this.headings()) one.open = all.hasAttribute("data-open-all");
    const suggest = event.target.closest("[data-suggest]");
    if (!suggest) return;
    const text = document.getElementById(suggest.dataset.suggest);
    text.value = suggest.dataset.suggestion;
    text.focus();
  }

  headings() {
    return this.form.querySelectorAll("details[data-place]");
  }

  // The keyboard: first to the heading proposed, then to the one before or after -------------------

  press(event) {
    const handle = event.target.closest("[data-handle]");
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!handle || !step) return;
    event.preventDefault();
    const card = handle.closest("[data-passage]");
    const select = card.querySelector("select");
    if (!this.isInDoubt(card)) {
      const next = select.selectedIndex + step;
      if (next < 0 || next >= select.options.length) return;
      select.selectedIndex = next;
    }
    this.move(card, handle);
  }

  // Dragging ---------------------------------------------------------------------------------------

  grab(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    const card = handle.closest("[data-passage]");
    let over = null;
    const places = this.form.querySelector("[data-places]");
    const stood = card.getBoundingClientRect().top;
    card.dataset.dragged = "yes";
    places.dataset.dragging = "yes";
    window.scrollBy(0, card.getBoundingClientRect().top - stood);
    handle.setPointerCapture(event.pointerId);

    const show = (place) => {
      if (over) delete over.dataset.over;
      over = place;
      if (over) over.dataset.over = "yes";
    };
    const follow = (moved) => {
      if (moved.clientY < EDGE) window.scrollBy(0, -14);
      else if (moved.clientY > window.innerHeight - EDGE) window.scrollBy(0, 14);
      const below = document.elementFromPoint(moved.clientX, moved.clientY);
      const place = below?.closest("[data-place]");
      show(place && place.dataset.place !== "doubt" ? place : null);
    };
    const end = (ended) => {
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
      delete card.dataset.dragged;
      delete places.dataset.dragging;
      const place = over;
      show(null);
      if (!place || ended.type === "pointercancel") return;
      card.querySelector("select").value = place.dataset.place;
      this.move(card, handle);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  }

  // Moving -----------------------------------------------------------------------------------------

  move(card, control) {
    const from = card.closest("[data-place]");
    const to = this.place(card.querySelector("select").value);
    if (!to || to === from) return;
    const list = to.querySelector("ul");
    const number = Number(card.dataset.passage);
    const after = [...list.children].find((one) => Number(one.dataset.passage) > number);
    delete card.dataset.unsure;
    to.open = true;
    list.insertBefore(card, after ?? null);
    for (const place of [from, to]) this.count(place);
    control.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    this.say(card, to);
  }

  count(place) {
    const count = place.querySelectorAll("[data-passage]").length;
    place.querySelector("[data-count]").textContent = count;
    const empty = place.querySelector("[data-empty]");
    if (empty) empty.hidden = count > 0;
  }

  say(card, place) {
    const values = {
      text: card.querySelector("[data-text]").textContent.slice(0, BEGINNING),
      place: place.querySelector("h3").textContent,
    };
    this.told.textContent = this.form.dataset.moved.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  }
}

function watchSlow(form) {
  const status = form.querySelector("[data-slow-told]");
  const meter = form.querySelector("progress");
  let timer = 0;
  form.addEventListener("submit", () => {
    timer = setTimeout(() => {
      meter.hidden = false;
      status.textContent = form.dataset.slow;
    }, SLOW);
  });
  window.addEventListener("pageshow", () => {
    clearTimeout(timer);
    meter.hidden = true;
    status.textContent = "";
  });
}

export function watchReading() {
  for (const form of document.querySelectorAll("form[data-reading]")) new Reading(form);
  for (const form of document.querySelectorAll("form[data-slow]")) watchSlow(form);
}
