// <form data-confirm="…"> or <button data-confirm="…"> asks once more before it is sent.

const confirmed = new WeakSet();

function ask(question, label) {
  const dialog = document.getElementById("s-confirm").content.firstElementChild.cloneNode(true);
  dialog.querySelector("[data-slot=question]").textContent = question;
  if (label) dialog.querySelector("[value=yes]").textContent = label;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

export function watchConfirmations() {
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const source = event.submitter?.dataset.confirm ? event.submitter : form;
      const question = source.dataset.confirm;
      if (!question || confirmed.delete(form)) return;

      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      if (!(await ask(question, submitter?.textContent.trim()))) {
        submitter?.focus();
        return;
      }
      confirmed.add(form);
      form.requestSubmit(submitter?.form === form ? submitter : undefined);
    },
    true,
  );
}
