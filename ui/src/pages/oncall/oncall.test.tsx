import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "../../App";
import type { Block, Lanes } from "../../host/bindings";
import { fixtureHost } from "../../host/fixtures/host";
import { changedLanes, fullLanes } from "../../host/fixtures/oncall-answers";
import { crowdLanes, unreadLanes } from "../../host/fixtures/oncall-variants";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";
import { lanesData } from "./groups";
import { selectedIn } from "./selection";

function open(scenario: Scenario, changes: Partial<Host> = {}) {
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const zone = "Europe/Lisbon";
const search = () => new URLSearchParams(window.location.search);
const groupsOf = (answer: Lanes, by: "schedule" | "person") => lanesData(answer, by, zone, true).groups;
const settled = () => screen.findByText("15–28 November 2026");

// The page is loaded late; on a busy machine that takes longer than a test waits.
beforeAll(async () => void (await import("./OncallPage")), 60_000);
beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/oncall");
});

describe("the lanes", () => {
  it("show what is final, what was overridden, gaps and leave", () => {
    const [primary, secondary, shadow, away] = groupsOf(fullLanes(), "schedule");
    expect(primary?.lanes.map((lane) => lane.name)).toEqual(["Final", "Overrides"]);
    expect(primary?.lanes[0]?.blocks.map((block) => block.kind)).toEqual([
      "shift",
      "shift",
      "override",
      "shift",
      "gap",
      "shift",
      "shift",
    ]);
    expect(primary?.verdict).toEqual({ status: "critical", word: "1 gap" });
    expect(secondary?.clause).toContain("coverage not declared");
    expect(secondary?.lanes[0]?.blocks.find((block) => block.kind === "double")?.label).toBe("Tomasz");
    expect(shadow?.verdict).toBeUndefined();
    expect(away?.verdict?.word).toBe("1 on call during leave");
  });

  it("hold no block over another, and each id once", () => {
    for (const by of ["schedule", "person"] as const) {
      const lanes = groupsOf(fullLanes(), by).flatMap((group) => group.lanes);
      for (const { blocks } of lanes)
        blocks.slice(1).forEach((block, index) => expect(block.from).toBeGreaterThanOrEqual(blocks[index]?.to ?? 0));
      const ids = lanes.flatMap((lane) => lane.blocks.map((block) => block.id));
      if (by === "schedule") expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("tell what was not read apart from gaps, and only where no shift is known", () => {
    const [primary, secondary] = groupsOf(unreadLanes(), "schedule");
    const kinds = (group: typeof primary) => group?.lanes[0]?.blocks.map((block) => block.kind);
    expect(kinds(primary)).not.toContain("gap");
    expect(kinds(primary)).not.toContain("unread");
    expect(kinds(secondary)?.at(-1)).toBe("unread");
    const id = secondary?.lanes[0]?.blocks.at(-1)?.id ?? "";
    expect(selectedIn(unreadLanes(), id)?.kind).toBe("unread");
  });

  it("put those outside the team last, and say so", () => {
    const answer = fullLanes();
    const outside = (block: Block): Block =>
      block.person === "Amara" ? { ...block, person: null, person_key: null, withheld: true } : block;
    const people = [...answer.people.slice(1), { ...answer.people[0], key: null, name: "" }] as Lanes["people"];
    const last = groupsOf({ ...answer, people, blocks: answer.blocks.map(outside) }, "person").at(-1);
    expect(last?.name).toBe("Outside the team");
    expect(last?.lanes[0]?.blocks).toHaveLength(1);
  });

  it("tell by role what has no room for its schedule, and are one line each where they are many", () => {
    const devon = groupsOf(fullLanes(), "person").find((group) => group.name === "Devon");
    expect(devon?.lanes[0]?.blocks.map((block) => block.short)).toEqual(["Primary", "Secondary", "Secondary"]);
    const crowd = groupsOf(crowdLanes(), "schedule").filter((group) => group.id !== "away");
    expect(crowd.every((group) => group.headless && group.lanes[0]?.name === group.name)).toBe(true);
    expect(groupsOf(fullLanes(), "schedule").some((group) => group.headless)).toBe(false);
  });

  it("mark what was changed", () => {
    const [primary] = groupsOf(changedLanes(), "schedule");
    expect(primary?.lanes[0]?.blocks[0]?.mark).toBe("info");
    expect(primary?.lanes[0]?.blocks[0]?.text).toContain("changed since it was first read");
  });
});

describe("the page", () => {
  it("is reached by g o and answers in four facts", async () => {
    window.history.replaceState(null, "", "/posture");
    const user = open("full");
    await screen.findByRole("region", { name: "Needs you" });
    await user.keyboard("go");
    await settled();
    expect(window.location.pathname).toBe("/oncall");
    for (const fact of ["Primary now", "Secondary now", "Next 14 days", "Largest share, 28 days"])
      expect(screen.getByText(fact)).toBeTruthy();
    expect(screen.getByText("Lisbon 07:00 → Tokyo 17:00 at handover")).toBeTruthy();
  });

  it("asks for the window of the address, and moves it by keys", async () => {
    const asked: string[] = [];
    const host = fixtureHost("full");
    const user = open("full", {
      oncallLanes: async (asOf, window, team) => {
        asked.push(`${window.from ?? "around now"} ${window.span}`);
        return host.oncallLanes(asOf, window, team);
      },
    });
    await settled();
    await user.keyboard("4");
    await screen.findByText("16–29 November 2026");
    await user.keyboard("{Shift>}L{/Shift}");
    await screen.findByText("23 November – 6 December 2026");
    await user.keyboard("{Shift>}H{/Shift}");
    await user.keyboard(".");
    // Two weeks begin with yesterday, by the wall clock of the team.
    expect(asked).toEqual(["2026-11-15 2w", "around now 4w", "2026-11-23 4w", "2026-11-16 4w"]);
    expect(search().get("span")).toBe("4w");
    expect(search().get("from")).toBeNull();
  });

  it("shows the rota also where Posture cannot be read", async () => {
    const asked: (string | null)[] = [];
    const host = fixtureHost("full");
    open("full", {
      posture: fixtureHost("failed").posture,
      oncallLanes: async (asOf, window, team) => {
        asked.push(window.from);
        return host.oncallLanes(asOf, window, team);
      },
    });
    await screen.findByText("16–29 November 2026");
    expect(asked).toEqual([null]);
  });

  it("the gap of the answer opens its request for cover, and c copies it", async () => {
    const user = open("full");
    await user.click(await screen.findByRole("button", { name: /^12\sh gap$/ }));
    const peek = await screen.findByRole("complementary", { name: "Gap" });
    expect(await within(peek).findByText("zone not known")).toBeTruthy();
    expect(within(peek).getAllByText("05:00–17:00", { exact: false })).toHaveLength(2);
    await user.keyboard("c");
    expect(await screen.findByText("Cover request copied as Markdown")).toBeTruthy();
    expect(await navigator.clipboard.readText()).toContain("**Cover needed**");
    await user.keyboard("{Escape}");
    expect(screen.queryByRole("complementary", { name: "Gap" })).toBeNull();
  });

  it("b and v lead to the table of hours, where people stand by name and cannot be ranked", async () => {
    const user = open("full");
    await settled();
    await user.keyboard("bv");
    const table = await screen.findByRole("grid", { name: /Hours of people/ });
    expect(within(table).getByRole("columnheader", { name: /Person/ })).toBeTruthy();
    expect(within(table).queryByRole("button", { name: /Of the time/ })).toBeNull();
    expect(search().get("by")).toBe("person");
  });

  it("says who holds a shift, where they are and what it said before", async () => {
    window.history.replaceState(null, "", `/oncall?sel=${encodeURIComponent(`b:${changedLanes().blocks[0]?.id}`)}`);
    open("changed");
    const peek = await screen.findByRole("complementary", { name: "Shift" });
    expect(await within(peek).findByText(/Changed after the fact, seen 06:58/)).toBeTruthy();
    expect(within(peek).getByText("no number or address is kept here")).toBeTruthy();
  });

  it("hides hours and leave while others look on", async () => {
    const user = open("full");
    await settled();
    expect(screen.getByText(/is on call during leave/)).toBeTruthy();
    await user.keyboard("{Shift>}P{/Shift}");
    expect(screen.queryByText(/is on call during leave/)).toBeNull();
    await user.keyboard("{Shift>}P{/Shift}");
  });

  it("keeps the old rota when a refresh fails, and says from when it is", async () => {
    const user = open("refresh-failed");
    await settled();
    await user.keyboard("{Shift>}R{/Shift}");
    expect(await screen.findByText(/what you see is from 07:00/)).toBeTruthy();
    expect(screen.getByText("Primary now")).toBeTruthy();
  });
});
