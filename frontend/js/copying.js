// A button that copies a text, where the browser lets a page do so. It is hidden until then.
//
// Markup: <button data-copy="the text" data-copied="what is said then" hidden> and after it an
// element with role="status". A browser may refuse: then the text is shown, to be copied by hand.

export function watchCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const told = button.parentElement.querySelector("[role=status]");
      const isCopied = await navigator.clipboard.writeText(button.dataset.copy).then(
        () => true,
        () => false,
      );
      if (told) told.textContent = isCopied ? button.dataset.copied : button.dataset.copy;
    });
  }
}
