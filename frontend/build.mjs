// Bundles the style sheet, the script and the fonts into the ui app's static files.
//
//   node build.mjs            once, minified
//   node build.mjs --watch    again at every change, readable
//
// File names stay plain: Django's storage stamps them with their content when they are collected.

import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "src", "samrad", "ui", "static", "built");
const watching = process.argv.includes("--watch");

const FONTS = {
  "inter-latin.woff2": "inter-latin-opsz-normal.woff2",
  "inter-latin-ext.woff2": "inter-latin-ext-wght-normal.woff2",
};

const options = {
  absWorkingDir: here,
  entryPoints: { app: "js/app.js", style: "css/style.css" },
  outdir: out,
  bundle: true,
  minify: !watching,
  sourcemap: false,
  legalComments: "none",
  // What goes wrong is told to the reader on the page; the console stays for the browser's own words.
  drop: watching ? [] : ["console"],
  format: "iife",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  external: ["*.woff2", "../ui/*"],
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const [name, source] of Object.entries(FONTS)) {
  const file = join(here, "node_modules", "@fontsource-variable", "inter", "files", source);
  await copyFile(file, join(out, name));
}

if (watching) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
  for (const name of (await readdir(out)).sort()) {
    const { size } = await stat(join(out, name));
    console.log(`${name.padEnd(24)} ${(size / 1024).toFixed(1).padStart(7)} kB`);
  }
}
