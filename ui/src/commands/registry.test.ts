import { describe, expect, it } from "vitest";
import { collisions } from "./collisions";
import type { Command } from "./command";
import { COMMANDS, capsOf } from "./registry";

const command = (id: string, scope: Command["scope"], ...keys: [string, ...string[]]): Command => ({
  id,
  title: id,
  keys,
  scope,
});

describe("the registry", () => {
  it("gives no key to two commands", () => {
    expect(collisions(COMMANDS)).toEqual([]);
  });

  it("gives each id once", () => {
    const ids = COMMANDS.map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("collisions", () => {
  it.each([
    ["the same key in one scope", command("a", "app", "x"), command("b", "app", "x"), 1],
    ["a page key that every page with rows has", command("a", "rows", "x"), command("b", "posture", "x"), 1],
    ["a page key that the app has", command("a", "app", "x"), command("b", "posture", "x"), 1],
    ["a key that begins a sequence", command("a", "app", "g"), command("b", "app", "g p"), 1],
    ["a second key of a command", command("a", "app", "j", "x"), command("b", "app", "x"), 1],
    ["two sequences that part", command("a", "app", "g p"), command("b", "app", "g o"), 0],
    ["a key that only looks like a beginning", command("a", "app", "A"), command("b", "app", "ArrowUp"), 0],
  ])("%s", (_, a, b, expected) => {
    expect(collisions([a, b])).toHaveLength(expected);
  });
});

describe("capsOf", () => {
  it.each([
    ["Shift+R", ["Shift", "R"]],
    ["g p", ["g", "p"]],
    ["Shift+?", ["?"]],
    ["Escape", ["Esc"]],
    ["$mod+K", ["Ctrl", "K"]],
    ["Ctrl+Enter", ["Ctrl", "↵"]],
  ])("%s", (keys, caps) => {
    expect(capsOf(keys)).toEqual(caps);
  });
});
