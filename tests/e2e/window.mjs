// The real window: the debug binary with the pages embedded, on a workspace, under its own display, bus and home,
// driven by WebKitWebDriver. Usage: node tests/e2e/window.mjs [WORKSPACE]; without one, on the demo team.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { tally } from "./tally.mjs";
import { Session } from "./webdriver.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const shots = join(root, "target/screenshots");
const built = (name) => join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", name);
const result = tally("window");
const started = [];

/** Starts a program in a process group of its own, so that what it starts ends with it. */
function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
  child.on("error", () => undefined);
  started.push(child);
  return child;
}

function end(child) {
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    // It has ended by itself.
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** The demo team, as the command line makes it. */
async function makeDemo(folder) {
  await promisify(execFile)(built("fairleadctl"), ["--workspace", folder, "init", "--demo"]);
}

/** Starts a display; it picks a free number and writes it to its third descriptor. */
function display() {
  const child = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  return new Promise((done, fail) => {
    child.stdio[3].once("data", (number) => done(`:${String(number).trim()}`));
    child.once("exit", () => fail(new Error("Xvfb ended: is it installed?")));
    child.once("error", fail);
  });
}

async function check(name, test) {
  try {
    await test();
    result.note(name, []);
  } catch (error) {
    result.note(name, [error.message]);
  }
}

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

async function drive(session) {
  const text = (selector) =>
    session.run(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? ""`);
  const selected = () => text("[data-selected=true] button");

  await session.run(
    'window.__violations = []; document.addEventListener("securitypolicyviolation", (e) => window.__violations.push(e.violatedDirective + " " + e.blockedURI))',
  );
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

const home = await mkdtemp(join(tmpdir(), "fairlead-window-"));
try {
  await mkdir(shots, { recursive: true });
  const port = await freePort();
  const env = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_RUNTIME_DIR: home,
    DISPLAY: await display(),
    TAURI_WEBVIEW_AUTOMATION: "true",
    FAIRLEAD_WORKSPACE: process.argv[2] ? resolve(process.argv[2]) : join(home, "workspace"),
  };
  delete env.WAYLAND_DISPLAY;
  if (!process.argv[2]) await makeDemo(env.FAIRLEAD_WORKSPACE);
  const log = [];
  const driver = start("dbus-run-session", ["--", "WebKitWebDriver", `--port=${port}`], { env });
  for (const stream of [driver.stdout, driver.stderr]) stream.on("data", (bytes) => log.push(bytes));
  const session = await Session.open(port, built("fairlead"));
  try {
    await drive(session);
  } finally {
    await session.close();
    await writeFile(join(shots, "window.log"), Buffer.concat(log));
  }
  const said = Buffer.concat(log).toString();
  result.note(
    "the window's console is quiet",
    said.split("\n").filter((line) => /CONSOLE.*ERROR|Refused to|Content Security Policy/.test(line)),
  );
} catch (error) {
  result.note("the window opens", [error.stack]);
} finally {
  for (const child of started.toReversed()) end(child);
  await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
result.finish();
