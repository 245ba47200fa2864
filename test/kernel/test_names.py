"""What a cell sees of the names of earlier ones: one variable each, as in Python."""
import pytest


def test_a_shorthand_property_of_an_earlier_name(kernel):
    kernel.run('const [two, three] = [2, 3];\nimport path from "node:path";')
    done = kernel.run("const four = 4;\nconst double = (three: number) => ({ two, three: { three }, four });\nJSON.stringify([double(6), typeof { path }.path])")
    assert done.value == """'[{"two":2,"three":{"three":6},"four":4},"object"]'"""


def test_a_shorthand_target_of_an_assignment(kernel):
    kernel.run("let [left, right] = [0, 0];")
    kernel.run("({ left, right = 2 } = { left: 1 } as { left: number; right?: number });")
    assert kernel.run("[left, right]").value == "[ 1, 2 ]"


def test_a_name_that_is_declared_again(kernel):
    kernel.run("const again = 'old';")
    kernel.run("const again = 'new';\nconst taken = { again };")
    assert kernel.run("({ taken, again })").value == "{ taken: { again: 'new' }, again: 'new' }"


# A cell, a later one, and the value of an expression in a third.
SHARED = {
    "assignment": ("let step = 0;\nfunction train(n: number) { for (let i = 0; i < n; i++) step += 1; return step; }\ntrain(10);", "step = 0;\ntrain(5);", "step", "5"),
    "compound assignment": ("let sum = 1;\nconst read = () => sum;", "sum += 4; sum **= 2; sum++; --sum; sum -= 1;", "[sum, read()]", "[ 24, 24 ]"),
    "logical assignment": ("let maybe: number | undefined;\nconst look = () => maybe;", "maybe ??= 7;", "look()", "7"),
    "for of": ("let item = 0;\nconst items = () => item;", "for (item of [1, 2, 3]);", "items()", "3"),
    "for in": ("let key = '';\nconst keys = () => key;", "for (key in { a: 1, b: 2 });", "keys()", "'b'"),
    "for": ("let turn = 0;\nconst turns = () => turn;", "for (turn = 1; turn < 9; turn += 3);", "turns()", "10"),
    "destructuring": (
        "let [first, { second, deep: [third = 3] }, ...rest] = [1, { second: 2, deep: [] as number[] }, 4, 5] as any;\nconst all = () => [first, second, third, rest];",
        "[first, second] = [second, first];\n({ a: third, ...rest } = { a: 'x', b: 'y' } as any);", "JSON.stringify(all())", """'[2,1,"x",{"b":"y"}]'"""),
    "a function takes the new one": ("function rate() { return 1; }\nfunction twice() { return 2 * rate(); }", "function rate() { return 10; }", "twice()", "20"),
    "a const takes the new one": ("const factor = 2;\nconst scaled = (x: number) => factor * x;", "const factor = 3;", "scaled(2)", "6"),
    "a class": ("class Shape { static made = new Shape(); sides() { return 3; } copy() { return new Shape(); } }\nconst make = () => new Shape();", "class Shape { sides() { return 4; } }",
                "[make().sides(), new Shape().sides()]", "[ 4, 4 ]"),
    "a subclass": ("class Base { kind = 'base'; }\nclass Derived extends Base { name = Derived.name; }", "new Derived();", "JSON.stringify(new Derived())", """'{"kind":"base","name":"Derived"}'"""),
    "an enum": ("enum Mode { Off, On }\nconst mode = (on: boolean) => (on ? Mode.On : Mode.Off);", "1", "[Mode[mode(true)], Mode.On]", "[ 'On', 1 ]"),
    "a const enum": ("const enum Fast { A = 5 }\nconst fast = Fast.A;", "1", "fast", "5"),
    "a namespace": ("namespace Units { export const cm = 100; export const twice = () => 2 * cm; }\nconst metres = () => Units.cm;", "1", "metres()", "100"),
    "var in a block": ("if (true) { var inner = 1; for (var at = 0, end = 3; at < end; at++); for (var [k, v] of [[1, 2]]); }\nconst inners = () => [inner, at, end, k, v];", "1",
                       "inners().join()", "'1,3,3,1,2'"),
    "a generator and an async function": ("let base = 1;\nfunction* gen() { yield base; }\nasync function later() { await null; return base; }", "base = 5;", "[[...gen()][0], await later()].join()", "'5,5'"),
    "a method and a getter": ("let unit = 'cm';\nconst box = { unit() { return unit; }, get now() { return unit; } };", "unit = 'mm';", "box.unit() + box.now", "'mmmm'"),
    "a default of a parameter": ("let size = 1;\nfunction sized(n = size) { return n; }", "size = 9;", "sized()", "9"),
    "a type of the same name": ("interface Pair { a: number }\nconst Pair = (a: number): Pair => ({ a });\nlet width: ReturnType<typeof Pair> = Pair(1);", "width = Pair(2);", "width.a", "2"),
    "export is left out": ("export const shown = 1;\nexport function show() { return shown; }\nexport default class Wall {}\nexport { shown as other };", "1", "show() + new Wall().constructor.name", "'1Wall'"),
}


