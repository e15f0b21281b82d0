// A typed key: from the form into the keychain, out of it to the pager, and into no file.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { built, expect } from "../desktop.mjs";

/** The pager's name as the form proposes it. */
export const PAGER = "pagerduty";
const CHECK = "[aria-label=Check]";

/** What the command line says of the workspace: it also answers while the window is away. */
export const statusOf = async (desktop, workspace) =>
  JSON.parse(await desktop.run(built("fairleadctl"), "--workspace", workspace, "status", "--json"));

/** The pager, as the workspace holds it. */
const pagerOf = async (desktop, workspace) =>
  (await statusOf(desktop, workspace)).sources.find(({ name }) => name === PAGER);

/** Waits until the pager was read whole again, by what `start` begins. */
export async function readAgain(session, desktop, workspace, start) {
  const before = (await pagerOf(desktop, workspace))?.last_ok_at ?? null;
  await start();
  let pager;
  const read = async () => {
    pager = await pagerOf(desktop, workspace);
    return pager?.state === "ok" && pager.last_ok_at !== before;
  };
  await session.until(read, "the pager was not read", 60_000).catch(() => {
    throw new Error(`the pager was not read since ${before}: ${JSON.stringify(pager)}`);
  });
}

/** Files below a folder that hold a text, as bytes of UTF-8 or UTF-16. */
async function holders(folder, text) {
  const found = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    // What is taken away while it is looked at is no place where a key stays.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (["utf8", "utf16le"].some((encoding) => bytes.includes(Buffer.from(text, encoding)))) found.push(file);
  }
  return found;
}

/** Adds the pager with a key that is typed. */
export async function typeTheKey(session, desk, world, desktop, workspace) {
  const { check, go, press, choose, field, fill, shows, inSight } = desk;
  const { url, key } = world.pagerduty;
  await check("a typed key goes into the keychain, and the pager is read with it", async () => {
    await shows("header h1", "Posture");
    await go(",", "Sources");
    await press("Add");
    await choose(field("Kind"), "PagerDuty");
    await fill("Address", url);
    await fill("Token", key);
    await press("Check");
    await inSight(CHECK, "Passed");
    await readAgain(session, desktop, workspace, () => press("Add and read"));
    await shows("main", PAGER);
  });
  await check("the key is in no file, in no log and nowhere on the page", async () => {
    const toml = await readFile(join(workspace, "fairlead.toml"), "utf8");
    expect(toml.includes(`token = { keychain = "${PAGER}-token" }`), `fairlead.toml says ${toml}`);
    const found = await holders(desktop.home, key);
    expect(found.length === 0, `it stands in ${found.join(", ")}`);
    expect(!desktop.said().includes(key), "it stands in the log");
    const seen = await session.run("return document.documentElement.outerHTML + JSON.stringify(localStorage)");
    expect(!seen.includes(key), "it stands on the page");
  });
  await check("the command line reads the same key", async () => {
    const told = await desktop.run(built("fairleadctl"), "--workspace", workspace, "sources", "check");
    expect(told.includes("they can be read"), told);
  });
}

/** Takes the pager away and back. */
export async function takeTheKeyAway(session, desk, desktop, workspace) {
  const { check, shows, press, picture } = desk;
  const pager = () => pagerOf(desktop, workspace);
  await check("the key stays in the keychain with a source that is removed, and undo needs no typing", async () => {
    await desk.go(",", "Sources");
    await shows("section h2", PAGER);
    await press("Stop reading");
    await shows("aside", `In the keychain stays: ${PAGER}-token`);
    await picture("remove");
    await press("Remove with", "aside");
    await session.until(async () => (await pager()) === undefined, "it is still there");
    await press("Undo");
    await session.until(async () => (await pager()) !== undefined, "it did not come back");
    await readAgain(session, desktop, workspace, () => session.keys("R", "\uE008"));
  });
}

/** Types the key of the pager anew. */
export async function typeTheKeyAnew(session, desk, world, desktop, workspace, items) {
  await desk.check("a key that is typed anew has an item of its own, and the one before stays for undo", async () => {
    await session.keys("e");
    await desk.place("Token", "Type it");
    await desk.fill("Token", world.pagerduty.key);
    await desk.press("Check");
    await desk.inSight(CHECK, "Passed");
    await readAgain(session, desktop, workspace, () => desk.press("Keep and read"));
    const toml = await readFile(join(workspace, "fairlead.toml"), "utf8");
    expect(toml.includes(`token = { keychain = "${PAGER}-token-2" }`), `fairlead.toml says ${toml}`);
    const kept = (await items()).join();
    expect(kept === `${PAGER}-token,${PAGER}-token-2`, `in the keychain are ${kept}`);
  });
}

/** What a keychain that is locked does to a form and to the command line, and one that begins anew, as by a new log-in. */
export async function lockTheKey(session, desk, world, desktop, workspace, { lock, renew }) {
  const { check, go, press, choose, field, fill, inSight, picture } = desk;
  await check("while the keychain is locked, what to do is said and what was typed stays", async () => {
    await lock();
    await go(",", "Sources");
    await press("Add");
    await choose(field("Kind"), "PagerDuty");
    await fill("Name", "second");
    await fill("Address", world.pagerduty.url);
    await fill("Token", world.pagerduty.key);
    await press("Check");
    await inSight(CHECK, "Passed");
    await press("Add and read");
    await inSight(
      "[role=alert]",
      "the keychain is locked: unlock it and try again, or use env, command or file instead",
    );
    await picture("locked");
    const stays = await session.run('return document.querySelector("input[type=password]").value.length');
    expect(stays === world.pagerduty.key.length, `of the key ${stays} characters are left`);
    const toml = await readFile(join(workspace, "fairlead.toml"), "utf8");
    expect(!toml.includes(`name = "second"`), "it was written into fairlead.toml");
  });
  await check("the command line says that the keychain is locked", async () => {
    const refused = await desktop.run(built("fairleadctl"), "--workspace", workspace, "sources", "check").then(
      (told) => `it passed: ${told}`,
      (error) => `${error.stdout}${error.stderr}`,
    );
    expect(refused.includes("the keychain is locked"), refused);
  });
  await check("a keychain that begins anew takes what was typed, without a new start", async () => {
    await renew();
    await press("Add and read");
    const toml = () => readFile(join(workspace, "fairlead.toml"), "utf8");
    await session.until(
      async () => (await toml()).includes('token = { keychain = "second-token" }'),
      `it was not added: ${await desk.text("[role=alert]")}`,
    );
  });
}
