// The states of the Incidents page: the situation, the keys that lead there, and what then stands on screen.
export const incidents = {
  path: "/incidents",
  states: [
    { name: "full", shows: "2 are open, the oldest for" },
    { name: "peek", scenario: "full", keys: ["Space"], shows: "Who was paged" },
    { name: "narrow", scenario: "full", keys: ["f"], shows: "Opened in" },
    { name: "acknowledge", scenario: "full", keys: ["d"], shows: "Time to acknowledge" },
    { name: "tests", scenario: "full", keys: ["h"], shows: "Drill: ledger region lost" },
    { name: "keep", scenario: "full", keys: ["s"], shows: "Keep these filters" },
    { name: "outside", scenario: "full", keys: ["Space", "o"], shows: "Your browser opens this address" },
    { name: "searched", scenario: "full", keys: ["/", "c", "h", "e", "c", "k"], shows: "Checkout flag inverted" },
    { name: "no-match", scenario: "full", keys: ["/", "z", "z", "z"], shows: "No incident meets these filters" },
    { name: "withheld", keys: ["Space"], shows: "stores no person on pages" },
    { name: "quiet", shows: "No incidents are known" },
    { name: "blind", shows: "Cannot tell whether anything is open" },
    { name: "unconnected", shows: "No source of incidents is connected" },
    { name: "failed", shows: "input/output error" },
    { name: "loading", shows: "" },
    { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
    { name: "hostile", keys: ["Space"], shows: "<script>alert(1)</script>" },
    { name: "long-history", shows: "100,000" },
  ],
};
