import { PAGES } from "../../frame/pages";
import type { Attention } from "../../host/bindings";

/** What a row's action does. */
export type Target =
  | { kind: "page"; path: (typeof PAGES)[number]["path"] }
  | { kind: "copy"; text: string }
  | { kind: "sync" }
  | { kind: "peek" };

/**
 * The target of a row's action. A blind source is read again, what is to be sent to somebody is copied, and
 * where no page has more to tell, the peek tells what is known.
 */
export function targetOf(row: Attention): Target {
  const page = PAGES.find((candidate) => candidate.path === row.action.link?.split("?")[0]);
  if (page) return { kind: "page", path: page.path };
  if (row.kind === "blind") return { kind: "sync" };
  if (row.action.verb.startsWith("Copy ")) return { kind: "copy", text: `${row.title}. ${row.reason}` };
  return { kind: "peek" };
}
