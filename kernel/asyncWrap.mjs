/** Node's own account of asynchronous contexts, which it shows to no program, found by way of the debugger. */
import { executionAsyncId } from "node:async_hooks";
import { Session } from "node:inspector";

/** Where the debugger and this program hand objects to each other, for a moment. */
const handover = Symbol.for("jupyter.kernel.handover");

/**
 * Finds the object in the scope of a public function that uses it, since not every version of Node has it in
 * `process.binding`.
 *
 * @returns {{ async_hook_fields: Uint32Array, constants: Record<string, number>, clearAsyncIdStack: () => void }}
 * @throws {Error} Where this Node keeps it elsewhere.
 */
export function findAsyncWrap() {
  const session = new Session();
  session.connect();
  globalThis[handover] = { executionAsyncId };
  try {
    readScope(createPost(session));
    const { found } = globalThis[handover];
    if (!found?.constants || !found.clearAsyncIdStack)
      throw new Error(`Node ${process.version} keeps its asynchronous contexts elsewhere.`);
    return found;
  } finally {
    delete globalThis[handover];
    session.disconnect();
  }
}

/** Within one thread the debugger answers at once. */
function createPost(session) {
  return (method, parameters) => {
    let answer = { error: new Error(`The debugger did not answer ${method}.`) };
    session.post(method, parameters, (error, result) => (answer = { error, result }));
    if (answer.error) throw answer.error;
    return answer.result;
  };
}

function readScope(post) {
  const slot = "globalThis[Symbol.for('jupyter.kernel.handover')]";
  const properties = ({ value }) =>
    post("Runtime.getProperties", { objectId: value.objectId, ownProperties: true });
  post("Debugger.enable");
  const { result: value } = post("Runtime.evaluate", { expression: `${slot}.executionAsyncId` });
  const scopes = properties({ value }).internalProperties.find(({ name }) => name === "[[Scopes]]");
  const variables = properties(properties(scopes).result[0]).result;
  const { objectId } = variables.find(({ name }) => name === "async_wrap")?.value ?? {};
  if (objectId)
    post("Runtime.callFunctionOn", {
      objectId,
      functionDeclaration: `function () { ${slot}.found = this; }`,
    });
}
