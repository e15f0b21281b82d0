/** The numbers of a chart: what the table shows and what the CSV holds. */
export interface Numbers {
  /** Heads of the columns; the first names what the rows are. */
  columns: readonly string[];
  /** A text, a number, or `null` where it is not known. */
  rows: readonly (readonly (string | number | null)[])[];
}

/** As CSV by RFC 4180. Not known stays empty; a text that a spreadsheet would run as a formula is made harmless. */
export function csvOf({ columns, rows }: Numbers): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = computes(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Whether a spreadsheet would run a text: blanks before the sign do not keep it, and full-width signs are signs to some. */
function computes(value: string): boolean {
  const begins = value.replaceAll("\0", "").trimStart();
  return /^[=+\-@＝＋－＠]/.test(begins) || /^[\t\r\n]/.test(value) || value.startsWith("\0");
}

/** A title as the name of a file: `Budget left, %` is `budget-left`. */
export function fileName(title: string, ending: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["chart"];
  return `${words.join("-")}.${ending}`;
}
