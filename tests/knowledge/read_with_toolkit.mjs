// Reads a JSON-stat file from standard input with the format's reference implementation, and prints
// every cell: the category of each dimension, its value, its mark.
import JSONstat from "../../frontend/node_modules/jsonstat-toolkit/import.mjs";

let text = "";
for await (const piece of process.stdin) text += piece;
const read = JSONstat(JSON.parse(text));
if (read.class !== "dataset") throw new Error(`not a dataset but ${read.class}`);
const dimensions = read.id.map((code) => read.Dimension(code));
const cells = [];
for (let place = 0; place < read.n; place++) {
  let rest = place;
  const where = {};
  for (let at = read.id.length - 1; at >= 0; at--) {
    where[read.id[at]] = dimensions[at].id[rest % read.size[at]];
    rest = Math.floor(rest / read.size[at]);
  }
  const cell = read.Data(where);
  cells.push([Object.values(read.id.map((code) => where[code])), cell.value, cell.status ?? ""]);
}
const labels = Object.fromEntries(
  dimensions.map((one, at) => [read.id[at], one.id.map((code) => one.Category(code).label)]),
);
console.log(JSON.stringify({ label: read.label, role: read.role, labels, cells }));
