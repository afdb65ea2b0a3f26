// <details data-dialog> opens its content as a modal dialog. Without scripts it unfolds in place.

let opener = null;

function build(details) {
  const dialog = document.createElement("dialog");
  dialog.className = "ds-dialog";
  dialog.setAttribute("aria-label", details.dataset.dialog);

  const close = document.getElementById("s-dialog-close").content.firstElementChild.cloneNode(true);
  close.addEventListener("click", () => dialog.close());
  dialog.append(close, details.querySelector(":scope > .s-dialog__body"));
  dialog.addEventListener("close", () => opener?.focus());
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog.close();
  });
  details.after(dialog);
  return dialog;
}

const dialogs = new WeakMap();

function show(details) {
  if (!dialogs.has(details)) dialogs.set(details, build(details));
  details.open = false;
  opener = details.querySelector("summary");
  const dialog = dialogs.get(details);
  dialog.showModal();
  dialog.querySelector("[autofocus], .s-dialog__body :is(input:not([type=hidden]), textarea, select)")?.focus();
}

export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const summary = event.target.closest?.("details[data-dialog] > summary");
    if (!summary) return;
    event.preventDefault();
    show(summary.parentElement);
  });

  // Sent open by the server: its form came back with errors.
  for (const details of document.querySelectorAll("details[data-dialog][open]")) show(details);
}
