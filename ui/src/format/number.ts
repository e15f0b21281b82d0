const NBSP = "\u00a0";
const MINUS = "\u2212";

const decimal = (digits: number) =>
  new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A count with thousands parted by commas: `1,240`. */
export function count(value: number): string {
  return signed(value, decimal(0));
}

/** A ratio (1 = all) as a percentage with one decimal: `18.0 %`, `−6.0 %`. */
export function percent(ratio: number): string {
  return `${signed(ratio * 100, decimal(1))}${NBSP}%`;
}

/** A multiple: `24×`, `14.4×`, one decimal below 20 unless it is whole. */
export function multiple(value: number): string {
  const whole = Math.abs(value) >= 20 || Number.isInteger(value);
  return `${signed(value, decimal(whole ? 0 : 1))}×`;
}

/** A noun with its count: `1 source`, `3 sources`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

function signed(value: number, format: Intl.NumberFormat): string {
  const text = format.format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}
