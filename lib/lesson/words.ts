import { inspect } from "node:util";

/**
 * A number as a table shows it: whole numbers and those from 1,000 on to the unit, with a comma at the thousands; others to
 * three significant digits. What is no number is a dash.
 */
export function sayNumber(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const whole = Number.isInteger(value) || Math.abs(value) >= 1000;
  const digits = whole ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(3));
  return String(digits).replace(/^-|(?<=e)-/g, "−");
}

/** What went wrong, in one line, whatever was thrown. */
export function sayError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
}
