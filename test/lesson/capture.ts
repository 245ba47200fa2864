import type { TestContext } from "node:test";

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
  const jupyter = require("tslab/dist/jupyter") as { lastWriteDisplayData: unknown };
  jupyter.lastWriteDisplayData = (content: Omit<Published, "update">, update: boolean) => published.push({ ...content, update });
  t.after(() => {
    jupyter.lastWriteDisplayData = null;
  });
  return published;
}

/** Sets environment variables until the test ends; undefined removes one. */
export function setEnvironment(t: TestContext, values: Readonly<Record<string, string | undefined>>): void {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  t.after(() => {
    for (const name of Object.keys(values)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
}

/** The text that a value shows in Jupyter. */
export function textOf(value: Published | undefined): string {
  return String(value?.data["text/plain"]);
}
