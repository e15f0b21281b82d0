// The states of the Sources page: the situation, the keys that lead there, and what then stands on screen.
export const sources = {
  path: "/sources",
  states: [
    { name: "full", uncut: true, shows: "5 of 6 sources answer" },
    { name: "add", scenario: "full", keys: ["n"], shows: "Kept in fairlead.toml" },
    {
      name: "add-checked",
      scenario: "full",
      // A name for which the host misses a right.
      keys: ["n", "see Kept in fairlead.toml", "Tab", "Control+a", "w", "e", "a", "k", "Enter"],
      shows: "who was woken stays unknown",
    },
    {
      name: "scope",
      scenario: "full",
      keys: ["n", "see Kept in fairlead.toml", "Tab", "Enter", "see Choose what is read", "click Choose what is read"],
      shows: "3 of 3 schedules",
    },
    {
      name: "reach",
      scenario: "full",
      keys: ["n", "see Kept in fairlead.toml", "Tab", "Enter", "see Choose what is read"],
      shows: "Choose the team whose schedules they are",
    },
    { name: "first-read", query: "scenario=first-read&row=pd", shows: "Not read yet: log entries" },
    { name: "edit", uncut: true, scenario: "full", keys: ["e"], shows: "a source's name is its identity" },
    { name: "past", query: "scenario=full&row=pd", keys: ["b"], shows: "Read newest first" },
    { name: "no-past", scenario: "full", keys: ["b"], shows: "there is no past to read" },
    { name: "clearing", scenario: "full", click: "Clear the demo", shows: "also what you wrote in it" },
    { name: "remove", scenario: "full", keys: ["d"], shows: "1,240 rows would go" },
    { name: "failed-runs", scenario: "full", keys: ["l"], shows: "24 failed in a row" },
    { name: "people", uncut: true, scenario: "full", keys: ["2"], shows: "2 people not mapped" },
    {
      name: "people-hidden",
      scenario: "full",
      keys: ["2", "see 2 people not mapped", "Shift+P"],
      shows: "People are hidden while you present",
    },
    { name: "services", scenario: "full", keys: ["3"], shows: "1 service not mapped" },
    {
      name: "import",
      scenario: "full",
      keys: ["3", "see 1 service not mapped", "n"],
      shows: "Backstage's catalog-info.yaml",
    },
    { name: "unconnected", shows: "Connect your systems" },
    { name: "failed", shows: "input/output error" },
    { name: "loading", shows: "" },
    { name: "refresh-failed", keys: ["Shift+R"], shows: "what you see is from 07:00" },
    { name: "hostile", shows: "<script>alert(1)</script>" },
  ],
};

// Before there is a workspace, and where it cannot be opened.
export const start = {
  path: "/posture",
  states: [
    { name: "first-start", shows: "how do you want to begin" },
    { name: "connect", scenario: "first-start", plain: true, click: "Connect", shows: "Your e-mail" },
    { name: "broken-file", plain: true, shows: "fairlead.toml:14:7" },
  ],
};
