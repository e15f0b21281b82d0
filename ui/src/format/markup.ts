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

/** An escaped character, a bold mark, an address, a mention that is none, or any other character. */
const PARTS = /\\(?<kept>.)|(?<bold>\*\*)|<(?<link>https?:[^\s<>|]*)>|@\u200b|(?<other>.)/gsu;

/** Markdown as Slack takes it, line by line. Of Markdown only bold words, lists and addresses are told. */
function slackOf(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => {
      const [, room = "", bullet, text = ""] = line.match(/^(\s*)(- )?(.*)$/s) ?? [];
      return `${room}${bullet ? "• " : ""}${text.replace(PARTS, (part, ...rest) => slackPart(part, rest.at(-1)))}`;
    })
    .join("\n");
}

function slackPart(part: string, { kept, bold, link, other }: Record<string, string | undefined>): string {
  if (bold !== undefined) return "*";
  if (link !== undefined) return `<${link.replaceAll("&", "&amp;")}>`;
  return harmless(kept ?? other ?? part.charAt(0));
}

/** A character of text that Slack must not take as a mark of its own. */
function harmless(char: string): string {
  switch (char) {
    case "&":
      return "&amp;";
    case "<":
      return "&lt;";
    case ">":
      return "&gt;";
    case "*":
    case "_":
    case "~":
    case "`":
      return JOINER + char + JOINER;
    case "@":
    case ":":
      return char + JOINER;
    default:
      return char;
  }
}
