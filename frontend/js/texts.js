// Sentences shown by scripts are written by the server, in the reader's language.

export function text(name, values = {}) {
  const source = document.getElementById("s-texts");
  const sentence = source?.dataset[name] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

// A visible line that screen readers hear too; one at a time for each kind.
export function announce(kind, sentence, action) {
  const region = document.getElementById("s-status");
  if (!region) return;
  region.querySelector(`[data-kind="${kind}"]`)?.remove();
  if (!sentence) return;

  const notice = document.getElementById("s-status-notice").content.firstElementChild.cloneNode(true);
  notice.dataset.kind = kind;
  notice.querySelector("[data-slot=text]").textContent = sentence;
  if (action) notice.querySelector("[data-slot=actions]").append(action);
  region.append(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export function button(label, onClick) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "ds-button";
  element.dataset.variant = "secondary";
  element.dataset.size = "sm";
  element.textContent = label;
  element.addEventListener("click", onClick);
  return element;
}
