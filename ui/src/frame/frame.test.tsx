import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../App";
import { fixtureHost } from "../host/fixtures/host";
import type { Host } from "../host/host";

function open(changes: Partial<Host> = {}) {
  render(<App host={{ ...fixtureHost("full"), ...changes }} />);
  return userEvent.setup();
}

const rows = async () => within(await screen.findByRole("region", { name: "Needs you" })).findAllByRole("listitem");

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/posture");
});

describe("the palette", () => {
  it("finds an action by the beginnings of its words and does it", async () => {
    const user = open();
    await rows();
    await user.keyboard("{Control>}k{/Control}");
    const field = await screen.findByRole("combobox", { name: "Find or run" });
    await user.type(field, "show key");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: "Keys" })).toBeTruthy();
  });

  it("offers only what can be done here", async () => {
    const user = open();
    await rows();
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("combobox", { name: "Find or run" });
    expect(screen.getByText("Copy the row as Markdown")).toBeTruthy();
    expect(screen.queryByText("Stop the running sync")).toBeNull();
    expect(screen.queryByText("Crosshair to the next value")).toBeNull();
  });
});

describe("the palette on a page", () => {
  it("has what the page itself can do before what can be done everywhere", async () => {
    const user = open();
    await rows();
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("combobox", { name: "Find or run" });
    const told = screen.getAllByRole("option").map((option) => option.textContent ?? "");
    const place = (words: string) => told.findIndex((text) => text.startsWith(words));
    expect(place("Mark all of it as seen")).toBeGreaterThan(0);
    expect(place("Mark all of it as seen")).toBeLessThan(place("Sync every source now"));
  });
});

describe("of which instant", () => {
  it("a past one is in the address, is said, and is only looked at", async () => {
    const asked: (string | null)[] = [];
    const full = fixtureHost("full");
    const user = open({
      posture: (asOf) => {
        asked.push(asOf);
        return full.posture(asOf, null);
      },
    });
    await rows();
    await user.keyboard("t");
    const field = await screen.findByRole("textbox", { name: "Instant" });
    await user.clear(field);
    await user.type(field, "2026-11-15 23:10");
    await user.click(screen.getByRole("button", { name: "Show" }));
    await waitFor(() => expect(asked.at(-1)).toBe("2026-11-15T23:10:00Z"));
    expect(window.location.search).toContain("asof");
    expect(await screen.findByText("As it was")).toBeTruthy();
    await user.keyboard("s");
    expect(screen.queryByRole("dialog", { name: "Set aside" })).toBeNull();
    await user.keyboard("{Shift>}N{/Shift}");
    await waitFor(() => expect(window.location.search).not.toContain("asof"));
    expect(await screen.findByText("As of")).toBeTruthy();
  });
});

describe("presenting", () => {
  it("hides rows about people, says so, and shows them again", async () => {
    const full = fixtureHost("full");
    const user = open({
      posture: async (asOf) => {
        const posture = await full.posture(asOf, null);
        const [first, ...rest] = posture.attention;
        return first
          ? { ...posture, attention: [{ ...first, kind: "woken", title: "Ines was woken" }, ...rest] }
          : posture;
      },
    });
    await rows();
    expect(document.body.textContent).toContain("Ines was woken");
    await user.keyboard("{Shift>}P{/Shift}");
    expect(await screen.findByText(/Presenting/)).toBeTruthy();
    expect(document.body.textContent).not.toContain("Ines was woken");
    await user.keyboard("{Shift>}P{/Shift}");
    await waitFor(() => expect(screen.queryByText(/Presenting/)).toBeNull());
    expect(document.body.textContent).toContain("Ines was woken");
  });
});

describe("copying", () => {
  it("asks for the flavour that the key means", async () => {
    const asked: string[] = [];
    const user = open({
      postureText: async (_, __, flavour) => {
        asked.push(flavour);
        return flavour;
      },
    });
    await rows();
    await user.keyboard("c");
    await screen.findByText("Copied as Markdown");
    await user.keyboard("{Shift>}C{/Shift}");
    await screen.findByText("Copied for Slack");
    expect(asked).toEqual(["markdown", "slack"]);
  });
});
