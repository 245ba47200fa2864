/** What a notebook's code promises, read without running it. */
import { createHash } from "node:crypto";
import ts from "typescript";
import { sourceOf } from "./lessons.mjs";

/**
 * @typedef {object} WrittenOutcome An outcome as it stands in a cell.
 * @property {Record<string, number>} limits Those that are numbers in the code.
 * @property {boolean} skewed
 */

const LIMITS = ["atLeast", "atMost", "above", "below"];

/** @returns {string[]} The code up to the cell that ends the lesson; what follows are exercises. */
function codeOf({ cells }) {
  const code = cells.filter(({ cell_type: type }) => type === "code").map(sourceOf);
  const end = code.findIndex((text) => text.includes("lesson.end()"));
  return end < 0 ? code : code.slice(0, end + 1);
}

/** @returns {number | undefined} The number that an expression writes down. */
function numberOf(node) {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = numberOf(node.operand);
    return value === undefined ? undefined : -value;
  }
  return undefined;
}

const propertyOf = (object, name) =>
  object.properties.find((property) => property.name?.getText() === name)?.initializer;

/** @returns {number | undefined} A threshold: a number, or that of the profile. */
function thresholdOf(node, profile) {
  if (!ts.isObjectLiteralExpression(node)) return numberOf(node);
  const own = propertyOf(node, profile);
  return own && numberOf(own);
}

/** @returns {WrittenOutcome} */
function outcomeOf(expectation, profile) {
  if (!expectation || !ts.isObjectLiteralExpression(expectation))
    return { limits: {}, skewed: false };
  const limits = LIMITS.flatMap((kind) => {
    const node = propertyOf(expectation, kind);
    const value = node && thresholdOf(node, profile);
    return value === undefined ? [] : [[kind, value]];
  });
  const skewed = propertyOf(expectation, "skewed")?.kind === ts.SyntaxKind.TrueKeyword;
  return { limits: Object.fromEntries(limits), skewed };
}

/** @returns {boolean} Whether a call is one of `expectOutcome` with its name written down. */
const isOutcome = (node) =>
  ts.isCallExpression(node) &&
  /(^|\.)expectOutcome$/.test(node.expression.getText()) &&
  node.arguments.length > 1 &&
  ts.isStringLiteralLike(node.arguments[0]);

/**
 * @param {{ cells: object[] }} notebook
 * @param {string} profile Whose thresholds are read.
 * @returns {Record<string, WrittenOutcome>} By name; outcomes whose name is computed are not among them.
 */
export function writtenOutcomes(notebook, profile) {
  /** @type {Record<string, WrittenOutcome>} */
  const found = {};
  const visit = (node) => {
    if (isOutcome(node)) found[node.arguments[0].text] = outcomeOf(node.arguments[2], profile);
    ts.forEachChild(node, visit);
  };
  for (const text of codeOf(notebook))
    visit(ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

/** What an outcome is held to may change without the runs being others. */
const HELD_TO =
  /\b(atLeast|atMost|above|below):(\{[^}]*\}|[^,}]+),?|\b(skewed:true|hint:("[^"]*"|`[^`]*`)),?/g;

/** What a formatter adds or takes away. */
const LAYOUT = /[\s(),;"'`]/g;

/** @returns {string} A sum of the code that a run computes, without comments, layout, limits and hints. */
export function codeSum(notebook) {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true);
  const tokens = codeOf(notebook).map((text) => {
    scanner.setText(text);
    const parts = [];
    while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) parts.push(scanner.getTokenText());
    return parts.join("");
  });
  return createHash("sha256")
    .update(tokens.join("\n").replaceAll(HELD_TO, "").replaceAll(LAYOUT, ""))
    .digest("hex")
    .slice(0, 16);
}
