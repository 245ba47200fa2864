/** What a terminal shows of an experiment: a line for each event, and below them one that moves. */

/** How often the moving line is drawn, in milliseconds. */
const DRAW_EVERY = 500;

/** Where lines go: a terminal, a file, a test's list. */
export interface LineOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Lines above one that moves. */
export interface Lines {
  readonly print: (text: string) => void;
  /** Removes the moving line. */
  readonly end: () => void;
}

/**
 * Prints lines above a line that moves; without a terminal, or where `CI` is set, only the lines.
 *
 * @param say The moving line's text.
 */
export function createLines(
  say: () => string,
  out: LineOutput = process.stdout,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Lines {
  const live = out.isTTY === true && !env["CI"];
  const draw = (): void => void out.write(`\r\x1b[K${say().slice(0, (out.columns || 80) - 1)}`);
  const timer = live ? setInterval(draw, DRAW_EVERY) : undefined;
  return {
    print(text) {
      out.write(`${live ? "\r\x1b[K" : ""}${text}\n`);
      if (live) draw();
    },
    end() {
      clearInterval(timer);
      if (live) out.write("\r\x1b[K");
    },
  };
}
