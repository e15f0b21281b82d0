import type { Flavour } from "../host/bindings";

/** What CommonMark would take as its own. */
const MARKS = /[\\`*_{}[\]<>()#|~!]/g;
/** Marks that turn the direction of text, and invisible ones that hide in it. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Joins words without a sign: a mark beside it means nothing to Slack, which knows no escape. */
const JOINER = "\u2060";

/** Text as Markdown, without the power to mark anything up, link, mention or break the line: as the engine writes it. */
export function inert(text: string): string {
  return text
    .replace(TURNING, "")
    .replace(/[\n\r]/g, " ")
    .replace(MARKS, "\\$&")
    .replaceAll("@", "@\u200b");
}

/** Text of the engine, or made of [`inert`] text, in the flavour that is asked for. */
export function inFlavour(markdown: string, flavour: Flavour): string {
  return flavour === "markdown" ? markdown : slackOf(markdown);
}

/** An escaped character, a bold mark, code, an address with words or without, a mention that is none, or any other character. */
const PARTS =
  /\\(?<kept>.)|(?<bold>\*\*)|`(?<code>[^`]+)`|\[(?<words>(?:\\.|[^\\\]])+)\]\((?<to>https?:[^\s<>|()]*)\)|<(?<link>https?:[^\s<>|]*)>|@\u200b|(?<other>.)/gsu;

/** The line under the head of a table. */
const RULE = /^\|(?:\s*:?-+:?\s*\|)+$/;

/** Markdown as Slack takes it, line by line. Of Markdown bold words, lists, addresses, code and tables are told; Slack has no
 * tables: a row becomes a line, its cells apart by dots, the head's in bold. */
function slackOf(markdown: string): string {
  const lines = markdown.split("\n");
  return lines
    .flatMap((line, index) => {
      if (RULE.test(line)) return [];
      if (line.startsWith("|")) {
        const row = cellsOf(line).join(" · ");
        return RULE.test(lines[index + 1] ?? "") ? `*${row}*` : `• ${row}`;
      }
      const [, room = "", bullet, text = ""] = line.match(/^(\s*)(- )?(.*)$/s) ?? [];
      return `${room}${bullet ? "• " : ""}${spanOf(text)}`;
    })
    .join("\n");
}

/** The cells of a row; what is not told stays in its place. */
function cellsOf(line: string): string[] {
  const cells = line.slice(1).match(/(?:\\.|[^\\|])*\|/g) ?? [];
  return cells.map((cell) => spanOf(cell.slice(0, -1).trim()) || "–");
}

const spanOf = (text: string) => text.replace(PARTS, (part, ...rest) => slackPart(part, rest.at(-1)));

function slackPart(part: string, { kept, bold, code, words, to, link, other }: Record<string, string | undefined>) {
  if (bold !== undefined) return "*";
  if (code !== undefined) return `\`${entities(code)}\``;
  if (words !== undefined && to !== undefined)
    return `<${entities(to)}|${words.replace(/\\?(.)/gsu, (_, char) => harmless(char))}>`;
  if (link !== undefined) return `<${entities(link)}>`;
  return harmless(kept ?? other ?? part.charAt(0));
}

/** The three characters that Slack asks to be written otherwise. */
const entities = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A character of text that Slack must not take as a mark of its own. */
function harmless(char: string): string {
  switch (char) {
    case "*":
    case "_":
    case "~":
    case "`":
      return JOINER + char + JOINER;
    case "@":
    case ":":
      return char + JOINER;
    default:
      return entities(char);
  }
}
