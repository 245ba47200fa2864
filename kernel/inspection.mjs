/** Answers to Shift+Tab: what a name is, in plain text and in Markdown. */

/**
 * @typedef {{ text: string }[]} Parts
 * @typedef {object} Info The compiler's quick info.
 * @property {Parts} [displayParts] The signature.
 * @property {Parts} [documentation]
 * @property {{ name: string, text?: Parts }[]} [tags]
 */

/**
 * The position of the name of the function whose call surrounds a position: mostly a person asks there what it takes.
 *
 * @param {string} code
 * @param {number} position
 * @returns {number | undefined} Inside the name; undefined where no call surrounds it.
 */
export function calleeBefore(code, position) {
  let open = 0;
  for (let at = position - 1; at >= 0; at--) {
    if (")]}".includes(code[at])) open += 1;
    if (!"([{".includes(code[at])) continue;
    if (open > 0) open -= 1;
    else if (code[at] === "(") {
      const name = /[\w$]+\s*$/.exec(code.slice(0, at));
      if (name) return name.index;
    }
  }
  return undefined;
}

/**
 * The content of `inspect_reply`.
 *
 * @param {Info | undefined} info Undefined where there is nothing to tell.
 */
export function inspectReply(info) {
  if (!info) return { status: "ok", found: false, data: {}, metadata: {} };
  const data = { "text/plain": plainOf(info), "text/markdown": markdownOf(info) };
  return { status: "ok", found: true, data, metadata: {} };
}

/** @param {Parts} [parts] */
const textOf = (parts = []) => parts.map(({ text }) => text).join("");

/** @param {{ text?: Parts }} tag */
const told = ({ text }) => textOf(text);

/** @param {Info} info */
function plainOf({ displayParts, documentation, tags = [] }) {
  const lines = tags.filter(({ text }) => text).map(({ name, text }) => `@${name} ${textOf(text)}`);
  const about = [textOf(documentation), ...lines].filter(Boolean).join("\n");
  return [textOf(displayParts), about].filter(Boolean).join("\n\n");
}

/** @param {Info} info */
function markdownOf({ displayParts, documentation, tags = [] }) {
  const of = (...names) => tags.filter(({ name }) => names.includes(name));
  const known = ["param", "returns", "return", "throws", "example", "template"];
  const others = tags.filter(({ name }) => !known.includes(name));
  return [
    fenced(textOf(displayParts)),
    textOf(documentation),
    list("Parameters", of("param").map(namedOf)),
    list("Returns", of("returns", "return").map(told)),
    list("Throws", of("throws").map(told)),
    ...of("example").map(({ text }) => `**Example**\n\n${exampleOf(textOf(text))}`),
    ...others.map(({ name, text }) => `**${name}** ${textOf(text)}`.trim()),
  ]
    .filter(Boolean)
    .join("\n\n");
}

const fenced = (code) => `\`\`\`typescript\n${code}\n\`\`\``;

/** An example is code, unless it says itself what of it is. */
function exampleOf(text) {
  return text.includes("```") ? text : fenced(text.trim());
}

function list(title, texts) {
  const items = texts.filter(Boolean).map((text) => `- ${text.replaceAll("\n", "\n  ")}`);
  return items.length === 0 ? "" : `**${title}**\n\n${items.join("\n")}`;
}

/**
 * `name - what it is`, with the name as code.
 *
 * @param {{ text?: Parts }} tag
 */
function namedOf({ text }) {
  const [, name, about] = /^(\S+)\s*(?:-\s*)?([^]*)$/.exec(textOf(text)) ?? [];
  if (name === undefined) return "";
  return about ? `\`${name}\`: ${about}` : `\`${name}\``;
}
