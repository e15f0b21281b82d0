const NBSP = "\u00a0";
const MINUS = "\u2212";

const formatOf = (digits: number) =>
  new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Making a formatter costs a hundred times what using it does: the two are made once. */
const [WHOLE, TENTHS] = [formatOf(0), formatOf(1)];

/** A count with thousands parted by commas: `1,240`. */
export function count(value: number): string {
  return signed(value, WHOLE);
}

/** A ratio (1 = all) as a percentage with one decimal: `18.0 %`, `−6.0 %`. */
export function percent(ratio: number): string {
  return `${signed(ratio * 100, TENTHS)}${NBSP}%`;
}

/** A multiple: `24×`, `14.4×`, one decimal below 20 unless it is whole. */
export function multiple(value: number): string {
  const whole = Math.abs(value) >= 20 || Number.isInteger(value);
  return `${signed(value, whole ? WHOLE : TENTHS)}×`;
}

/** A noun with its count: `1 source`, `3 sources`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

function signed(value: number, format: Intl.NumberFormat): string {
  const text = format.format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
