// The states of the Posture page: the situation, the keys that lead there, and what then stands on screen.
export const posture = {
  path: "/posture",
  states: [
    { name: "full", shows: "9 things need you" },
    { name: "peek", scenario: "full", keys: ["Space"], shows: "Why it is here" },
    { name: "help", scenario: "full", keys: ["Shift+?"], shows: "Sync every source now" },
    { name: "snooze", scenario: "full", keys: ["s"], shows: "Until tomorrow morning" },
    { name: "snoozed", keys: ["z"], shows: "Bring back" },
    { name: "seen", scenario: "full", keys: ["e"], shows: "Marked as seen at 07:00" },
    { name: "palette", scenario: "full", keys: ["Control+k"], shows: "Copy the row" },
    { name: "moment", scenario: "full", keys: ["t"], shows: "Show the pages as of" },
    { name: "other-team", query: "scenario=full&team=search", shows: "Tells of all teams" },
    { name: "presenting", scenario: "full", keys: ["Shift+P"], shows: "Presenting" },
    { name: "quiet", shows: "Checked 07:00" },
    { name: "blind", shows: "Cannot say that nothing needs you" },
    { name: "unconnected", shows: "Connect a first source" },
    { name: "failed", shows: "input/output error" },
    { name: "loading", shows: "" },
    { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
    { name: "syncing", shows: "1,240/~3,000" },
    { name: "hostile", shows: "<script>alert(1)</script>" },
  ],
};
