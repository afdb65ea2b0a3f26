// A day that is changed in a plan says its weekday at once, and when its agenda has to be out.
//
//   <li data-plan-row data-notice="14"> … <input type="date"> …
//     <span data-weekday>Tuesday</span> <span data-out-by data-text="Agenda out by {day}">…</span>
//
// What stands in the way of the new day is for the server to say: the row asks to be looked at again.

const language = () => {
  const { lang } = document.documentElement;
  return lang === "en" ? "en-GB" : lang || undefined;
};

function show(row) {
  const value = row.querySelector("input[type=date]").value;
  const [year, month, number] = value.split("-").map(Number);
  const weekday = row.querySelector("[data-weekday]");
  const outBy = row.querySelector("[data-out-by]");
  if (!number) {
    weekday.textContent = "";
    outBy.textContent = "";
    return;
  }
  // Noon, so that no change of clocks makes it another day.
  const day = new Date(year, month - 1, number, 12);
  weekday.textContent = new Intl.DateTimeFormat(language(), { weekday: "long" }).format(day);
  day.setDate(day.getDate() - Number(row.dataset.notice));
  const written = new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(day);
  outBy.textContent = outBy.dataset.text.replace("{day}", written);
}

export function watchPlan() {
  document.addEventListener("change", (event) => {
    const row = event.target.closest?.("[data-plan-row]");
    if (!row || event.target.type !== "date") return;
    show(row);
    const clashes = row.querySelector(".s-plan__clashes");
    if (clashes) clashes.hidden = true;
    const again = row.querySelector("[data-look-again]");
    if (again) again.hidden = false;
  });
}
