import { plain } from "../Upstream";

/** Something that the palette finds. */
export interface PaletteEntry {
  id: string;
  title: string;
  /** What tells it from others of the same name; it is searched too. */
  subtitle?: string;
  /** Its keys outside the palette, in the registry's notation. */
  keys?: string;
  run: () => void;
}

/** Entries of one sort: `Go to`, `Do`, `Seen before`. */
export interface PaletteGroup {
  name: string;
  entries: readonly PaletteEntry[];
}

/** A group with what was found in it, best first. */
export interface FoundGroup {
  name: string;
  entries: readonly FoundEntry[];
}

/** An entry that was found. */
export interface FoundEntry extends PaletteEntry {
  /** Where words of the title begin as asked: pairs of start and end, in order. */
  marks: readonly (readonly [number, number])[];
}

/** What was found, and how much of how much. */
export interface Found {
  groups: readonly FoundGroup[];
  shown: number;
  of: number;
}

/** Nobody reads further, and rows that are drawn cost time. */
const SHOWN = 50;

/** An entry with its words, cut once and not at each key press. */
interface Indexed {
  group: string;
  entry: PaletteEntry;
  title: readonly Word[];
  rest: readonly Word[];
}

interface Word {
  text: string;
  at: number;
}

/** Cuts the entries into words. Keep the outcome as long as the entries are the same. */
export function indexOf(groups: readonly PaletteGroup[]): readonly Indexed[] {
  return groups.flatMap(({ name, entries }) =>
    entries.map((told) => {
      const entry = {
        ...told,
        title: plain(told.title),
        ...(told.subtitle !== undefined && { subtitle: plain(told.subtitle) }),
      };
      return { group: name, entry, title: wordsIn(entry.title), rest: wordsIn(entry.subtitle ?? "") };
    }),
  );
}

function wordsIn(text: string): Word[] {
  const lower = text.toLowerCase();
  return [...lower.matchAll(/[\p{L}\p{N}]+(?:[-_./][\p{L}\p{N}]+)*/gu)].flatMap((match) => {
    // `INC-41` is found by `inc-41`, by `inc` and by `41`.
    const parts = [...match[0].matchAll(/[\p{L}\p{N}]+/gu)].slice(1);
    return [
      { text: match[0], at: match.index },
      ...parts.map((part) => ({ text: part[0], at: match.index + part.index })),
    ];
  });
}

/** The entries in which each asked word begins a word, best first; groups keep their order. Without words: the first of all. */
export function find(index: readonly Indexed[], asked: string): Found {
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean);
  const hits: { indexed: Indexed; score: number }[] = [];
  for (const indexed of index) {
    const score = scoreOf(indexed, words);
    if (score !== null) hits.push({ indexed, score });
  }
  // Sorting keeps the given order among equals.
  if (words.length > 0) hits.sort((a, b) => b.score - a.score);
  const shown = hits.slice(0, SHOWN).map(({ indexed }) => indexed);
  const names = [...new Set(index.map((indexed) => indexed.group))];
  const inGroup = (name: string) =>
    shown
      .filter((indexed) => indexed.group === name)
      .map((indexed): FoundEntry => ({ ...indexed.entry, marks: marksOf(indexed.title, words) }));
  return {
    groups: names.map((name) => ({ name, entries: inGroup(name) })).filter((group) => group.entries.length > 0),
    shown: hits.length,
    of: index.length,
  };
}

/**
 * A word that begins the title counts most, then one that begins a word of it, then one of the subtitle; whole words a
 * little more. `null` when an asked word begins none. It runs over every entry at each key press, so it makes nothing.
 */
function scoreOf({ title, rest }: Indexed, words: readonly string[]): number | null {
  let score = 0;
  for (const word of words) {
    const inTitle = best(title, word);
    const hit = inTitle ?? best(rest, word);
    if (!hit) return null;
    score += inTitle ? (inTitle.at === 0 ? 8 : 4) : 1;
    if (hit.text.length === word.length) score += 1;
  }
  return score;
}

/** The word that is the asked one, else the first that begins with it. */
function best(among: readonly Word[], asked: string): Word | undefined {
  let first: Word | undefined;
  for (const word of among) {
    if (!word.text.startsWith(asked)) continue;
    if (word.text.length === asked.length) return word;
    first ??= word;
  }
  return first;
}

/** Where the asked words begin words of the title: each its own, as long as there is one left. */
function marksOf(title: readonly Word[], words: readonly string[]): [number, number][] {
  const marks: [number, number][] = [];
  const free = (word: Word) => marks.every(([start, end]) => word.at >= end || word.at + word.text.length <= start);
  for (const asked of words) {
    const word = best(title.filter(free), asked);
    if (word) marks.push([word.at, word.at + asked.length]);
  }
  return marks.sort(([a], [b]) => a - b);
}
