import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import { HostError } from "../../host/error";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { FolderState } from "../../host/bindings";
import type { Host } from "../../host/host";

function open(scenario: Scenario, address: string, changes: Partial<Host> = {}) {
  window.history.replaceState(null, "", address);
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

beforeEach(() => window.localStorage.clear());

/** An answer that comes when it is let. */
function held<T>() {
  let give: (answer: T) => void = () => undefined;
  const answer = new Promise<T>((resolve) => (give = resolve));
  return { answer, give };
}
/** What of the pages can be seen. happy-dom knows no style sheet: the class stands for it. */
const inSight = () =>
  [...document.querySelectorAll("nav, main, h1, [role=alert]")].filter((one) => !one.closest(".invisible"));

describe("a start", () => {
  it("asks for the first page at the same time as for the folder", async () => {
    const host = fixtureHost("full");
    const folder = held<FolderState>();
    const posture = vi.fn(host.posture);
    open("full", "/posture", { workspaceState: () => folder.answer, posture });
    await screen.findByText("9 things need you");
    expect(posture).toHaveBeenCalledOnce();
    expect(inSight()).toEqual([]);
    folder.give(await host.workspaceState());
    await waitFor(() => expect(inSight().length).toBeGreaterThan(0));
    expect(posture).toHaveBeenCalledOnce();
  });

  it("without a workspace shows no refusal of the pages, before or after", async () => {
    const host = fixtureHost("first-start");
    const folder = held<FolderState>();
    let begun = false;
    const refused = <T,>(answer: () => Promise<T>) =>
      begun ? answer() : Promise.reject(new HostError({ code: "no_workspace", message: "there is none", hint: null }));
    const user = open("first-start", "/posture", {
      workspaceState: () => (begun ? host.workspaceState() : folder.answer),
      frame: () => refused(host.frame),
      posture: (asOf, team) => refused(() => host.posture(asOf, team)),
      rota: (asOf) => refused(() => host.rota(asOf)),
      startDemo: async () => {
        begun = true;
        return host.startDemo();
      },
    });
    await screen.findByText(/Posture could not be read/);
    expect(inSight()).toEqual([]);
    folder.give(await host.workspaceState());
    await user.click(await screen.findByRole("button", { name: "Load the demo" }));
    expect(screen.queryByText(/Posture could not be read/)).toBeNull();
    const seen = vi.fn();
    const watch = new MutationObserver(() => screen.queryByText(/Posture could not be read/) && seen());
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    expect(await screen.findByText("9 things need you")).toBeTruthy();
    watch.disconnect();
    expect(seen).not.toHaveBeenCalled();
  });
});

describe("the first start", () => {
  it("the demo is loaded and opens on Posture", async () => {
    const user = open("first-start", "/");
    await user.click(await screen.findByRole("button", { name: "Load the demo" }));
    expect(await screen.findByRole("region", { name: "Needs you" })).toBeTruthy();
    expect(window.location.pathname).toBe("/posture");
  });

  it("connecting makes the workspace and goes on to the first source", async () => {
    const startEmpty = vi.fn(fixtureHost("first-start").startEmpty);
    const host = fixtureHost("first-start");
    const user = open("first-start", "/", {
      ...host,
      startEmpty: (...about) => startEmpty(...about).then(() => host.startEmpty(...about)),
    });
    await user.click(await screen.findByRole("button", { name: "Connect" }));
    await user.type(screen.getByRole("textbox", { name: "Team" }), "Platform");
    await user.click(screen.getByRole("button", { name: "Go on to the first source" }));
    expect(await screen.findByRole("complementary", { name: "Add a source" })).toBeTruthy();
    expect(startEmpty.mock.calls[0]?.[0]).toBe("Platform");
  });

  it("a zone that is none is refused with its place", async () => {
    const user = open("first-start", "/");
    await user.click(await screen.findByRole("button", { name: "Begin empty" }));
    await user.type(screen.getByRole("textbox", { name: "Team" }), "Platform");
    const zone = screen.getByRole("textbox", { name: "Zone" });
    await user.clear(zone);
    await user.type(zone, "Mars/Olympus");
    await user.click(screen.getByRole("button", { name: "Begin" }));
    expect((await screen.findByRole("alert")).textContent).toContain("fairlead.toml:6:12");
  });

  it("a file that cannot be opened is told line by line", async () => {
    open("broken-file", "/");
    expect(await screen.findByText(/fairlead.toml:14:7/)).toBeTruthy();
    expect(screen.queryByRole("navigation")).toBeNull();
  });

  it("the demo can be cleared", async () => {
    const clearDemo = vi.fn(fixtureHost("full").clearDemo);
    const user = open("full", "/sources", { clearDemo });
    await user.click(await screen.findByRole("button", { name: "Clear the demo" }));
    // What goes for good is asked about.
    await user.click(screen.getByRole("button", { name: "Keep it" }));
    await user.click(await screen.findByRole("button", { name: "Clear the demo" }));
    await user.click(screen.getByRole("button", { name: "Clear all of it" }));
    expect(clearDemo).toHaveBeenCalledOnce();
    await screen.findByText("The demo is cleared: no row of it is left");
  });

  it("the demo can be cleared from the palette of any page, and then loaded again", async () => {
    const host = fixtureHost("full");
    const clearDemo = vi.fn(host.clearDemo);
    const startDemo = vi.fn(host.startDemo);
    const user = open("full", "/posture", { ...host, clearDemo, startDemo });
    await screen.findByRole("region", { name: "Needs you" });
    const find = async (words: string) => {
      await user.keyboard("{Control>}k{/Control}");
      await user.type(await screen.findByRole("combobox", { name: "Find or run" }), words);
    };
    await find("load demo");
    await screen.findByText(/^0 of/);
    expect(screen.queryByRole("option", { name: /Load the demo/ })).toBeNull();
    await user.keyboard("{Escape}");
    await find("clear demo");
    await user.keyboard("{Enter}");
    await screen.findByText("The demo is cleared: no row of it is left");
    expect(clearDemo).toHaveBeenCalledOnce();
    await find("load demo");
    await user.keyboard("{Enter}");
    await screen.findByText("The demo team is loaded");
    expect(startDemo).toHaveBeenCalledOnce();
  });

  it("a demo that is refused says why", async () => {
    const message = "the folder holds another workspace";
    const startDemo = async () => Promise.reject(new HostError({ code: "usage", message, hint: null }));
    const user = open("unconnected", "/posture", { startDemo });
    await screen.findByText(/Connect a first source/);
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Find or run" }), "load demo");
    await user.keyboard("{Enter}");
    await screen.findByText(message, { exact: false });
  });
});
