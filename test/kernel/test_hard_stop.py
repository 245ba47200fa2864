"""A hard stop drops the stack in the middle of a traced step; what tracing had changed is as it was before."""
import random
import time

import pytest

PREPARE = """
import * as gan from "gan-lib";
const { tf } = gan;
await gan.ready();
const spin = new Function("ms", "const end = Date.now() + ms; while (Date.now() < end);") as (ms: number) => void;
const backend = tf.backend() as any;
const methods = () => [Math.random, backend.binding, backend.getInputTensorIds, backend.write, backend.readSync,
  tf.Optimizer.prototype["incrementIterations" as never], tf.AdamOptimizer.prototype.applyGradients];
const before = methods();
const weight = tf.variable(tf.tensor1d([1, 2, 3]));
const adam = tf.train.adam(0.1);
const parts = 10;
let pause = 200;
const train = () => {
  for (let i = 0; i < parts; i++) { adam.minimize(() => tf.sum(tf.square(weight))); spin(pause); }
  return tf.sum(weight);
};
"""


@pytest.fixture(scope="module", autouse=True)
def prepared(kernel):
    assert kernel.run(PREPARE).status == "ok"


# Short parts end by the loop's own check; long ones, whose stack is dropped, are what a library's loop is.
@pytest.mark.parametrize("seconds, pause", [(random.Random(seed).uniform(0.05, 1.5), pause) for seed in range(2) for pause in (300, 3000)])
def test_an_interrupt_within_a_traced_step(kernel, seconds, pause):
    kernel.run(f"const tensors = tf.memory().numTensors;\nconst was = weight.arraySync().join();\npause = {pause};")
    request = kernel.send("const step = gan.compile(train);\nconsole.log('running');\nstep().dispose();")
    kernel.wait_for_output(request)
    time.sleep(seconds)
    kernel.interrupt()
    assert kernel.wait(request).error["ename"] == "Interrupted"
    assert kernel.run("methods().every((method, i) => method === before[i])").value == "true"
    assert kernel.run("weight.arraySync().join() === was").value == "true"
    # The optimizer's moments may have been made meanwhile; nothing else is left.
    assert kernel.run("tf.memory().numTensors - tensors <= 2").value == "true"
    done = kernel.run("pause = 0;\nconst again = gan.compile(train);\nfor (let i = 0; i < 4; i++) again().dispose();\nconst made = again.graphs();\nagain.dispose();\nmade")
    assert done.value == "1"


@pytest.mark.parametrize("seconds", [4])
def test_a_long_step_of_a_stepping_library_is_not_cut(kernel, seconds):
    kernel.run("const steps: string[] = [];\nconst { interrupt } = (globalThis as any)[Symbol.for('jupyter.kernel')];")
    request = kernel.send(f"console.log('running');\nfor (;;) {{ interrupt.throwIfPending(); steps.push('begun'); spin({seconds * 1000}); steps.push('whole'); }}")
    kernel.wait_for_output(request)
    time.sleep(random.Random(seconds).uniform(0.1, 1))
    kernel.interrupt()
    assert kernel.wait(request).error["ename"] == "Interrupted"
    assert kernel.run("steps.join()").value == "'begun,whole'"
