/** Widgets: views of anywidget on the page, whose state the kernel and the page share by a comm. */
import { kernelHandle, type KernelHandle } from "../backend/jupyterKernel";
import { publish } from "./display";

/** What the kernel and the page share. */
export type WidgetState = Readonly<Record<string, unknown>>;

/** What {@link openWidget} takes besides view and state. */
export interface WidgetOptions {
  /** A widget opened under a key ends the one that was opened under it before: cells are run again. */
  readonly key: string;
  /** Called with what the page changed. */
  readonly onChange: (changed: WidgetState) => unknown;
}

/** An open widget, by the id under which the page finds its model; undefined where the kernel has no comms. */
export type Widget = { readonly id: string } | undefined;

type Comm = ReturnType<NonNullable<KernelHandle["comms"]>["open"]>;

/** Version 2.1 of the messages between models and views (ipywidgets, packages/schema/messages.md). */
const PROTOCOL = { version: "2.1.0" };

/** anywidget's model and view, of whichever version JupyterLab has. */
const ANYWIDGET = {
  _model_module: "anywidget",
  _model_module_version: "*",
  _model_name: "AnyModel",
  _view_module: "anywidget",
  _view_module_version: "*",
  _view_name: "AnyView",
};

const open = new Map<string, Comm>();

/** A message of the page: what it changed, or the question for the whole state (after the page was loaded again). */
interface WidgetMessage {
  readonly method?: string;
  readonly state?: WidgetState;
}

/**
 * Opens a widget.
 *
 * @param view An ES module as anywidget takes it: its default export has `render({ model, el })`.
 */
export function openWidget(view: string, state: WidgetState, options: WidgetOptions): Widget {
  const comms = kernelHandle()?.comms;
  if (comms === undefined) return undefined;
  open.get(options.key)?.close();
  let now: WidgetState = { ...ANYWIDGET, _esm: view, _anywidget_id: "gan.widget", ...state };
  const receive = ({ method, state: changed = {} }: WidgetMessage): unknown => {
    if (method === "request_state") comm.send({ method: "update", state: now, buffer_paths: [] });
    if (method !== "update") return undefined;
    now = { ...now, ...changed };
    return options.onChange(changed);
  };
  const comm = comms.open("jupyter.widget", {
    data: { state: now, buffer_paths: [] },
    metadata: PROTOCOL,
    onMessage: (message) => receive(message as WidgetMessage),
    onClose: () => void open.delete(options.key),
  });
  open.set(options.key, comm);
  return comm;
}

/**
 * Shows a widget below the cell.
 *
 * @param text What is shown where widgets are not.
 */
export function showWidget(widget: Widget, text: string): void {
  const view = { version_major: 2, version_minor: 0, model_id: widget?.id };
  const data = widget === undefined ? {} : { "application/vnd.jupyter.widget-view+json": view };
  publish({ data: { ...data, "text/plain": text }, metadata: {} });
}
