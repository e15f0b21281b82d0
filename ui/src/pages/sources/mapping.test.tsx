import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";

function open(scenario: Scenario, address: string, changes: Partial<Host> = {}) {
  window.history.replaceState(null, "", address);
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

beforeEach(() => {
  window.localStorage.clear();
  // happy-dom lays nothing out: a pane of 800 × 560.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(560);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
});
afterEach(() => vi.restoreAllMocks());

describe("mapping", () => {
  it("a suggestion is taken with one press and can be taken back", async () => {
    const mapPerson = vi.fn(async () => undefined);
    const undoPeople = vi.fn(async () => "map");
    const user = open("full", "/sources?view=people", { mapPerson, undoPeople });
    await user.click(await screen.findByRole("button", { name: "Same person" }));
    expect(mapPerson).toHaveBeenCalledWith("calendar:yuki.t", "yuki@harbor.example");
    await screen.findByText("yuki.t is yuki@harbor.example");
    await user.keyboard("u");
    await waitFor(() => expect(undoPeople).toHaveBeenCalledOnce());
  });

  it("people are hidden while others look on, also by address and key, and nothing of them is asked", async () => {
    const people = vi.fn(fixtureHost("full").people);
    const user = open("full", "/sources", { people });
    await screen.findByRole("button", { name: "People" });
    await user.keyboard("{Shift>}P{/Shift}");
    await waitFor(() => expect(screen.queryByRole("button", { name: "People" })).toBeNull());
    await user.keyboard("2");
    expect(screen.getByRole("button", { name: "Sources", pressed: true })).toBeTruthy();
    expect(people).not.toHaveBeenCalled();
    cleanup();
    open("full", "/sources?view=people&row=i", { people });
    await screen.findByText("People are hidden while you present");
    expect(document.body.textContent).not.toContain("harbor.example");
    expect(people).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: /End the presentation/ }));
    expect(await screen.findByRole("grid", { name: "People" })).toBeTruthy();
  });

  it("the unmapped stand first; an identity can be split off", async () => {
    const splitPerson = vi.fn(async () => undefined);
    const user = open("full", "/sources?view=people&row=i", { splitPerson });
    const grid = await screen.findByRole("grid", { name: "People" });
    expect(within(grid).getAllByRole("row")[1]?.textContent).toContain("yuki.t");
    await user.click((await screen.findAllByRole("button", { name: "Split" }))[1] as HTMLElement);
    expect(splitPerson).toHaveBeenCalledWith("calendar:ines");
  });

  it("a service gets its name, tier and owner", async () => {
    const mapService = vi.fn(async () => undefined);
    const user = open("full", "/sources?view=services", { mapService });
    await user.type(await screen.findByRole("textbox", { name: "Owner" }), "Platform");
    await user.click(screen.getByRole("button", { name: "Map" }));
    expect(mapService).toHaveBeenCalledWith("pd:SSTATEMENT-EXPORT", "statement-export", null, "Platform");
  });
});
