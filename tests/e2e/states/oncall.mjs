// The states of the On-call page: the situation, the keys that lead there, and what then stands on screen.
export const oncall = {
  path: "/oncall",
  states: [
    { name: "full", shows: "12 h gap" },
    { name: "gap", scenario: "full", keys: ["n"], shows: "Copy cover request" },
    { name: "shift", scenario: "changed", keys: ["l"], shows: "Changed after the fact" },
    { name: "by-person", scenario: "full", keys: ["b"], shows: "in the own night" },
    { name: "shift-table", scenario: "full", keys: ["v"], shows: "At night" },
    { name: "people-table", scenario: "full", keys: ["b", "v"], shows: "In own night" },
    { name: "changed", shows: "Kept; the source says otherwise" },
    { name: "quiet", shows: "All declared coverage is held" },
    { name: "unread", shows: "Not read for all of this window" },
    { name: "undeclared", shows: "Coverage not declared" },
    { name: "crowd", shows: "October 2026" },
    { name: "copied", scenario: "full", keys: ["c"], shows: "opied" },
    { name: "presenting", scenario: "full", keys: ["Shift+P"], shows: "hidden while you present" },
    { name: "unconnected", shows: "No source brings a rota" },
    { name: "failed", shows: "input/output error" },
    { name: "loading", shows: "" },
    { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
    { name: "hostile", shows: "<script>alert(1)</script>" },
  ],
};
