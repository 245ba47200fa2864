/** Puts the kernel together and starts it. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createCells } from "./cells.mjs";
import { Comms } from "./comms.mjs";
import { startControl } from "./control.mjs";
import { Executions } from "./executions.mjs";
import { Faults } from "./faults.mjs";
import { kernelInfo } from "./info.mjs";
import { createHardStops } from "./hardstop.mjs";
import { tellClosing, tellExit, tellInfo } from "./lifeline.mjs";
import { createMimeBundler } from "./mime.mjs";
import { redirectOutput } from "./output.mjs";
import { showPromisesPlainly } from "./promises.mjs";
import { Requests } from "./requests.mjs";
import { Scripts } from "./scripts.mjs";
import { serverClass } from "./server.mjs";
import { createState } from "./state.mjs";
import { watchTimers } from "./timers.mjs";
import { loadTslab } from "./tslab.mjs";
import { Wire } from "./wire.mjs";

/** How long sockets may take to send their last messages. */
const lingerMs = 100;

/**
 * Starts the kernel; it serves until it is shut down.
 *
 * @param {string} configPath Jupyter's connection file.
 * @param {string} root The repository.
 * @param {string} lastWords Why the kernel before this one died, if nobody has been told yet.
 */
export async function startKernel(configPath, root, lastWords) {
  const connection = JSON.parse(readFileSync(configPath, "utf8"));
  const session = randomUUID();
  const state = createState();
  const tslab = loadTslab(root);
  const executions = new Executions(state);
  const { complain, flush } = redirectOutput(executions, tslab);
  const hardStops = createHardStops(complain);
  const faults = new Faults(executions);
  const scripts = new Scripts();
  const cells = createCells({ tslab, scripts, executions, state, root });
  const handler = new tslab.JupyterHandlerImpl(cells, false);
  const info = kernelInfo(handler.handleKernel(), tslab.versions);

  const publish = (parent, type, content, metadata) => {
    if (type !== "stream") flush();
    server.publish(parent, type, content, metadata);
  };
  const comms = new Comms((...message) => publish(undefined, ...message));
  const shutDown = () => stop(server, faults);
  const toMimeBundle = createMimeBundler(root);
  const requests = new Requests({
    handler,
    info,
    cells,
    executions,
    faults,
    scripts,
    toMimeBundle,
    root,
    lastWords,
    publish,
    comms,
    flush,
    complain,
    shutDown,
  });
  const Server = serverClass(tslab.ZmqServer);
  const server = new Server(handler, configPath, new Wire(connection.key, session), requests);

  scripts.install();
  showPromisesPlainly();
  watchTimers(executions);
  faults.install();
  executions.onStop = cells.abandon;
  executions.install(hardStops.add, comms.handle);
  // Before the first request can come.
  tellInfo(info);
  process.on("exit", tellExit);
  await server.init();
  publish(undefined, "status", { execution_state: "starting" });
  const listenToSigint = () => process.removeListener("SIGINT", sigint).on("SIGINT", sigint);
  const sigint = () => {
    executions.markInterrupted();
    void executions.interrupt();
  };
  listenToSigint();
  await startControl(
    { connection, session, info, state, zeromq: tslab.zeromq },
    {
      interrupt: () => executions.interrupt(),
      hardStop() {
        // Node takes the listeners away while a cell's first part runs, and a dropped stack does not bring them back.
        listenToSigint();
        hardStops.run();
        executions.hardStop();
      },
      shutDown,
      complain,
      status: (message, executionState) =>
        publish(message, "status", { execution_state: executionState }),
    },
  );
}

/** Closes the sockets and ends the process; with status 1 where an error was never told to anybody. */
function stop(server, faults) {
  tellClosing();
  const fault = faults.take();
  if (fault) server.complain(fault);
  server.close();
  setTimeout(() => process.exit(fault ? 1 : 0), lingerMs);
}