# Of both, later cells knew nothing, or nothing after the next one.
SHARED |= {
    "var in a block, assigned later": ("if (true) { var inner2 = 1; }\nfunction up() { inner2 += 1; return inner2; }", "inner2 = 10;\nup();", "[up(), inner2].join()", "'12,12'"),
    "var of loops, assigned later": ("for (var turn2 = 0; turn2 < 3; turn2++);\nfor (var [k2, { v2 }] of [['k', { v2: [1] }]] as [string, { v2: number[] }][]);\nconst told = () => [turn2, k2, ...v2].join();",
                                     "turn2 = 9; k2 = 'x'; v2.push(2);", "told() + turn2", "'9,x,1,29'"),
    "var in try and switch": ("try { var tried = 1; } finally { var last = new Map<string, number>(); }\nswitch (1 as number) { case 1: var cased = 'c'; }\nconst all2 = () => [tried, last.size, cased].join();",
                              "tried = 5; last.set('a', 1); cased = 'd';", "all2()", "'5,1,d'"),
    "a namespace that is written to": ("namespace Counter { export let n = 0; export const next = () => ++n; }\nconst go = () => Counter.next();", "Counter.n = 10;", "[go(), Counter.next(), Counter.n].join()", "'11,12,12'"),
    "a namespace that sets a variable": ("let outer2 = 1;\nnamespace Sets { export const read = () => outer2; export function set(v: number) { outer2 = v; } }", "outer2 = 7;\nSets.set(Sets.read() + 1);", "[outer2, Sets.read()].join()", "'8,8'"),
    "a namespace and a function": ("function fn() { return fn.extra; }\nnamespace fn { export let extra = 1; }", "fn.extra = 9;", "[fn(), fn.extra].join()", "'9,9'"),
    "a namespace and a class": ("class Both { static get() { return Both.extra; } }\nnamespace Both { export let extra = 1; }", "Both.extra = 9;", "[Both.get(), Both.extra].join()", "'9,9'"),
    "a namespace of types": ("namespace Shapes { export interface Point { x: number } }", "let at2: Shapes.Point = { x: 1 };", "(at2 as Shapes.Point).x", "1"),
    "a namespace that is taken anew": ("namespace Taken { export const a = 1; }", "namespace Taken { export const b = 2; }", "JSON.stringify(Taken) + Taken.b", """'{"b":2}2'"""),
    "a namespace whose name a variable takes": ("namespace Gone { export const a = 1; }", "const Gone = 5;", "Gone + 1", "6"),
}


@pytest.mark.parametrize("first, then, expression, value", SHARED.values(), ids=SHARED.keys())
def test_a_cell_and_later_ones_share_a_variable(kernel, first, then, expression, value):
    assert kernel.run(first).status == "ok"
    assert kernel.run(then).status == "ok"
    assert kernel.run(expression).value == value


def test_inner_names_hide_outer_ones(kernel):
    kernel.run("let x = 1;\nconst exports = 'mine', require = 'mine too';")
    done = kernel.run("const f = (x: number) => { x += 1; return x; };\nconst g = () => { let x = 5; { const x = 6; } return x; };\nx: for (;;) break x;\n[f(1), g(), x, { x: 7 }.x, exports].join()")
    assert done.value == "'2,5,1,7,mine'"
    assert kernel.run("const load = (require: string) => require + x;\nload('r')").value == "'r1'"


def test_functions_and_classes_keep_their_names(kernel):
    done = kernel.run("const arrow = () => 1, plain = function () {}, Made = class {};\nlet kept = (() => 2);\n[arrow.name, plain.name, Made.name, kept.name].join()")
    assert done.value == "'arrow,plain,Made,kept'"


def test_a_called_function_has_no_this(kernel):
    kernel.run("function self(this: unknown) { return this === globalThis || this === undefined; }\nconst tag = function (this: unknown, _: TemplateStringsArray) { return this === globalThis || this === undefined; };")
    assert kernel.run("[self(), tag`x`, self?.()].join()").value == "'true,true,true'"


def test_what_a_cell_declares_is_not_its_value(kernel):
    for code in ["const alone = 3;", "let first = 1, second;", "class Empty {}", 'import os from "node:os";', "var old = 3;", "const { platform } = process;"]:
        assert kernel.run(code).of("execute_result") == [], code


def test_imports_are_there_for_later_cells(kernel):
    kernel.run('import fs, { existsSync as there, type Stats } from "node:fs";\nimport * as path from "node:path";\nimport os from "node:os";\nconst here = () => there("/") && path.sep;')
    assert kernel.run("const stats: Stats | undefined = undefined;\n[typeof fs.readFileSync, there('/'), path.sep, os.EOL.length, here(), stats].join()").value == "'function,true,/,1,/,'"
    assert kernel.run('import { join as there } from "node:path";\nthere("a", "b")').value == "'a/b'"


def test_a_loop_over_shared_names_is_quick(kernel):
    """A name is a property of a plain object: ten million turns are a matter of moments, not of minutes."""
    done = kernel.run("let total = 0;\nfor (let i = 0; i < 10_000_000; i++) total += i % 7;\nfunction more() { for (let i = 0; i < 10_000_000; i++) total += i % 7; }\nmore();\ntotal")
    assert done.value == "59999988"


def test_a_pattern_that_renames_a_property_of_an_earlier_type(kernel):
    kernel.run("interface Pair { left: number; right: { inner: number }; other?: string }\nconst pair: Pair = { left: 1, right: { inner: 2 } };")
    done = kernel.run(
        "const swap = ({ left: a, right: { inner: b }, ...rest }: Pair): string => {\n"
        "  const { left: again, ...more } = pair;\n"
        "  return [a, b, Object.keys(rest), again, Object.keys(more)].join();\n"
        "};\n"
        "const { left: top } = pair;\n"
        "[swap({ left: 3, right: { inner: 4 }, other: '' }), top]"
    )
    assert done.value == "[ '3,4,other,1,right', 1 ]"
