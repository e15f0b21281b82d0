// The real window: the debug binary with the pages embedded, on a workspace, under its own display, bus and home,
// driven by WebKitWebDriver. Usage: node tests/e2e/window.mjs [WORKSPACE]; without one, on the demo team.
import { join, resolve } from "node:path";
import { aroundTheWindow } from "./around.mjs";
import { built, checks, Desktop, expect, shots } from "./desktop.mjs";
import { firstMinutes } from "./first-minutes.mjs";
import { tally } from "./tally.mjs";

const result = tally("window");
const check = checks(result);

async function drive(session) {
  const text = (selector) =>
    session.run(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? ""`);
  const selected = () => text("[data-selected=true] button");

  await check("Posture is painted with rows", async () => {
    await session.until(
      () => session.run('return document.querySelectorAll("main ol > li").length > 1'),
      "no two rows in 20 s",
    );
    const answer = await text("main h2");
    expect(/^\d+ things? needs? you$/.test(answer), `the answer is "${answer}"`);
    const rail = await text("nav");
    expect(rail.includes("Posture"), `the rail says "${rail}"`);
  });
  await check("the numbers on screen are those of the engine's answer", async () => {
    const asked = await session.runAsync(
      'const done = arguments[0]; window.__TAURI_INTERNALS__.invoke("posture").then(done, (e) => done({ error: e }))',
    );
    expect(!asked.error, `the command answered ${JSON.stringify(asked.error)}`);
    const titles = await session.run(
      'return [...document.querySelectorAll("main ol > li button bdi")].map((b) => b.textContent)',
    );
    for (const row of asked.attention.slice(0, 7))
      expect(titles.includes(row.title), `"${row.title}" is not on screen`);
  });
  await check("a command outside the capability is refused", async () => {
    const answer = await session.runAsync(
      'const done = arguments[0]; window.__TAURI_INTERNALS__.invoke("plugin:event|emit", { event: "data-changed", payload: {} }).then(() => done("allowed"), () => done("refused"))',
    );
    expect(answer === "refused", "the page may emit events");
  });
  await check("j and k move the selection", async () => {
    const first = await selected();
    await session.keys("j");
    await session.until(async () => (await selected()) !== first, "j did not move");
    await session.keys("k");
    await session.until(async () => (await selected()) === first, "k did not move back");
  });
  await check("Space opens the peek with the why, Esc closes it", async () => {
    await session.keys(" ");
    await session.until(async () => (await text("aside")).includes("Why it is here"), "no peek");
    await session.picture(join(shots, "window-posture-peek.png"));
    await session.keys("\uE00C");
    await session.until(async () => !(await text("aside")).includes("Why it is here"), "the peek stays");
  });
  await check("? shows the keys, Esc closes them", async () => {
    await session.keys("?", "\uE008");
    await session.until(async () => (await text("[role=dialog]")).includes("Sync every source now"), "no sheet");
    await session.keys("\uE00C");
    await session.until(async () => (await text("[role=dialog]")) === "", "the sheet stays");
  });
  await check("Shift+T changes the theme", async () => {
    const theme = () => session.run("return document.documentElement.dataset.theme");
    await session.keys("T", "\uE008");
    await session.until(async () => (await theme()) === "dark", "not dark");
    await session.picture(join(shots, "window-posture-dark.png"));
    await session.keys("T", "\uE008");
    await session.until(async () => (await theme()) === "light", "not light");
    await session.picture(join(shots, "window-posture-light.png"));
  });
  for (const [key, page, shows] of [
    ["o", "On-call", "Primary now"],
    ["s", "SLOs", "Checkout availability"],
    ["i", "Incidents", "Ledger"],
    [",", "Sources", "sources answer"],
  ]) {
    await check(`g ${key} opens ${page}, read from the engine`, async () => {
      await session.keys("g");
      await session.keys(key);
      await session.until(async () => (await text("header h1")) === page, `the head says "${await text("header h1")}"`);
      await session.until(async () => (await text("main")).includes(shows), `no "${shows}" on ${page}`);
    });
  }
  await check("the window does not leave the app", async () => {
    await session.run('window.location.href = "https://example.invalid/"');
    await new Promise((done) => setTimeout(done, 300));
    const origin = await session.run("return window.location.origin");
    expect(origin === "tauri://localhost", `the window is at ${origin}`);
  });
  await check("no violation of the content security policy, and the policy holds", async () => {
    const seen = await session.run("return window.__violations");
    expect(seen.length === 0, seen.join(", "));
    const ran = await session.run(
      'const s = document.createElement("script"); s.textContent = "window.__ran = true"; document.head.append(s); return window.__ran === true',
    );
    expect(!ran, "an inline script ran");
  });
}

/** The window on a workspace; without one, on the demo team. */
async function window(named) {
  const desktop = await Desktop.open();
  try {
    const workspace = named ? resolve(named) : join(desktop.home, "workspace");
    if (!named) await desktop.run(built("fairleadctl"), "--workspace", workspace, "init", "--demo");
    const session = await desktop.window(workspace);
    try {
      await drive(session);
    } finally {
      await session.close();
      result.note("the window's console is quiet", await desktop.complaints("window"));
    }
  } catch (error) {
    result.note("the window opens", [error.stack]);
  } finally {
    await desktop.close();
  }
}

await window(process.argv[2]);
if (!process.argv[2]) {
  await firstMinutes(result);
  await aroundTheWindow(result);
}
result.finish();
