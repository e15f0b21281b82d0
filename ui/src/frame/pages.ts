import { LayoutDashboard, type LucideIcon, Siren } from "lucide-react";
import type { CommandId } from "../commands/registry";

/** A page of the rail. */
export interface Page {
  path: "/posture" | "/incidents";
  word: string;
  /** What the page answers. */
  clause: string;
  icon: LucideIcon;
  command: CommandId;
}

/** The pages with something behind them, in the order of the rail. */
export const PAGES: readonly Page[] = [
  {
    path: "/posture",
    word: "Posture",
    clause: "What needs you now, and why",
    icon: LayoutDashboard,
    command: "go.posture",
  },
  {
    path: "/incidents",
    word: "Incidents",
    clause: "What broke, how long, who was paged",
    icon: Siren,
    command: "go.incidents",
  },
];
