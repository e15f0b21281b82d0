import { describe, expect, it } from "vitest";
import { inert, inFlavour } from "./markup";

const J = "\u2060";

describe("markup of others", () => {
  // The same cases as the engine's own.
  it("is inert in Markdown", () => {
    expect(inert("[x](http://e) <b>\n@here")).toBe("\\[x\\]\\(http://e\\) \\<b\\> @\u200bhere");
    expect(inert("safe \u202egpj.exe")).toBe("safe gpj.exe");
  });

  it("is inert in Slack", () => {
    const text = inFlavour(`**${inert("<!here> *a*\n&")}**`, "slack");
    expect(text).toBe(`*&lt;!here&gt; ${J}*${J}a${J}*${J} &amp;*`);
    expect(inFlavour(inert("@here :fire:"), "slack")).toBe(`@${J}here :${J}fire:${J}`);
  });
});

describe("Markdown for Slack", () => {
  it("keeps bold words, lists and addresses", () => {
    const markdown =
      "**INC-41 Ledger lag** (07:00)\n\n- Status: open\n  - Cause: down\n- Link: <https://pd.example/41?a=1&b=2>";
    expect(inFlavour(markdown, "slack").replaceAll(J, "")).toBe(
      "*INC-41 Ledger lag* (07:00)\n\n• Status: open\n  • Cause: down\n• Link: <https://pd.example/41?a=1&amp;b=2>",
    );
  });

  it("takes only addresses as links", () => {
    expect(inFlavour("<javascript:alert(1)> <!channel>", "slack").replaceAll(J, "")).toBe(
      "&lt;javascript:alert(1)&gt; &lt;!channel&gt;",
    );
  });

  it("tells an address with words, and code", () => {
    expect(inFlavour("See [the *runbook* \\]&](https://wiki.example/a?b=1&c=2) and `a && b <c>`", "slack")).toBe(
      `See <https://wiki.example/a?b=1&amp;c=2|the ${J}*${J}runbook${J}*${J} ]&amp;> and \`a &amp;&amp; b &lt;c&gt;\``,
    );
    expect(inFlavour("[here](javascript:alert)", "slack").replaceAll(J, "")).toBe("[here](javascript:alert)");
  });

  it("makes a line of each row of a table, and keeps empty cells in their place", () => {
    const table = "| Status | Title | Lasted |\n|---|---|---|\n| open | a \\| b \\*c\\* |  |";
    expect(inFlavour(table, "slack").replaceAll(J, "")).toBe("*Status · Title · Lasted*\n• open · a | b *c* · –");
  });

  it("gives no power to what was inert in Markdown", () => {
    const text = "`<!channel>` [x](https://e.example) **b** | <https://e.example>";
    const slack = inFlavour(`- ${inert(text)}\n| ${inert(text)} |`, "slack");
    expect(slack).not.toMatch(/<|>|(?<!\u2060)[*`]/);
    expect(slack.replaceAll(J, "")).toBe(
      ["• ", "• "].map((bullet) => bullet + text.replaceAll("<", "&lt;").replaceAll(">", "&gt;")).join("\n"),
    );
  });

  it("leaves Markdown as it is", () => {
    expect(inFlavour("- **a** <https://e>", "markdown")).toBe("- **a** <https://e>");
  });
});
