/**
 * JavaScript's own functions, which the kernel, the compiler and the cells share: a cell that replaces
 * Array.prototype.map would end them all. What the kernel stands on is put back. What tests and lessons replace on
 * purpose, such as Math.random, Date and console.log, is left alone.
 */
import { Buffer } from "node:buffer";

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, freeze, is } = Object;
const { deleteProperty, ownKeys } = Reflect;
const global = /** @type {any} */ (globalThis);

const constructors = [
  ["Object", "Function", "Array", "String", "Number", "Boolean", "BigInt", "Symbol", "RegExp"],
  [
    "Error",
    "TypeError",
    "RangeError",
    "SyntaxError",
    "Map",
    "Set",
    "WeakMap",
    "WeakSet",
    "WeakRef",
  ],
  ["Promise", "Proxy", "ArrayBuffer", "Uint8Array", "FinalizationRegistry"],
].flat();
const others = ["JSON", "Reflect", "Atomics", "globalThis", "queueMicrotask", "setTimeout"];
const more = [
  "clearTimeout",
  "setImmediate",
  "setInterval",
  "clearInterval",
  "process",
  "performance",
];
/** Set by libraries that want to see stacks, for a moment or for good. */
const free = new Set(["prepareStackTrace", "stackTraceLimit", "constructor"]);

/** What each of these must be for an `await` of the kernel to end: not there. */
const awaited = [Object.prototype, Array.prototype, Function.prototype];

/**
 * Takes note of all that is to stay.
 *
 * @returns {() => string[]} Puts back what was changed, and names it.
 */
export function guardBuiltins() {
  const notes = freeze([
    ...notesOfGlobals(),
    ...constructors.flatMap(notesOfClass),
    ...notesOfRest(),
  ]);
  return () => {
    const changed = [];
    for (let i = 0; i < notes.length; i++) {
      const { owner, key, was, label } = notes[i];
      // Node's globals have getters, whose value a cell can set.
      if (
        owner === global
          ? global[key] === was.value
          : isSame(getOwnPropertyDescriptor(owner, key), was)
      )
        continue;
      restore(owner, key, was);
      changed[changed.length] = label;
    }
    for (let i = 0; i < awaited.length; i++) {
      if (getOwnPropertyDescriptor(awaited[i], "then") === undefined) continue;
      deleteProperty(awaited[i], "then");
      changed[changed.length] = "Object.prototype.then";
    }
    return changed;
  };
}

function isSame(now, was) {
  return (
    now !== undefined && is(now.value, was.value) && now.get === was.get && now.set === was.set
  );
}

function restore(owner, key, was) {
  try {
    defineProperty(owner, key, was);
  } catch {
    // It was frozen in its new form: nothing can be done.
  }
}

function notesOf(owner, label) {
  const keys = ownKeys(owner).filter((key) => typeof key !== "string" || !free.has(key));
  return keys.map((key) => ({
    owner,
    key,
    was: /** @type {PropertyDescriptor} */ (getOwnPropertyDescriptor(owner, key)),
    label: `${label}.${String(key)}`,
  }));
}

function notesOfGlobals() {
  const as = { writable: true, configurable: true, enumerable: false };
  const names = [...constructors, ...others, ...more];
  return names.map((key) => ({
    owner: global,
    key,
    was: { ...as, value: global[key] },
    label: key,
  }));
}

function notesOfClass(name) {
  const type = global[name];
  const statics = notesOf(type, name);
  return type.prototype ? [...statics, ...notesOf(type.prototype, `${name}.prototype`)] : statics;
}

function notesOfRest() {
  const iterator = getPrototypeOf([][Symbol.iterator]());
  return [
    ...notesOf(JSON, "JSON"),
    ...notesOf(Reflect, "Reflect"),
    ...notesOf(Atomics, "Atomics"),
    ...notesOf(Buffer, "Buffer"),
    ...notesOf(Buffer.prototype, "Buffer.prototype"),
    ...notesOf(iterator, "the iterator of arrays"),
    ...notesOf(getPrototypeOf(iterator), "the iterators"),
    ...notesOf(getPrototypeOf(Uint8Array), "the typed arrays"),
    ...notesOf(getPrototypeOf(Uint8Array).prototype, "the typed arrays' prototype"),
  ];
}
