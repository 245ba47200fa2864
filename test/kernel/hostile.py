"""Cells that no learner means to write: half of one, one with a slip of the pen, and those that break what they touch."""
import json
import random

# Quick, and without loops or waits that a lost character could make endless.
WHOLE = [
    "const f = (x: number): number => {\n  return x * 2;\n};\nf(21)",
    "interface Point { x: number; y?: number }\nfunction go({ x, y = 1 }: Point) {\n  if (x > 1) throw new RangeError(`x is ${x}`);\n  return [x, y];\n}\ngo({ x: 1 });\ngo({ x: 2 });",
    "class Box<T extends object> {\n  #inside: T;\n  static count = 0;\n  constructor(inside: T) { this.#inside = inside; Box.count++; }\n  get value() { return this.#inside; }\n}\nnew Box({ a: 1 }).value",
    "let total = 0;\nfor (const n of [1, 2, 3]) {\n  total += n;\n}\nconsole.log(`total: ${total}`);",
    "const { a, b: [c, ...d], ...e } = { a: 1, b: [2, 3, 4], f: 5, g: { h: [6] } };\n[a, c, d, e]",
    "enum Kind { Real = 'real', Fake = 'fake' }\ntype Label = `${Kind}-${number}`;\nconst label: Label = `real-1`;\nlabel satisfies string",
    "async function later(n: number) {\n  await null;\n  if (n > 1) throw new Error('late ' + n);\n  return n;\n}\nawait later(1);\nawait later(2);",
    "function* ids() {\n  try { yield 1; yield 2; } finally { console.log('closed'); }\n}\n[...ids()].map((id) => ({ id }))",
    "import { join } from 'node:path';\nimport * as os from 'node:os';\njoin(os.EOL, 'a')",
    "try {\n  JSON.parse('{');\n} catch (cause) {\n  throw new Error('bad file', { cause });\n} finally {\n  console.error('done');\n}",
    "const text = 'a-b'.replace(/(\\w)-(\\w)/g, (_, left, right) => right + left);\nswitch (text) {\n  case 'ba': console.log('yes'); break;\n  default: console.log(text);\n}",
    "/** @module parts */\nexport const part = 1;\nexport default function whole() { return part; }",
    "@sealed\nclass Report { title = 't'; }\nfunction sealed(target: Function) { Object.seal(target); }\nabstract class A { abstract m(): void }",
    "namespace Units { export const cm = 100; }\ndeclare const missing: number;\nexport const metre = Units.cm;\nmetre as unknown as string",
    "const tree: { left?: typeof tree; value: number } = { value: 1 };\ntree?.left?.value ?? tree!.value",
]
TOKENS = [
    "(", ")", "{", "}", "[", "]", "`", "'", '"', "${", "/*", "*/", "//", "/", "=>", "?.", "...", ";", ",", ":", "@", "#", "\\", "<", ">", "=", "!", "\n",
    "\0", "\ufeff", "\u2028", "é", "😀", "\ud800", "export ", "import ", "await ", "async ", "class ", "enum ", "type ", "const ", "let ", "var ", "function ",
    "return ", "throw ", "new ", "delete ", "typeof ", "yield ", "this", "super", "null", "undefined", "0x", "1e999", "9n", "/** @module x */", "/** @jsx */", "<div>", "as const", "satisfies ",
]
# What is thrown, shown or replaced.
THROWN = [
    "(() => { const e = new Error('own cause'); e.cause = e; return e; })()",
    "(() => { const a: any = new Error('a'), b: any = new Error('b'); a.cause = b; b.cause = a; return a; })()",
    "(() => { let e: any; [...Array(50)].forEach((_, i) => (e = new Error('level ' + i, { cause: e }))); return e; })()",
    "Object.defineProperty(new Error('stack'), 'stack', { get() { throw new Error('no stack'); } })",
    "Object.defineProperty(new Error('message'), 'message', { get() { throw 1; } })",
    "Object.defineProperty(new Error('name'), 'name', { get() { throw null; } })",
    "Object.defineProperty(new Error('cause'), 'cause', { get() { throw undefined; } })",
    "Object.assign(new Error('odd'), { stack: 5, name: Symbol('s'), message: { toString() { throw 2; } } })",
    "new Proxy(new Error('proxy'), { get() { throw new Error('trap'); }, getPrototypeOf() { throw new Error('trap'); } })",
    "new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; }, has() { throw 4; } })",
    "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
    "(() => { const { proxy, revoke } = Proxy.revocable(() => {}, {}); revoke(); return proxy; })()",
    "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('inspect'); } })",
    "({ get [Symbol.toStringTag]() { throw new Error('tag'); }, toString() { throw 1; } })",
    "({ [Symbol.for('Jupyter.display')]() { throw new Error('display'); } })",
    "({ [Symbol.for('Jupyter.display')]() { return { 'text/plain': 1n }; } })",
    "({ toJSON() { throw 1; }, self: null as any })", "Object.create(null)", "Symbol('thrown')", "10n ** 5000n", "-0", "NaN", "null", "undefined", "''",
    "'x'.repeat(2_000_000)", "new Error('y'.repeat(2_000_000))", "new Error('\\ud800 \\0 \\u2028 \\x1b[31m')", "[...Array(20_000).keys()]",
    "(() => { let deep: any = {}; for (const _ of Array(20_000)) deep = { deep }; return deep; })()", "(() => { const a: any[] = []; a.push(a); return a; })()",
    "new AggregateError([new Error('one'), 2], 'several')", "new (class extends Error { override get name(): string { throw 1; } })('subclass')",
    "Promise.reject(new Error('inside'))", "new Promise(() => {})", "globalThis", "process", "new DOMException('dom')", "async () => {}", "new WeakMap()", "new Date(NaN)",
    "(function recurse(): never { return recurse(); })()", "eval('(')", "new Function('}')()", "structuredClone(() => {})", "(await Promise.reject(new Proxy({}, { get() { throw 1; } })))",
]
SPOILED = [
    "Array.prototype.map = null as any;", "(Array.prototype as any).push = () => { throw 1; };", "JSON.stringify = null as any;", "(globalThis as any).Error = undefined;",
    "(globalThis as any).Promise = undefined;", "(globalThis as any).String = null;", "delete (Map.prototype as any).get;", "(Promise.prototype as any).then = null;",
    "(Object.prototype as any).then = () => {};", "String.prototype.split = () => [];", "String.prototype.slice = (() => { throw 1; }) as any;", "Object.keys = () => { throw 1; };",
    "RegExp.prototype.exec = () => { throw 1; };", "Object.defineProperty(Object.prototype, 'spoiled', { value: 1, configurable: true });", "Error.prepareStackTrace = () => { throw 1; };",
    "Error.stackTraceLimit = 0;", "Error.prepareStackTrace = (_, sites) => sites;", "Function.prototype.call = null as any;", "Buffer.from = null as any;", "(Symbol as any).iterator = 1;",
    "process.removeAllListeners();", "(globalThis as any).setImmediate = null;", "(globalThis as any).setTimeout = () => {};", "(globalThis as any).process = undefined;",
    "(globalThis as any).console = undefined;", "console.log = () => { throw 1; };", "console.warn = null as any;", "(globalThis as any).__names__ = null;", "(exports as any) = null;", "process.exitCode = 3;",
    "Object.prototype.toString = () => { throw 1; };", "(Array.prototype as any)[Symbol.iterator] = null;", "Map.prototype.set = () => { throw 1; };", "process.emitWarning('a warning');",
    "queueMicrotask(() => { throw new Error('microtask'); });", "process.nextTick(() => { throw undefined; });", "setImmediate(() => { throw Object.create(null); });",
    "setTimeout(() => { throw new Proxy({}, { get() { throw 1; } }); }, 1);", "void Promise.reject(Object.create(null));", "void Promise.reject(new Proxy(new Error(), { getPrototypeOf() { throw 1; } }));",
    "await null;\nArray.prototype.map = null as any;\nawait null;", "Promise.resolve().then(() => { (globalThis as any).Error = null; });", "setTimeout(() => { JSON.stringify = null as any; }, 1);",
    "process.stdout.write('\\x00\\xff\\ud800');", "process.stdout.write(Buffer.from([0xff, 0xfe]));", "console.log('z'.repeat(1_000_000));", "for (const i of Array(3000).keys()) console.log(i);",
    "type Deep<T> = T extends [infer H, ...infer R] ? [H, ...Deep<R>] : Deep<[T]>; let deep: Deep<1>;", "type A = { [K in keyof A]: A[K] }; interface B extends B {}", "const a = a + b, b = a;",
    "(" * 3000 + "1" + ")" * 3000, "[" * 5000, "{" * 2000, "`${" * 800, "1" + "+1" * 3000, "a?" * 500 + "1" + ":1" * 500, "!" * 5000 + "0", "/*", "'", "`", "\\", "@", "#!", "<a>", "\ufeff", "", " ", "\n\n", "\0",
    "const " + "x" * 100_000 + " = 1;", "".join(f"const n{i} = {i};\n" for i in range(300)), "'use strict'; arguments", "return 1;", "break;", "await", "yield", "import('./nothing')", "import.meta", "new.target", "super()",
    "with (Math) { PI }", "let let = 1;", "export = 1;", "export default 1 + 1;", "export * from 'node:fs';", "import fs = require('node:fs');", "declare module 'm';", "/// <reference path='nothing' />", "// @ts-nocheck\n1 + '';",
]


