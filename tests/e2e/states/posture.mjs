// The states of the Posture page: the situation, the keys that lead there, and what then stands on screen. Of what is `uncut`
// no text may be cut.
/** The rota, which is loaded after the list. */
const LANES = "[aria-label='Lanes of the next 14 days']";

export const posture = {
  path: "/posture",
  states: [
    { name: "full", waits: LANES, uncut: true, shows: "9 things need you" },
    { name: "peek", scenario: "full", waits: LANES, keys: ["Space"], shows: "Why it is here" },
    { name: "help", scenario: "full", keys: ["Shift+?"], shows: "Sync every source now" },
    { name: "snooze", scenario: "full", keys: ["s"], shows: "Until tomorrow morning" },
    { name: "snoozed", keys: ["z"], shows: "Bring back" },
    { name: "seen", scenario: "full", keys: ["e"], shows: "Marked as seen at 07:00" },
    { name: "palette", scenario: "full", keys: ["Control+k"], shows: "Copy the row" },
    { name: "palette-demo", scenario: "unconnected", keys: ["Control+k", "see Go to", "d", "e", "m"], shows: "1 of" },
    {
      name: "palette-narrow",
      scenario: "full",
      keys: ["g", "i", "see 2 are open", "Control+k", "see Go to", "t", "e", "a"],
      shows: "4 of",
    },
    {
      name: "large",
      scenario: "full",
      waits: LANES,
      keys: ["Control+=", "Control+=", "Control+="],
      shows: "150 % of the usual size",
    },
    { name: "moment", scenario: "full", keys: ["t"], shows: "Show the pages as of" },
    { name: "one-team", query: "scenario=full&team=search", shows: "4 things need you" },
    { name: "presenting", scenario: "full", waits: LANES, keys: ["Shift+P"], shows: "Presenting" },
    { name: "quiet", waits: LANES, uncut: true, shows: "Checked 07:00" },
    { name: "crowd", waits: LANES, shows: "and 3 more are open" },
    { name: "unread", waits: LANES, shows: "More may be open" },
    { name: "undeclared", waits: LANES, shows: "coverage not declared" },
    { name: "lane", scenario: "full", keys: ["see declared are held", "o"], shows: "Secondary now" },
    { name: "blind", waits: LANES, shows: "Cannot say that nothing needs you" },
    { name: "first-read", waits: LANES, shows: "pd: log entries not read yet" },
    { name: "unconnected", shows: "Connect a first source" },
    { name: "failed", shows: "input/output error" },
    { name: "loading", shows: "" },
    { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
    { name: "syncing", shows: "1,240/~3,000" },
    { name: "hostile", waits: LANES, shows: "<script>alert(1)</script>" },
  ],
};
