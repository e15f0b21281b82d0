import { PAGES } from "../../frame/pages";
import type { Attention } from "../../host/bindings";

/** What a row's action does. */
export type Target =
  | { kind: "page"; path: (typeof PAGES)[number]["path"]; open?: string }
  | { kind: "copy"; text: string }
  | { kind: "sync" }
  | { kind: "peek" };

/**
 * The target of a row's action. A blind source is read again, what is to be sent to somebody is copied, and
 * where no page has more to tell, the peek tells what is known.
 */
export function targetOf(row: Attention): Target {
  const [path, query] = row.action.link?.split("?") ?? [];
  const page = PAGES.find((candidate) => candidate.path === path);
  const open = new URLSearchParams(query).get("open");
  if (page) return { kind: "page", path: page.path, ...(open !== null && { open }) };
  if (row.kind === "blind") return { kind: "sync" };
  if (row.action.verb.startsWith("Copy ")) return { kind: "copy", text: `${row.title}. ${row.reason}` };
  return { kind: "peek" };
}
