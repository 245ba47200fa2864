"""What the peers in Python share: the common weights and samples, and the answers to JSON lines (see ../contender.mjs)."""
import json
import os
import resource
import sys
import time

import numpy as np

PACK_SIZE, SAMPLES, PENALTY = 2, 10_000, 10.0
BETA2, EPSILON = 0.999, 1e-7
UNROLLED_STEPS, UNROLLED_RATE = 3, 0.3
RATES = {"mlp": (2e-4, 0.5), "ring": (1e-4, 0.8), "dcgan": (2e-4, 0.5), "critic": (1e-4, 0.5)}
"""Learning rate and beta1 of Adam; with the sizes above, those of ../workloads.mjs."""

ERROR_LENGTH = 400


def read(folder, workload):
    """The exported arrays by name: generator, discriminator, real, draws."""
    with open(os.path.join(folder, f"{workload}.json"), encoding="utf8") as file:
        shapes = json.load(file)
    arrays = {}
    for name, list_of_shapes in shapes.items():
        values = np.fromfile(os.path.join(folder, f"{workload}.{name}.f32"), dtype="<f4")
        ends = np.cumsum([int(np.prod(shape)) for shape in list_of_shapes])
        arrays[name] = [part.reshape(shape) for part, shape in zip(np.split(values, ends[:-1]), list_of_shapes)] if list_of_shapes else []
    return arrays


def moments(images):
    """Mean and mean square, which the sides' samples are compared by."""
    return [float(images.mean()), float(np.square(images).mean())]


def serve(side, version):
    """Answers commands until stdin ends; `side` has prepare() -> step and gradients() -> file."""
    out, sys.stdout = sys.stdout, sys.stderr
    state = {}

    def prepare(_):
        state["step"] = side.prepare()
        start = time.perf_counter()
        figures = state["step"]()
        for _ in range(3):
            state["step"]()
        return {"figures": [float(figure) for figure in figures], "warmUpSeconds": time.perf_counter() - start}

    def run(options):
        start = time.perf_counter()
        for _ in range(options["steps"]):
            state["step"]()
        return {"seconds": time.perf_counter() - start}

    def memory(_):
        return {"peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}

    answers = {"prepare": prepare, "run": run, "memory": memory, "gradients": lambda _: {"file": side.gradients()}}
    print(json.dumps({"ready": True, "version": version}), file=out, flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = answers[command["do"]](command)
        except Exception as error:  # what went wrong belongs to the answer; the process goes on
            answer = {"error": f"{type(error).__name__}: {' '.join(str(error).split())[:ERROR_LENGTH]}"}
        print(json.dumps(answer), file=out, flush=True)
