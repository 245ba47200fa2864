/** What the tests find in a page's window. */
import type axe from "axe-core";

/** A code or text cell of JupyterLab's model. */
interface LabCell {
  readonly type: string;
  readonly sharedModel: { readonly source: string };
  readonly executionCount: number | null;
  readonly executionState: string;
  readonly outputs: { toJSON(): import("../../tools/notebooks/lessons.mjs").Output[] };
}

/** The part of JupyterLab that the tests ask. */
interface Lab {
  readonly shell: {
    readonly currentWidget: {
      readonly content: {
        readonly model: { readonly cells: Iterable<LabCell> & { length: number } };
      };
      readonly sessionContext: {
        readonly session?: { readonly kernel?: { readonly status: string } };
      };
    };
  };
}

declare global {
  interface Window {
    /** Of `installCountColours`: how many colours a picture has, as far as it counts. */
    countColours(
      element: HTMLImageElement | HTMLCanvasElement,
      width: number,
      height: number,
    ): number;
    readonly axe: typeof axe;
    readonly jupyterapp: Lab;
    readonly MathJax: { readonly startup: { readonly promise: Promise<void> } };
  }
}
