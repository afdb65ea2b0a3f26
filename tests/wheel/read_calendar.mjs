// Reads a calendar with ical.js and says what it found, for a test to compare.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [library, file] = process.argv.slice(2);
const ICAL = (await import(pathToFileURL(library))).default;

const calendar = new ICAL.Component(ICAL.parse(await readFile(file, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const found = calendar.getAllSubcomponents("vevent").map((part) => {
  const event = new ICAL.Event(part);
  return {
    uid: event.uid,
    summary: event.summary,
    isDate: event.startDate.isDate,
    unix: event.startDate.toUnixTime(),
  };
});
console.log(JSON.stringify(found));
