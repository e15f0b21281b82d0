// Every state of every page in a browser, on the fixture host: dark and light, small and large, clean under axe, no
// violation of the content security policy, nothing wider than the window. Pictures go to target/screenshots.
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createRequire } from "node:module";
import { serve } from "./serve.mjs";
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
const STATES = [
  { name: "full", shows: "9 things need you" },
  { name: "peek", scenario: "full", keys: ["Space"], shows: "Why it is here" },
  { name: "help", scenario: "full", keys: ["Shift+?"], shows: "Sync every source now" },
  { name: "snooze", scenario: "full", keys: ["s"], shows: "Until tomorrow morning" },
  { name: "snoozed", keys: ["z"], shows: "Bring back" },
  { name: "seen", scenario: "full", keys: ["e"], shows: "Marked as seen at 07:00" },
  { name: "quiet", shows: "Checked 07:00" },
  { name: "blind", shows: "Cannot say that nothing needs you" },
  { name: "unconnected", shows: "Connect a first source" },
  { name: "failed", shows: "input/output error" },
  { name: "loading", shows: "" },
  { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
  { name: "syncing", shows: "1,240/~3,000" },
  { name: "hostile", shows: "<script>alert(1)</script>" },
];

/** The shared pieces, page by page of the gallery: what is pressed or clicked first, and what then shows. */
const GALLERY = [
  { name: "table", shows: "Orders time out" },
  { name: "table-many", part: "table", click: "many", keys: ["End"], shows: "100,000 of 100,000" },
  { name: "table-none", part: "table", click: "none", shows: "No incident in 120 d" },
  { name: "forms", shows: "Not an address" },
  { name: "toast", part: "overlays", click: "Toast with undo", shows: "INC-41 is in the handover" },
  { name: "undone", part: "overlays", click: "Toast with undo", keys: ["u"], shows: "out of the handover again" },
  { name: "dialog", part: "overlays", click: "Dialog", shows: "Close INC-41 with a reason" },
  { name: "popover", part: "overlays", click: "Popover", shows: "717 of 720 hours" },
  { name: "palette", click: "Find or run", shows: "4,983 of 4,983" },
  { name: "charts", shows: "Burn, last day" },
  { name: "charts-crosshair", part: "charts", waits: ".u-over", keys: ["[", "]"], shows: "Expected" },
  { name: "charts-table", part: "charts", waits: ".u-over", keys: ["v"], shows: "What happened" },
  { name: "lanes", shows: "Gap 12h, nobody" },
  { name: "lanes-gap", part: "lanes", keys: ["n", "j"], shows: "Boat secondary" },
  { name: "marks", shows: "never read" },
];

/** The policy of tauri.conf.json as a header; the bridge's addresses mean nothing to a browser and harm nothing. */
async function policy() {
  const { app } = JSON.parse(await readFile(join(root, "tauri.conf.json"), "utf8"));
  return Object.entries(app.security.csp)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}

async function look(browser, address, { theme, size, state }) {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, bypassCSP: false });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  await page.addInitScript(() => {
    // As `freezePrototype` does in the window: a library that overwrites what it inherits fails there.
    Object.freeze(Object.prototype);
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  try {
    await page.goto(`${address}${state.path ?? `/posture?scenario=${state.scenario ?? state.name}`}`);
    await page.locator("main").waitFor();
    if (state.name !== "loading" && state.name !== "failed")
      await page.getByRole("heading", { level: 2 }).first().waitFor();
    if (state.waits) await page.locator(state.waits).first().waitFor({ timeout: 10_000 });
    if (state.click) await page.getByRole("button", { name: state.click, exact: true }).first().click();
    for (const key of state.keys ?? []) await page.keyboard.press(key);
    await page.getByText(state.shows).first().waitFor({ timeout: 5_000 });
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(shots, `${state.page ?? "posture"}-${state.name}-${theme}-${size.width}.png`) });
    faults.push(...(await page.evaluate(() => window.violations)));
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth))
      faults.push("wider than the window");
    if ((await page.title()) !== "Fairlead") faults.push("the title was changed by text from upstream");
    faults.push(...(await audit(page)));
  } catch (error) {
    faults.push(error.message.split("\n")[0]);
  } finally {
    await context.close();
  }
  return faults;
}

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
const wanted = (states, page) => states.filter((state) => `${page} ${state.name}`.includes(only));
try {
  for (const state of wanted(STATES, "posture")) {
    for (const theme of THEMES) {
      for (const size of SIZES) {
        const faults = await look(browser, server.address, { theme, size, state });
        result.note(`posture ${state.name} ${theme} ${size.width}×${size.height}`, faults);
      }
    }
  }
  for (const part of wanted(GALLERY, "gallery")) {
    const state = { ...part, page: "gallery", path: `/gallery?part=${part.part ?? part.name}` };
    for (const theme of THEMES) {
      // What is opened or pressed is looked at once; the whole of a part also in a large window.
      for (const size of part.part ? SIZES.slice(0, 1) : SIZES) {
        const faults = await look(browser, server.address, { theme, size, state });
        result.note(`gallery ${state.name} ${theme} ${size.width}×${size.height}`, faults);
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
result.finish();
