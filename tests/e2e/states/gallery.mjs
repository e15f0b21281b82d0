// The shared pieces, part by part of the gallery: what is clicked or pressed first, and what then shows. What is opened or pressed is
// looked at once; the whole of a part also in a large window.
export const gallery = {
  path: "/gallery",
  states: [
    { name: "table", shows: "Orders time out", query: "part=table" },
    { once: true, name: "table-many", click: "many", keys: ["End"], shows: "100,000 of 100,000", query: "part=table" },
    { once: true, name: "table-none", click: "none", shows: "No incident in 120 d", query: "part=table" },
    { name: "forms", shows: "Not an address", query: "part=forms" },
    { once: true, name: "toast", click: "Toast with undo", shows: "INC-41 is in the handover", query: "part=overlays" },
    {
      once: true,
      name: "undone",
      click: "Toast with undo",
      keys: ["see INC-41 is in the handover", "u"],
      shows: "out of the handover again",
      query: "part=overlays",
    },
    { once: true, name: "dialog", click: "Dialog", shows: "Close INC-41 with a reason", query: "part=overlays" },
    { once: true, name: "menu-of-one", click: "One of these", shows: "platform", query: "part=overlays" },
    { once: true, name: "popover", click: "Popover", shows: "717 of 720 hours", query: "part=overlays" },
    { name: "palette", click: "Find or run", shows: "4,983 of 4,983", query: "part=palette" },
    { name: "charts", shows: "Burn, last day", query: "part=charts" },
    {
      once: true,
      name: "charts-crosshair",
      waits: ".u-over",
      keys: ["[", "]"],
      shows: "Expected",
      query: "part=charts",
    },
    { once: true, name: "charts-table", waits: ".u-over", keys: ["v"], shows: "What happened", query: "part=charts" },
    { name: "lanes", shows: "Gap 12h, nobody", query: "part=lanes" },
    { once: true, name: "lanes-gap", keys: ["n", "j"], shows: "Boat secondary", query: "part=lanes" },
    { name: "marks", shows: "never read", query: "part=marks" },
  ],
};
