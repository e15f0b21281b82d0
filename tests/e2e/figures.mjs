// What the pages cost in a browser, on the fixture build: charts against empty canvases, a list of 100,000 rows, and the way
// from page to page. `npm run e2e:figures`; JSON under target/bench. Exits with 1 where a goal is missed.
import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { firstRows, scrolled } from "./incident-figures.mjs";
import { serve } from "./serve.mjs";
import { switches } from "./switch-figures.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium } = createRequire(join(root, "ui/package.json"))("playwright-core");
const RUNS = 41;
const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)];
const median = (values) => quantile(values, 0.5);
const ms = (value) => `${value.toFixed(1)} ms`;

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
  // The empty ones are made, laid out and cleared; the charts are there, and are drawn with other values.
  const said = `${ms(charted)} / ${ms(blank)}`;
  return {
    row: "12 charts of 3 × 1,440 points redrawn / as many empty canvases",
    value: charted / blank,
    goal: 3,
    said,
  };
}

async function incidents(browser, address) {
  const times = await firstRows(browser, address, 7);
  const { blank, rows, most, long } = await scrolled(browser, address);
  const tasks = `longest ${ms(Math.max(0, ...long))}`;
  return [
    {
      row: "100,000 incidents: first rows after their answer, ms",
      value: median(times),
      goal: 50,
      said: "median of 7",
    },
    {
      row: "scrolling through them: rows left blank",
      value: blank,
      goal: 0,
      said: `${rows} different rows came into sight`,
    },
    { row: "most rows in the page", value: most, goal: 200, said: "at any time" },
    // No goal: a busy machine makes them.
    { row: "tasks of more than 50 ms meanwhile", value: long.length, goal: null, said: tasks },
  ];
}

async function ways(page, address) {
  const times = await switches(page, address, 3);
  const said = `${times.length} switches, median ${ms(median(times))}`;
  return { row: "key to painted page, every pair, p95, ms", value: quantile(times, 0.95), goal: 100, said };
}

const server = await serve(join(root, "target/ui-fixture"), "");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const rows = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  rows.push(await charts(page, server.address));
  rows.push(...(await incidents(browser, server.address)));
  rows.push(await ways(page, server.address));
} finally {
  await browser.close();
  server.close();
}
await mkdir(join(root, "target/bench"), { recursive: true });
await writeFile(join(root, "target/bench/pages.json"), JSON.stringify({ load: loadavg(), runs: RUNS, rows }, null, 2));
for (const { row, value, goal, said } of rows)
  console.log(`${row}: ${Number(value.toFixed(2))} (${goal === null ? "no goal" : `goal ≤ ${goal}`}; ${said})`);
console.log(`load ${loadavg()[0].toFixed(1)}`);
process.exitCode = rows.every(({ value, goal }) => goal === null || value <= goal) ? 0 : 1;
