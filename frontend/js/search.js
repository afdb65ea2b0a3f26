// The slash goes to the search field, as long as nobody is writing; to the page where there is only a button.

const WRITES = "input, textarea, select, [contenteditable]";

export function watchSearch() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.defaultPrevented || event.target.closest?.(WRITES) || document.querySelector("dialog[open]")) return;
    const fields = ["main [data-search]", "[data-search]"].flatMap((one) => [...document.querySelectorAll(one)]);
    const field = fields.find((one) => one.offsetParent !== null);
    const link = [...document.querySelectorAll(".s-search__link")].find((one) => one.offsetParent !== null);
    if (!field && !link) return;
    event.preventDefault();
    if (!field) return link.click();
    field.focus();
    field.select();
  });
}
