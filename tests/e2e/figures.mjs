// What the pages cost in a browser, as ratios and counts of one run, on the fixture build: charts against empty canvases,
// rows of a long list. `npm run e2e:figures`; JSON under target/bench. Exits with 1 where a goal is missed.
import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { serve } from "./serve.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium } = createRequire(join(root, "ui/package.json"))("playwright-core");
const RUNS = 9;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function charts(page, address) {
  await page.goto(`${address}/gallery?part=figures`);
  await page.waitForFunction(() => window.figures && document.querySelectorAll("canvas").length === 12);
  const [drawn, empty] = [[], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const spent = await page.evaluate(async () => [await window.figures.charts(), await window.figures.empty()]);
    // The first run compiles.
    if (run === 0) continue;
    drawn.push(spent[0]);
    empty.push(spent[1]);
  }
  const [charted, blank] = [median(drawn), median(empty)];
  return { row: "12 charts of 3 × 1,440 points / empty canvases", value: charted / blank, goal: 3, charted, blank };
}

const server = await serve(join(root, "target/ui-fixture"), "");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const rows = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  rows.push(await charts(page, server.address));
} finally {
  await browser.close();
  server.close();
}
await mkdir(join(root, "target/bench"), { recursive: true });
await writeFile(join(root, "target/bench/pages.json"), JSON.stringify({ load: loadavg(), runs: RUNS, rows }, null, 2));
for (const { row, value, goal, charted, blank } of rows)
  console.log(`${row}: ${value.toFixed(2)} (goal ≤ ${goal}; ${charted.toFixed(1)} ms / ${blank.toFixed(1)} ms)`);
process.exitCode = rows.every(({ value, goal }) => value <= goal) ? 0 : 1;
