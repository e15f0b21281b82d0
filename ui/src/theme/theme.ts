import { useSyncExternalStore } from "react";

/** What the person chose. */
export type Theme = "dark" | "light" | "system";

const ORDER: readonly Theme[] = ["dark", "light", "system"];
const KEY = "fairlead.theme";
const listeners = new Set<() => void>();
const prefersLight = () => window.matchMedia("(prefers-color-scheme: light)");

function chosen(): Theme {
  const stored = window.localStorage.getItem(KEY);
  return ORDER.find((theme) => theme === stored) ?? "system";
}

function apply(): void {
  const theme = chosen();
  const light = theme === "light" || (theme === "system" && prefersLight().matches);
  document.documentElement.dataset["theme"] = light ? "light" : "dark";
  for (const listener of listeners) listener();
}

/** Paints the chosen theme and follows the system's changes. Call once before the first render. */
export function startTheme(): void {
  apply();
  prefersLight().addEventListener("change", apply);
}

/** Chooses the theme after the present one. */
export function nextTheme(): void {
  const next = ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length] ?? "system";
  window.localStorage.setItem(KEY, next);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The chosen theme. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, chosen);
}
