"""
Whatever a cell is, its request ends in a reply, and the kernel computes afterwards.

    GAN_FUZZ_CELLS=5000 .venv/bin/python -m pytest test/kernel/test_fuzz.py -s      (some minutes)
"""
import os
import time

from hostile import cells, sendable, shown

COUNT = int(os.environ.get("GAN_FUZZ_CELLS", "150"))
SEED = int(os.environ.get("GAN_FUZZ_SEED", "1"))
# Far from what a reply takes; a kernel that gives none would wait for ever.
SLOWEST_SECONDS = 30
# Computing is tried now and then, and at the end.
EVERY = 20


def test_every_cell_gets_a_reply(kernel):
    slowest, failed = (0.0, ""), 0
    for number, code in enumerate(cells(COUNT, SEED)):
        started = time.monotonic()
        outcome = kernel.run(sendable(code), timeout=SLOWEST_SECONDS)
        seconds = time.monotonic() - started
        failed += outcome.status == "error"
        slowest = max(slowest, (seconds, shown(code)))
        assert outcome.status in ("ok", "error"), shown(code)
        assert len(outcome.of("error")) == (outcome.status == "error"), shown(code)
        if number % EVERY == 0 or number == COUNT - 1:
            check_that_it_computes(kernel, code)
    print(f"\n{COUNT} cells, {failed} failed with an error message, slowest reply {slowest[0]:.2f} s: {slowest[1]}")


def check_that_it_computes(kernel, code):
    # A failure that came between the cells fails the first of them.
    outcomes = [kernel.run("1 + 1", timeout=SLOWEST_SECONDS) for _ in range(2)]
    assert outcomes[-1].value == "2", f"after {shown(code)}: {outcomes[-1].reply}"
