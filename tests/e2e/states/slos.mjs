// The states of the SLOs page: the situation, the keys that lead there, and what then stands on screen.
export const slos = {
  path: "/slos",
  states: [
    { name: "full", shows: "1 of 9 budgets is spent" },
    { name: "selected", scenario: "full", keys: ["j", "j"], shows: "9 of 9" },
    { name: "filtered", scenario: "full", keys: ["/", "l", "e", "d", "g"], shows: "3 of 9" },
    { name: "no-match", scenario: "full", keys: ["/", "q", "q"], shows: "No SLO matches the filter" },
    { name: "team", scenario: "full", keys: ["m"], shows: "search" },
    { name: "team-chosen", query: "scenario=full&team=search", shows: "2 of 2" },
    { name: "many", shows: "200 of 200" },
    { name: "detail", scenario: "full", keys: ["j", "j", "Enter"], shows: "What spent it, and when it comes back" },
    { name: "detail-spent", scenario: "full", keys: ["Enter"], shows: "The budget is spent" },
    { name: "detail-table", scenario: "full", keys: ["j", "j", "Enter", "see crosshair", "v"], shows: "At this pace" },
    { name: "quiet", shows: "All 2 budgets are healthy" },
    { name: "blind", shows: "connection refused" },
    { name: "unconnected", shows: "No SLO is known yet" },
    { name: "failed", shows: "input/output error" },
    { name: "loading", shows: "" },
    { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
    { name: "hostile", shows: "<script>alert(1)</script>" },
    { name: "detail-hostile", scenario: "hostile", keys: ["j", "j", "Enter"], shows: "Same SLO, two numbers" },
  ],
};
