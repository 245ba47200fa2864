import { inspect } from "node:util";

/**
 * A number as a table shows it: whole numbers and those from 1,000 on to the unit, others to three significant digits.
 * What is no number is a dash.
 */
export function sayNumber(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value).replace("-", "−");
  const digits = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return String(digits).replace(/^-|(?<=e)-/g, "−");
}

/** A time span as a person says it: "0.42 s", "12.3 s", "2 min 5 s", "1 h 2 min". */
export function sayDuration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What went wrong, in one line, whatever was thrown. */
export function sayError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
}
