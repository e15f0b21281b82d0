import { inert } from "../../format/markup";
import { wordsOf } from "../../format/name";
import { pageOf } from "../../frame/follow";
import type { Attention } from "../../host/bindings";

/** What a row's action does. */
export type Target =
  | { kind: "page"; link: string }
  | { kind: "copy"; text: string }
  | { kind: "sync" }
  | { kind: "peek" };

/** A row as one line to be sent to somebody. */
const lineOf = (row: Attention): string => `${row.title}. ${row.reason}`;

/** A row as the page copied as Markdown has it. */
export const markdownOf = (row: Attention): string =>
  `${wordsOf(row.class)}: **${inert(row.title)}**. ${inert(row.reason)}`;

/**
 * The target of a row's action. What is to be sent to somebody is copied, a link leads to its page, a blind source is
 * read again, and where no page has more to tell, the peek tells what is known.
 */
export function targetOf(row: Attention): Target {
  if (row.action.verb.startsWith("Copy ")) return { kind: "copy", text: lineOf(row) };
  const { link } = row.action;
  if (link !== null && pageOf(link)) return { kind: "page", link };
  if (row.kind === "blind") return { kind: "sync" };
  return { kind: "peek" };
}
