import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import type { Scenario } from "../../host/fixtures/scenarios";
import type { Host } from "../../host/host";

function open(scenario: Scenario, address: string, changes: Partial<Host> = {}) {
  window.history.replaceState(null, "", address);
  render(<App host={{ ...fixtureHost(scenario), ...changes }} />);
  return userEvent.setup();
}

beforeEach(() => window.localStorage.clear());

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
    expect(clearDemo).toHaveBeenCalledOnce();
    await screen.findByText("The demo is cleared: no row of it is left");
  });
});
