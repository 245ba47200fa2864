"""An interrupt ends the cell and what it left running; the kernel then works on, with everything in place."""
import os
import signal
import time

import pytest

# What the kernel promises is a second; the tests leave room for a busy machine, since they check that it ends at all.
PATIENCE = 10

PREPARE = """
const log: string[] = [];
const weights = [1, 2, 3];
function* steps() {
  try {
    for (let step = 0; ; step++) {
      const until = performance.now() + 20;
      while (performance.now() < until);
      yield step;
    }
  } finally {
    log.push("iterator closed");
  }
}
"""
# Code that the kernel cannot see into, as a library's: no loop checks.
OPAQUE = """
const opaqueLoop = new Function("for (;;);") as () => void;
const opaqueMicrotasks = new Function("return (async () => { for (;;) await null; })()") as () => Promise<void>;
"""
HEAD = 'console.log("running");\n'


@pytest.fixture(scope="module", autouse=True)
def prepared(kernel):
    assert kernel.run(PREPARE).status == "ok"
    assert kernel.run(OPAQUE).status == "ok"


def interrupted(kernel, code):
    """Runs a cell, interrupts it once it prints, and returns what came of it and the seconds that it took to end."""
    request = kernel.send(HEAD + code)
    kernel.wait_for_output(request)
    time.sleep(0.1)
    started = time.monotonic()
    kernel.interrupt()
    outcome = kernel.wait(request)
    return outcome, time.monotonic() - started


def check_interrupted(kernel, code):
    outcome, seconds = interrupted(kernel, code)
    assert outcome.status == "error"
    assert outcome.error["ename"] == "Interrupted" and "interrupted" in outcome.error["evalue"]
    assert seconds < PATIENCE
    assert kernel.run("weights.join()").value == "'1,2,3'"
    return outcome


COOPERATIVE = {
    "a loop that never awaits": "for (const step of steps()) {}",
    "the same after an await": "await null;\nfor (const step of steps()) {}",
    "while true after an await": "await null;\nwhile (true) {}",
    "a loop without a block": "let turns = 0;\nfor (;;) turns++;",
    "do while": "do {} while (true);",
    "for in": "await null;\nwhile (true) for (const key in { a: 1 }) continue;",
    "a loop that swallows errors": "while (true) { try { JSON.parse('{'); } catch {} }",
    "for await": "async function* ticks() { for (;;) { await new Promise((next) => setTimeout(next, 5)); yield 1; } }\nfor await (const tick of ticks()) {}",
}


@pytest.mark.parametrize("code", COOPERATIVE.values(), ids=COOPERATIVE.keys())
def test_loops_end_with_their_finally_blocks(kernel, code):
    kernel.run("log.length = 0;")
    check_interrupted(kernel, f"try {{\n{code}\n}} finally {{\n  log.push('closed');\n}}")
    assert "closed" in kernel.run("log.join()").value


def test_an_iterator_is_closed(kernel):
    kernel.run("log.length = 0;")
    check_interrupted(kernel, "for (const step of steps()) await null;")
    assert kernel.run("log.join()").value == "'iterator closed'"


def test_the_traceback_shows_the_loop(kernel):
    outcome, _ = interrupted(kernel, "let turns = 0;\nwhile (true) {\n  turns += 1;\n}")
    assert f"cell [{outcome.reply['execution_count']}], line 3" in outcome.traceback


UNCOOPERATIVE = {
    "a promise that never resolves": "await new Promise(() => {});",
    "a regular expression": "/^(a+)+$/.test('a'.repeat(60) + 'b');",
    "a library's loop": "opaqueLoop();",
    "a library's loop after an await": "await new Promise((go) => setTimeout(go, 5));\nopaqueLoop();",
    "a library's loop in a timer": "setTimeout(opaqueLoop, 5);\nawait new Promise(() => {});",
    "a library's loop of microtasks": "await opaqueMicrotasks();",
    "intervals that print": "setInterval(() => console.log('again'), 2);\nawait new Promise(() => {});",
}


@pytest.mark.parametrize("code", UNCOOPERATIVE.values(), ids=UNCOOPERATIVE.keys())
def test_what_has_no_loop_to_stop_is_ended_too(kernel, code):
    check_interrupted(kernel, code)


def test_interrupted_intervals_and_chains_of_timers_do_not_go_on(kernel):
    kernel.run("let ticks = 0;")
    interrupted(kernel, "setInterval(() => ticks++, 5);\nconst again = () => { ticks++; setTimeout(again, 5); };\nagain();\nawait new Promise(() => {});")
    # The chain's timer that was already set may run once more.
    assert kernel.run("const before = ticks;\nawait new Promise((go) => setTimeout(go, 200));\nticks - before <= 1").value == "true"


