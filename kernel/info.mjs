/** What the kernel says of itself. */
import { protocolVersion } from "./wire.mjs";

/**
 * The content of `kernel_info_reply`.
 *
 * @param {object} base What tslab answers.
 * @param {{ tslab: string, typescript: string, node: string }} versions
 */
export function kernelInfo(base, { tslab, typescript, node }) {
  return {
    ...base,
    status: "ok",
    protocol_version: protocolVersion,
    implementation_version: tslab,
    language_info: {
      ...base.language_info,
      version: typescript,
      pygments_lexer: "typescript",
      nbconvert_exporter: "script",
    },
    banner: `TypeScript ${typescript} on Node.js ${node} (tslab ${tslab})`,
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "tslab", url: "https://github.com/yunabe/tslab" },
      { text: "TensorFlow.js", url: "https://js.tensorflow.org/api/latest/" },
    ],
    debugger: false,
  };
}
