import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "../../App";
import { fixtureHost } from "../../host/fixtures/host";
import { fullLanes } from "../../host/fixtures/oncall-answers";

// Pages are loaded late; on a busy machine that takes longer than a test waits.
beforeAll(async () => {
  await Promise.all([
    import("../../pages/oncall/OncallPage"),
    import("../../pages/slos/SlosPage"),
    import("../../pages/incidents/IncidentsPage"),
    import("../../pages/sources/SourcesPage"),
  ]);
}, 60_000);
beforeEach(() => window.localStorage.clear());

const shift = encodeURIComponent(`b:${fullLanes().blocks[0]?.id}`);
const row = "prom-eu/checkout-availability";
const PAGES = [
  ["/posture", "9 things need you", "Row", "Now: **ledger freshness burns 24×**."],
  ["/incidents", /^2 are open/, "Incident", "**INC-41"],
  [`/slos?row=${encodeURIComponent(row)}`, /^1 of 9 budgets/, "SLO", `**${row}: line**`],
  ["/sources?row=pd", "5 of 6 sources answer", "Source", "- **pd**"],
  [`/oncall?sel=${shift}`, "Primary now", "Shift", "**Ines**, primary"],
] as const;

describe("y and Shift+Y copy the selected row", () => {
  it.each(PAGES)("%s", async (address, there, noun, begins) => {
    window.history.replaceState(null, "", address);
    render(<App host={fixtureHost("full")} />);
    const user = userEvent.setup();
    await screen.findByText(there);
    const copied = async (press: string, said: string) => {
      await user.keyboard(press);
      await screen.findByText(`${noun} copied ${said}`);
      return (await navigator.clipboard.readText()).replaceAll("\u2060", "");
    };
    expect(await copied("y", "as Markdown")).toContain(begins);
    const slack = await copied("{Shift>}Y{/Shift}", "for Slack");
    expect(slack).toContain(begins.replaceAll("**", "*").replace(/^- /, "• "));
    expect(slack).not.toContain("**");
  });
});

describe("c and Shift+C copy the page", () => {
  it.each(PAGES.filter(([address]) => /incidents|sources/.test(address)))("%s", async (address, there) => {
    window.history.replaceState(null, "", address);
    render(<App host={fixtureHost("full")} />);
    const user = userEvent.setup();
    await screen.findByText(there);
    await user.keyboard("c");
    await screen.findByText("Page copied as Markdown");
    expect(await navigator.clipboard.readText()).toContain("**");
    await user.keyboard("{Shift>}C{/Shift}");
    await screen.findByText("Page copied for Slack");
    expect(await navigator.clipboard.readText()).not.toContain("**");
  });
});