def test_a_loop_left_by_an_earlier_cell_ends(kernel):
    kernel.run("log.length = 0;")
    kernel.run("void (async () => {\n  try {\n    for (;;) await new Promise((next) => setTimeout(next, 10));\n  } finally {\n    log.push('closed');\n  }\n})();")
    interrupted(kernel, "await new Promise(() => {});")
    assert kernel.run("await new Promise((go) => setTimeout(go, 100));\nlog.join()").value == "'closed'"


def test_functions_of_interrupted_cells_can_be_used_again(kernel):
    kernel.send("1")
    interrupted(kernel, "function count(n: number) { let sum = 0; for (let i = 0; i < n; i++) sum += i; return sum; }\nwhile (true) count(10);")
    assert kernel.run("count(4)").value == "6"


def test_the_library_contract(kernel):
    kernel.run(
        'const jupyter = (globalThis as any)[Symbol.for("jupyter.kernel")];\nlog.length = 0;\n'
        "jupyter.onHardStop(() => log.push('hard stop'));"
    )
    assert kernel.run("jupyter.interrupt.throwIfPending();\njupyter.interrupt.pending").value == "false"
    interrupted(kernel, "[1].forEach(function again() { jupyter.interrupt.throwIfPending(); [1].forEach(() => {}); setTimeout(again, 1); });\nawait new Promise(() => {});")
    assert kernel.run("log.length").value == "0"
    interrupted(kernel, "opaqueLoop();")
    assert "hard stop" in kernel.run("log.join()").value


def test_a_step_is_not_cut_in_half(kernel):
    """A library that asks between its steps is not stopped within one, even where the step is long."""
    step = "(end, log) => { while (Date.now() < end); log.push('whole step'); }"
    kernel.run(f"log.length = 0;\nconst step = new Function(`return {step}`)() as (end: number, log: string[]) => void;")
    outcome, _ = interrupted(
        kernel,
        "const { interrupt } = (globalThis as any)[Symbol.for('jupyter.kernel')];\n"
        "for (;;) { interrupt.throwIfPending(); step(Date.now() + 1200, log); interrupt.throwIfPending(); log.push('next'); }",
    )
    assert outcome.error["ename"] == "Interrupted"
    entries = kernel.run("log.join()").value.strip("'").split(",")
    assert entries[-1] == "whole step"


def test_queued_cells_are_aborted_by_an_interrupt(kernel):
    running = kernel.send(HEAD + "while (true) {}")
    queued = kernel.send("'queued'")
    kernel.wait_for_output(running)
    kernel.interrupt()
    assert kernel.wait(running).status == "error"
    assert kernel.wait(queued).status == "aborted"
    assert kernel.run("'fresh'").value == "'fresh'"


def test_an_interrupt_while_idle_changes_nothing(kernel):
    request = kernel.request("interrupt_request", {}, "control")
    assert kernel.reply(request, "control") == {"status": "ok"}
    assert kernel.run("let sum = 0;\nfor (const weight of weights) sum += weight;\nsum").value == "6"


def test_what_an_interrupted_cell_reached_can_be_used(kernel):
    interrupted(kernel, "const history: number[] = [];\nfor (;;) { history.push(1); await new Promise((next) => setTimeout(next, 5)); }")
    assert kernel.run("history.length > 0").value == "true"


def test_an_interrupt_while_the_compiler_works(kernel):
    """The type checker is never stopped half way: the cell ends after it."""
    kernel.run('let stops = 0;\n(globalThis as any)[Symbol.for("jupyter.kernel")].onHardStop(() => stops++);')
    long_type = "type Count<N extends number, A extends 0[] = []> = A['length'] extends N ? A : Count<N, [...A, 0]>;\n"
    request = kernel.send(long_type + "\n".join(f"const a{n}: Count<{n}> = null as any;" for n in range(600, 603)) + "\nwhile (true) {}")
    time.sleep(0.2)
    kernel.interrupt()
    assert kernel.wait(request).error["ename"] == "Interrupted"
    assert kernel.run("stops").value == "0"


# The first prints only after an await: while a cell's first part runs, Node takes the signal's listeners away.
SIGNALLED = {
    "waiting": "await new Promise((go) => setTimeout(go, 50));\n" + HEAD + "await new Promise(() => {});",
    "busy": HEAD + "while (true) {}",
}


@pytest.mark.parametrize("code", SIGNALLED.values(), ids=SIGNALLED.keys())
def test_a_real_sigint_also_after_a_hard_stop(kernel, code):
    interrupted(kernel, "opaqueLoop();")
    request = kernel.send(code)
    kernel.wait_for_output(request)
    os.kill(kernel.process.pid, signal.SIGINT)
    assert kernel.wait(request).status == "error"
    assert kernel.run("weights.join()").value == "'1,2,3'"
