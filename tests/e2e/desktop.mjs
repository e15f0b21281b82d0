// A desk for the real window: a display, a bus and a home of its own, and the debug binary with the pages embedded on it.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Session } from "./webdriver.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Where pictures and logs go. */
export const shots = join(root, "target/screenshots");

/** The path of something that cargo built. */
export const built = (...parts) => join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", ...parts);

/** A bus that starts nothing by itself: what a window finds on it does not depend on the machine. */
const BUS = (folder) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

/** One test's surroundings. Everything that was started ends with it. */
export class Desktop {
  #started = [];
  #log = [];

  /** Where the window believes to be at home. */
  home;
  env;

  /** Sets up the home, the display and the bus. */
  static async open() {
    const desktop = new Desktop();
    await mkdir(shots, { recursive: true });
    desktop.home = await mkdtemp(join(tmpdir(), "fairlead-window-"));
    desktop.env = {
      ...process.env,
      HOME: desktop.home,
      XDG_CONFIG_HOME: join(desktop.home, "config"),
      XDG_DATA_HOME: join(desktop.home, "data"),
      XDG_CACHE_HOME: join(desktop.home, "cache"),
      XDG_RUNTIME_DIR: desktop.home,
      DISPLAY: await desktop.#display(),
      DBUS_SESSION_BUS_ADDRESS: await desktop.#bus(),
      TAURI_WEBVIEW_AUTOMATION: "true",
    };
    delete desktop.env.WAYLAND_DISPLAY;
    return desktop;
  }

  /** Starts a program in a process group of its own, so that what it starts ends with it. */
  start(program, args, options = {}) {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
    child.on("error", () => undefined);
    this.#started.push(child);
    return child;
  }

  /** Runs a program to its end and gives what it printed; throws when it fails. */
  async run(program, ...args) {
    return (await promisify(execFile)(program, args, { env: this.env })).stdout;
  }

  /** Opens the window on a workspace, through a driver of its own. */
  async window(workspace, more = {}) {
    const port = await freePort();
    const env = { ...this.env, ...more, FAIRLEAD_WORKSPACE: workspace };
    const driver = this.start("WebKitWebDriver", [`--port=${port}`], { env });
    for (const stream of [driver.stdout, driver.stderr]) stream.on("data", (bytes) => this.#log.push(bytes));
    const session = await Session.open(port, built("fairlead"));
    await session.run(
      'window.__violations = []; document.addEventListener("securitypolicyviolation", (e) => window.__violations.push(e.violatedDirective + " " + e.blockedURI))',
    );
    return session;
  }

  /** All that the windows and their drivers printed. */
  said() {
    return Buffer.concat(this.#log).toString();
  }

  /** Lines of the window's console that tell of an error, and keeps the whole of it as a file of that name. */
  async complaints(name) {
    const said = this.said();
    await writeFile(join(shots, `${name}.log`), said);
    return said.split("\n").filter((line) => /CONSOLE.*ERROR|Refused to|Content Security Policy/.test(line));
  }

  /** Ends everything and takes the home away. */
  async close() {
    for (const child of this.#started.toReversed()) end(child);
    await rm(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Starts a display, which picks a free number. */
  async #display() {
    return `:${await this.#told("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])}`;
  }

  /** Starts a session bus. */
  async #bus() {
    const config = join(this.home, "bus.conf");
    await writeFile(config, BUS(this.home));
    return this.#told("dbus-daemon", [`--config-file=${config}`, "--nofork", "--print-address=3"]);
  }

  /** Starts a program that writes where it can be found to its third descriptor. */
  #told(program, args) {
    const child = this.start(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    return new Promise((done, fail) => {
      child.stdio[3].once("data", (where) => done(String(where).trim()));
      child.once("exit", () => fail(new Error(`${program} ended: is it installed?`)));
      child.once("error", fail);
    });
  }
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

/** A check that notes what it throws. */
export const checks = (result) => async (name, test) => {
  try {
    await test();
    result.note(name, []);
  } catch (error) {
    result.note(name, [error.message]);
  }
};

/** Throws what is wrong unless something holds. */
export function expect(holds, what) {
  if (!holds) throw new Error(what);
}
