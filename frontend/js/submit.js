// A form is sent once: the second press of an impatient reader does nothing.

export function watchSubmits() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "yes";
    // After the browser has read which button was pressed; a disabled one would not be sent.
    for (const control of form.querySelectorAll("button[type=submit], button:not([type])")) {
      control.setAttribute("aria-busy", "true");
    }
  });

  // Coming back with the browser's Back finds the form ready again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sending]")) release(form);
  });
}

export function release(form) {
  delete form.dataset.sending;
  for (const control of form.querySelectorAll("[aria-busy]")) control.removeAttribute("aria-busy");
}
