import { Cable, Gauge, LayoutDashboard, type LucideIcon, PhoneCall, Siren } from "lucide-react";
import type { CommandId } from "../commands/registry";

/** A page of the rail. */
export interface Page {
  path: "/posture" | "/oncall" | "/slos" | "/incidents" | "/sources";
  word: string;
  /** What the page answers. */
  clause: string;
  icon: LucideIcon;
  command: CommandId;
  /** What its answers are narrowed to. A control for what a page does not read would be dead. */
  narrows: readonly ("team" | "range")[];
}

/** The pages with something behind them, in the order of the rail. */
export const PAGES: readonly Page[] = [
  {
    path: "/posture",
    word: "Posture",
    clause: "What needs you now, and why",
    icon: LayoutDashboard,
    command: "go.posture",
    narrows: ["team"],
  },
  {
    path: "/oncall",
    word: "On-call",
    clause: "Who answers now and next, and where nobody does",
    icon: PhoneCall,
    command: "go.oncall",
    narrows: ["team"],
  },
  {
    path: "/slos",
    word: "SLOs",
    clause: "What is left, what spent it, what comes",
    icon: Gauge,
    command: "go.slos",
    narrows: ["team"],
  },
  {
    path: "/incidents",
    word: "Incidents",
    clause: "What broke, how long, who was paged",
    icon: Siren,
    command: "go.incidents",
    narrows: ["team", "range"],
  },
  {
    path: "/sources",
    word: "Sources",
    clause: "Which systems you read, how fresh, how complete",
    icon: Cable,
    command: "go.sources",
    narrows: [],
  },
];
