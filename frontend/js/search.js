// The slash goes to the search field, as long as nobody is writing.

const WRITES = "input, textarea, select, [contenteditable]";

export function watchSearch() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || event.target.closest?.(WRITES) || document.querySelector("dialog[open]")) return;
    const fields = ["main [data-search]", "[data-search]"].flatMap((one) => [...document.querySelectorAll(one)]);
    const field = fields.find((one) => one.offsetParent !== null);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