def half(pick):
    code = pick.choice(WHOLE)
    return code[: pick.randrange(len(code))]


def slipped(pick):
    code = pick.choice(WHOLE)
    for _ in range(pick.randint(1, 4)):
        at = pick.randrange(len(code) + 1)
        change = pick.randrange(4)
        if change == 0:
            code = code[:at] + code[at + pick.randint(1, 6):]
        elif change == 1:
            code = code[:at] + pick.choice(TOKENS) + code[at:]
        elif change == 2:
            other = pick.choice(WHOLE)
            code = code[:at] + other[pick.randrange(len(other)):]
        else:
            code = code[:at] + pick.choice(TOKENS) + code[at + 1:]
    return code


def thrown(pick):
    value = pick.choice(THROWN)
    form = pick.choice(["throw {};", "{}", "await null;\nthrow {};", "Promise.reject({});", "(async () => { throw {}; })();", "console.log({});", "setTimeout(() => { throw {}; }, 1);", "const kept = {};\nkept"])
    # eval'd, since what it is does not matter to the type checker.
    return form.replace("{}", f"({value})", 1)


def spoiled(pick):
    code = pick.choice(SPOILED)
    return code if pick.random() < 0.7 else f"{code}\n{pick.choice(WHOLE)}"


def cells(count, seed):
    """So many cells, the same for the same seed; every hostile one is among the first."""
    pick = random.Random(seed)
    fixed = [*SPOILED, *[f"throw ({value});" for value in THROWN], *THROWN]
    pick.shuffle(fixed)
    yield from fixed[:count]
    for _ in range(count - len(fixed)):
        yield pick.choices([half, slipped, thrown, spoiled], [4, 5, 2, 1])[0](pick)


def sendable(code):
    """A lone half of a pair cannot be encoded; it travels as the other tools send it, in JSON's own words."""
    return code.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\ud800" in code else code


def shown(code):
    return json.dumps(code)[:200]
