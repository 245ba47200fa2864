import type { TestContext } from "node:test";
import * as jupyter from "tslab/dist/jupyter";

/** Catches what is printed to standard output until the test ends. */
export function captureOutput(t: TestContext): () => string {
  const printed: string[] = [];
  t.mock.method(process.stdout, "write", (text: string | Uint8Array) => {
    printed.push(String(text));
    return true;
  });
  return () => printed.join("");
}

/** One message as the kernel publishes it. */
export interface Published {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly transient: { readonly display_id?: string };
  readonly update: boolean;
}

/** Stands in for a running kernel: catches what tslab would publish until the test ends. */
export function captureKernel(t: TestContext): readonly Published[] {
  const published: Published[] = [];
  const write = (content: Omit<Published, "update">, update: boolean): number =>
    published.push({ ...content, update });
  Object.assign(jupyter, { lastWriteDisplayData: write });
  t.after(() => Object.assign(jupyter, { lastWriteDisplayData: null }));
  return published;
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}

/** Sets environment variables until the test ends; undefined removes one. */
export function setEnvironment(
  t: TestContext,
  values: Readonly<Record<string, string | undefined>>,
): void {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name];
    setVariable(name, value);
    t.after(() => setVariable(name, before));
  }
}

/** The text that a value shows in Jupyter. */
export function textOf(value: Published | undefined): string {
  return String(value?.data["text/plain"]);
}

/** A comm as the kernel opened it, and what was sent on it. */
export interface Opened {
  readonly target: string;
  readonly data: { readonly state: Readonly<Record<string, unknown>> };
  readonly metadata: object;
  onMessage(data: unknown): unknown;
  readonly sent: object[];
  closed: boolean;
}

/** Stands in for the kernel's comms until the test ends. */
export function captureComms(t: TestContext): readonly Opened[] {
  const opened: Opened[] = [];
  const open = (target: string, options: Omit<Opened, "target" | "sent" | "closed">): object => {
    const line: Opened = { ...options, target, sent: [], closed: false };
    opened.push(line);
    return {
      id: `comm ${opened.length}`,
      send: (data: object) => void line.sent.push(data),
      close: () => {
        line.closed = true;
      },
    };
  };
  const handle = Symbol.for("jupyter.kernel");
  Object.assign(globalThis, { [handle]: { comms: { open } } });
  t.after(() => Reflect.deleteProperty(globalThis, handle));
  return opened;
}
