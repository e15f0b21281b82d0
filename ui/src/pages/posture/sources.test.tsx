import { render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import { fullPosture, halfRead } from "../../host/fixtures/posture-answers";
import type { Posture } from "../../host/bindings";

async function sections(posture: Posture) {
  render(<App host={{ ...fixtureHost("full"), posture: async () => posture }} />);
  return (await screen.findByRole("region", { name: "Sources" })).textContent;
}

beforeEach(() => {
  window.localStorage.clear();
  window.history.replaceState(null, "", "/posture");
});

describe("the sources beside what needs the lead", () => {
  it("one that failed says since when by the clock of who reads it", async () => {
    const text = await sections(fullPosture());
    expect(text).toContain("4 of 5 fresh");
    expect(text).toContain("(last read whole 03:10)");
    expect(text).not.toContain("T03:10");
  });

  it("one of which something was never read is not counted as fresh, and says what is missing", async () => {
    const text = await sections(halfRead());
    expect(text).toContain("3 of 4 fresh");
    expect(text).toContain("In part");
    expect(text).toContain("pd: log entries not read yetRead now");
    expect(screen.getByText("Cannot say that nothing needs you: 1 source not seen")).toBeTruthy();
    expect(screen.getByText("pd: log entries not read yet.")).toBeTruthy();
  });
});
