import { Cable, LayoutDashboard, type LucideIcon } from "lucide-react";
import type { CommandId } from "../commands/registry";

/** A page of the rail. */
export interface Page {
  path: "/posture" | "/sources";
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
    path: "/sources",
    word: "Sources",
    clause: "Which systems you read, how fresh, how complete",
    icon: Cable,
    command: "go.sources",
  },
];
