import { Gauge, LayoutDashboard, type LucideIcon } from "lucide-react";
import type { CommandId } from "../commands/registry";

/** A page of the rail. */
export interface Page {
  path: "/posture" | "/slos";
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
    path: "/slos",
    word: "SLOs",
    clause: "What is left, what spent it, what comes",
    icon: Gauge,
    command: "go.slos",
  },
];
