// A button that copies a text, where the browser lets a page do so. It is hidden until then.
//
// Markup: <button data-copy="the text" data-copied="what is said then" hidden> and after it an
// element with role="status".

export function watchCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const told = button.parentElement.querySelector("[role=status]");
      if (told) told.textContent = button.dataset.copied;
    });
  }
}
