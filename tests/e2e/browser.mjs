// Every state of every page in a browser, on the fixture host: dark and light, small and large, clean under axe, no
// violation of the content security policy, nothing wider than the window. Pictures go to target/screenshots.
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { serve } from "./serve.mjs";
import { gallery } from "./states/gallery.mjs";
import { oncall } from "./states/oncall.mjs";
import { incidents } from "./states/incidents.mjs";
import { posture } from "./states/posture.mjs";
import { sources, start } from "./states/sources.mjs";
import { slos } from "./states/slos.mjs";
import { journeys } from "./journeys.mjs";
import { tally } from "./tally.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "ui/package.json"));
const { chromium } = require("playwright-core");
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const shots = join(root, "target/screenshots");

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const THEMES = ["dark", "light"];
const PAGES = { posture, sources, start, oncall, incidents, slos, gallery };

/** The policy of tauri.conf.json as a header; the bridge's addresses mean nothing to a browser and harm nothing. */
async function policy() {
  const { app } = JSON.parse(await readFile(join(root, "tauri.conf.json"), "utf8"));
  return Object.entries(app.security.csp)
    .map(([directive, allowed]) => `${directive} ${allowed}`)
    .join("; ");
}

async function look(browser, address, { name, path, theme, size, state }) {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, bypassCSP: false });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  try {
    await page.goto(`${address}${path}?${state.query ?? `scenario=${state.scenario ?? state.name}`}`);
    await page.locator("main").waitFor();
    if (!state.plain && state.name !== "loading" && state.name !== "failed")
      await page.getByRole("heading", { level: 2 }).first().waitFor();
    if (state.click) await page.getByRole("button", { name: state.click, exact: true }).first().click();
    if (state.waits) await page.locator(state.waits).first().waitFor();
    for (const key of state.keys ?? []) {
      // What loads late must be there before its keys are pressed.
      if (key.startsWith("see ")) await page.getByText(key.slice(4)).first().waitFor({ timeout: 20_000 });
      else if (key.startsWith("click ")) await page.getByRole("button", { name: key.slice(6), exact: true }).click();
      else await page.keyboard.press(key);
    }
    await page.getByText(state.shows).first().waitFor({ timeout: 20_000 });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(shots, `${name}-${state.name}-${theme}-${size.width}.png`) });
    faults.push(...(await page.evaluate(() => window.violations)));
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
      faults.push("wider than the window");
    if (state.uncut) {
      const texts = (await page.evaluate(cut)).filter((text) => state.uncut === true || state.uncut.test(text));
      faults.push(...texts.map((text) => `cut: "${text}"`));
    }
    if (await page.evaluate(covered)) faults.push("something of the page lies over what is opened over it");
    if ((await page.title()) !== "Fairlead") faults.push("the title was changed by text from upstream");
    faults.push(...(await audit(page)));
  } catch (error) {
    faults.push(error.message.split("\n")[0]);
  } finally {
    await context.close();
  }
  return faults;
}

/** In the page: texts of which the end is out of sight. */
const cut = () =>
  [...document.querySelectorAll("#root *")]
    .filter((element) => {
      const { overflowX, webkitLineClamp } = getComputedStyle(element);
      const wide = overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1;
      const high = webkitLineClamp !== "none" && element.scrollHeight > element.clientHeight + 1;
      // What only readers of the screen hear is a pixel large.
      return (wide || high) && element.clientWidth > 1 && element.innerText?.trim();
    })
    .map((element) => element.innerText.slice(0, 60));

/** In the page: whether anything lies over the dialog that was opened last. */
const covered = () => {
  const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1);
  // One that is kept back, as the third of some notices, has no place.
  if (!dialog?.checkVisibility()) return false;
  const { left, top, width, height } = dialog.getBoundingClientRect();
  const steps = Array.from({ length: 20 }, (_, step) => (step + 0.5) / 20);
  return steps.some((down) =>
    steps.some((right) => {
      const found = document.elementFromPoint(left + width * right, top + height * down);
      return found !== null && !dialog.contains(found);
    }),
  );
};

async function audit(page) {
  // The protocol evaluates in the page without adding a script element, so the policy stays as it is in the window.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.map(
    ({ id, nodes }) => `axe ${id}: ${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`,
  );
}

await mkdir(shots, { recursive: true });
const server = await serve(join(root, "target/ui-fixture"), await policy());
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const result = tally("browser");
/** Only what has this in its name: `npm run e2e -- "gallery lanes"`. */
const only = process.argv[2] ?? "";
try {
  for (const [name, { path, states }] of Object.entries(PAGES)) {
    for (const state of states.filter((one) => `${name} ${one.name}`.includes(only))) {
      for (const theme of THEMES) {
        for (const size of state.once ? SIZES.slice(0, 1) : SIZES) {
          const faults = await look(browser, server.address, { name, path, theme, size, state });
          result.note(`${name} ${state.name} ${theme} ${size.width}×${size.height}`, faults);
        }
      }
    }
  }
  await journeys(browser, server.address, result, { only, shots });
} finally {
  await browser.close();
  server.close();
}
result.finish();
