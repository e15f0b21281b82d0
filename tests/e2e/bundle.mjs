// What the window loads before it shows anything stays small, and what is only for building pages is not in it.
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = join(resolve(dirname(fileURLToPath(import.meta.url)), "../.."), "ui/dist");
/** Script and style of the first load, compressed, in bytes. */
const MOST = 200_000;
/** Strings that only the gallery and the fixture host have. */
const DEVELOPMENT = ["/gallery", "refresh-failed"];

/** What is loaded when it is first used, each by a class that it sets. */
const LATER = [
  ["the plotting of charts", "u-cursor-pt"],
  ["the palette", "scroll-padding-block:32px"],
  ["the lanes of the rota", "gap-hatch"],
];

const assets = join(dist, "assets");
const scripts = (await readdir(assets)).filter((name) => name.endsWith(".js"));
const faults = [];
for (const name of scripts) {
  const text = await readFile(join(assets, name), "utf8");
  for (const mark of DEVELOPMENT) if (text.includes(mark)) faults.push(`${name} holds ${mark}: development code`);
}

/** The entry and all that it imports before it runs. */
async function firstLoad() {
  const html = await readFile(join(dist, "index.html"), "utf8");
  const open = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  const found = new Set();
  while (open.length > 0) {
    const name = open.pop();
    if (found.has(name)) continue;
    found.add(name);
    const text = await readFile(join(assets, name), "utf8");
    open.push(...[...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map((match) => match[1]));
  }
  return [...found];
}

const first = await firstLoad();
const sizes = await Promise.all(first.map(async (name) => gzipSync(await readFile(join(assets, name))).length));
const total = sizes.reduce((sum, size) => sum + size, 0);
if (first.length < 2) faults.push("no script or no style found in index.html");
if (total > MOST) faults.push(`first load is ${total} bytes compressed, at most ${MOST}: ${first.join(", ")}`);
for (const name of first.filter((file) => file.endsWith(".js"))) {
  const text = await readFile(join(assets, name), "utf8");
  for (const [what, mark] of LATER) if (text.includes(mark)) faults.push(`${name} holds ${what}: load it lazily`);
}
for (const fault of faults) console.error(fault);
console.log(`first load: ${Math.round(total / 1000)} kB compressed in ${first.length} files`);
process.exitCode = faults.length > 0 ? 1 : 0;
