import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import { fullLanes } from "../../host/fixtures/oncall-answers";
import { quietLanes, undeclaredLanes, unreadLanes } from "../../host/fixtures/oncall-variants";
import { broken, type Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";
import { withoutLoad } from "../oncall/presenting";
import { clauseOf, faultsOf, type Room, rotaLanes, soundnessOf } from "./rota";

const ZONE = "Europe/Lisbon";
const ROOM: Room = { size: "slim", lanes: 4, faults: 2, days: "named" };

function open(scenario: Scenario, changes: Partial<Host> = {}) {
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

const section = (name: string) => screen.findByRole("region", { name });
const search = () => new URLSearchParams(window.location.search);

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/posture");
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(200);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(736);
});
afterEach(() => vi.restoreAllMocks());

describe("the lanes", () => {
  it("are one for each schedule, with overrides, gaps and double bookings in their own look", () => {
    const { data, more } = rotaLanes(fullLanes(), ZONE, ROOM);
    const names = data.groups.flatMap((group) => group.lanes.map((lane) => lane.name));
    expect(names).toEqual(["Platform primary", "Platform secondary", "Platform shadow"]);
    const kinds = data.groups.map((group) => new Set(group.lanes.flatMap((lane) => lane.blocks.map((b) => b.kind))));
    expect(kinds[0]).toEqual(new Set(["shift", "override", "gap"]));
    expect(kinds[1]).toEqual(new Set(["shift", "double"]));
    expect(data.days.map((day) => day.label).slice(0, 2)).toEqual(["Mon 16", "Tue 17"]);
    expect(more).toBe(0);
  });

  it("leave out those without a fault where there is no room, and keep their order", () => {
    const lanes = fullLanes();
    const schedules = lanes.schedules.toReversed();
    const { data, more } = rotaLanes({ ...lanes, schedules }, ZONE, { ...ROOM, lanes: 2 });
    expect(data.groups.map((group) => group.name)).toEqual(["Platform secondary", "Platform primary"]);
    expect(more).toBe(1);
  });
});

describe("what is wrong with the rota", () => {
  const words = (lanes: ReturnType<typeof fullLanes>) =>
    faultsOf(lanes, ZONE).map(({ status, what, when }) => `${status}: ${what}, ${when}`);

  it("is said in words, gaps first", () => {
    expect(words(fullLanes())).toEqual([
      "critical: Gap 12\u00a0h, Sat 21 20:00 – Sun 22 08:00",
      "warn: Tomasz twice, Thu 26 08:00 – Fri 27 08:00",
      "warn: Tomasz on call during leave, Thu 19 00:00 – Fri 20 00:00",
    ]);
  });

  it("tells nobody's leave while others look on", () => {
    expect(words(withoutLoad(fullLanes()))).toHaveLength(2);
  });

  it("leaves out what is over", () => {
    const lanes = fullLanes();
    const facts = { ...lanes.facts, ahead: { ...lanes.facts.ahead, gap: null } };
    expect(words({ ...lanes, facts, as_of: "2026-11-22T08:00:00Z" })).toEqual([
      "warn: Tomasz twice, Thu 26 08:00 – Fri 27 08:00",
    ]);
  });

  it("names a gap behind the end of the lanes", () => {
    const lanes = fullLanes();
    const schedules = lanes.schedules.map((lane) => ({ ...lane, gaps: [] }));
    expect(words({ ...lanes, schedules })[0]).toContain("critical: Gap 12");
  });

  it("tells time that was not read once", () => {
    expect(words(unreadLanes()).filter((line) => line.startsWith("unknown"))).toHaveLength(1);
  });

  it("is nothing only where that is known", () => {
    expect(faultsOf(quietLanes(), ZONE)).toEqual([]);
    expect(soundnessOf(quietLanes()).status).toBe("ok");
    expect(soundnessOf(undeclaredLanes()).status).toBe("unknown");
    expect(clauseOf(undeclaredLanes())).toContain("coverage not declared");
  });
});

describe("the rota on the page", () => {
  it("is asked for from the day of the answer, when the list stands", async () => {
    const asked: unknown[] = [];
    const host = fixtureHost("full");
    open("full", {
      posture: async () => ({ ...(await host.posture(null, null)), as_of: "2026-11-15T23:30:00Z" }),
      oncallLanes: async (...given) => {
        expect(screen.getByRole("region", { name: "Needs you" })).toBeTruthy();
        asked.push(given);
        return fullLanes();
      },
    });
    await section("Lanes of the next 14 days");
    expect(asked).toEqual([[null, { from: "2026-11-15", span: "2w" }, null]]);
  });

  it("has its gap as a button that opens On-call there", async () => {
    const user = open("full");
    await user.click(await screen.findByRole("button", { name: /^Gap 12.h\s*Sat 21 20:00/ }));
    await waitFor(() => expect(window.location.pathname).toBe("/oncall"));
    expect([search().get("from"), search().get("sel")]).toEqual(["2026-11-16", "g:pager:RPRIM|2026-11-21T20:00:00Z"]);
  });

  it("opens On-call at a shift, by click and by key from the lanes", async () => {
    const user = open("full");
    const lanes = await section("Lanes of the next 14 days");
    const first = within(lanes).getByRole("button", { name: /^Ines, primary/ });
    first.focus();
    await user.keyboard("lll");
    expect(window.location.pathname).toBe("/posture");
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Devon, primary/));
    await user.keyboard("{Enter}");
    await waitFor(() => expect(search().get("sel")).toContain("Devon"));
  });

  it("is opened by o, and j still goes down the list", async () => {
    const user = open("full");
    await section("Lanes of the next 14 days");
    await user.keyboard("j");
    await waitFor(() => expect(search().get("row")).not.toBeNull());
    await user.keyboard("o");
    await waitFor(() => expect(window.location.pathname).toBe("/oncall"));
  });

  it("says that it is not known where it could not be read, and leaves the rest of the page", async () => {
    let asked = 0;
    const user = open("full", {
      oncallLanes: async () => {
        asked += 1;
        if (asked === 1) throw broken();
        return fullLanes();
      },
    });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The rota is not known");
    expect(screen.getByText("9 things need you")).toBeTruthy();
    await user.click(within(alert).getByRole("button", { name: "Try again" }));
    expect(await section("Lanes of the next 14 days")).toBeTruthy();
  });

  it("has no place before anything is connected", async () => {
    open("unconnected");
    await screen.findByText("Connect a first source");
    expect(screen.queryByText("Rota, next 14 days")).toBeNull();
  });
});
