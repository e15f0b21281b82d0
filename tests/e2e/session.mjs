// What else is on a desktop: a keychain, a tray and who shows notifications, each on the bus of the test's desk.
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Debian's interpreter: only it finds the packages of the system. */
const PYTHON = "/usr/bin/python3";
const PROGRAM = fileURLToPath(new URL("session.py", import.meta.url));

/** Takes notifications and tray items on the desktop's bus from now on. */
export async function shareSession(desktop) {
  const child = desktop.start(PYTHON, [PROGRAM], { env: desktop.env, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the session ended: is python3-gi installed?");
    const told = JSON.parse(value);
    if (told.fault) throw new Error(told.fault);
    return told.answer;
  };
  const ask = (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return answer();
  };
  await answer();
  return {
    notifications: () => ask({ ask: "notifications" }),
    tray: () => ask({ ask: "tray" }),
    press: (label) => ask({ ask: "press", label }),
    lockKeychain: () => ask({ ask: "lock" }),
    keychainItems: () => ask({ ask: "items" }),
  };
}

/** Starts a keychain on the desktop's bus, unlocked as by a log-in; gives what ends it. */
export async function startKeychain(desktop) {
  const control = join(desktop.home, "keyring");
  await mkdir(control, { mode: 0o700 });
  const args = ["--foreground", "--unlock", "--components=secrets", `--control-directory=${control}`];
  const child = desktop.start("gnome-keyring-daemon", args, { env: desktop.env, stdio: ["pipe", "ignore", "ignore"] });
  const ended = once(child, "exit");
  await Promise.race([
    new Promise((done) => child.stdin.end("password of the log-in", done)),
    ended.then(() => {
      throw new Error("the keychain ended: is gnome-keyring installed?");
    }),
  ]);
  return async () => {
    child.kill();
    await ended;
  };
}
