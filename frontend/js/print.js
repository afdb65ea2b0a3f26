// “Print” leads to a page that is nothing but the sheet. Here the print dialog opens at once.

export function watchPrint() {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest?.("[data-print]")) return;
    event.preventDefault();
    window.print();
  });
}
