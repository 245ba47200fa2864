"""The workloads in TensorFlow's graphs (tf.function): python tensorflow_side.py tensorflow <workload> <folder>."""
import sys

import common
import tensorflow as tf
from tensorflow_networks import NETWORKS, DcganGenerator

workload, folder = sys.argv[2:4]
tf.config.threading.set_intra_op_parallelism_threads(2)
tf.random.set_seed(1)
arrays = common.read(folder, workload)


class Adam:
    """TensorFlow's fused Adam, one kernel a variable. Its epsilon stands beside the uncorrected root: rescaled, the
    first step is that of the others."""

    def __init__(self, params):
        self.params = params
        self.rate, self.beta1 = common.RATES[workload]
        self.slots = [(tf.Variable(tf.zeros_like(p)), tf.Variable(tf.zeros_like(p))) for p in params]
        self.powers = tf.Variable(self.beta1), tf.Variable(common.BETA2)

    def apply(self, gradients):
        for p, (m, v), gradient in zip(self.params, self.slots, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=p.handle, m=m.handle, v=v.handle, beta1_power=self.powers[0], beta2_power=self.powers[1],
                lr=self.rate, beta1=self.beta1, beta2=common.BETA2, epsilon=common.EPSILON * (1 - common.BETA2) ** 0.5, grad=gradient)
        for power, beta in zip(self.powers, (self.beta1, common.BETA2)):
            power.assign(power * beta)


def pack(x):
    return tf.concat(tf.split(x, common.PACK_SIZE), -1)


def mean_softplus(x):
    return tf.reduce_mean(tf.nn.softplus(x))


def training_step():
    generator, discriminator = (make() for make in NETWORKS[workload])
    g, d = ([tf.Variable(array) for array in arrays[name]] for name in ("generator", "discriminator"))
    g_adam, d_adam = Adam(g), Adam(d)
    real = tf.constant(arrays["real"][0])

    def in_turn(z, again):
        fake = generator(g, z)
        with tf.GradientTape() as tape:
            first = mean_softplus(-discriminator(d, real)) + mean_softplus(discriminator(d, fake))
        d_adam.apply(tape.gradient(first, d))
        with tf.GradientTape() as tape:
            second = mean_softplus(-discriminator(d, generator(g, again)))
        g_adam.apply(tape.gradient(second, g))
        return tf.stack([first, second])

    def simultaneous(z):
        with tf.GradientTape(persistent=True) as tape:
            logits = discriminator(d, pack(generator(g, z)))
            first = mean_softplus(-discriminator(d, pack(real))) + mean_softplus(logits)
            second = mean_softplus(-logits)
        of_d, of_g = tape.gradient(first, d), tape.gradient(second, g)
        g_adam.apply(of_g)
        d_adam.apply(of_d)
        return tf.stack([first, second])

    def critic_step(z, place):
        fake = generator(g, z)
        between = real + place * (fake - real)
        with tf.GradientTape() as tape:
            with tf.GradientTape() as inner:
                inner.watch(between)
                total = tf.reduce_sum(discriminator(d, between))
            norms = tf.sqrt(tf.reduce_sum(tf.square(inner.gradient(total, between)), [1, 2, 3]) + 1e-12)
            gap = tf.reduce_mean(discriminator(d, fake)) - tf.reduce_mean(discriminator(d, real))
            loss = gap + common.PENALTY * tf.reduce_mean(tf.square(norms - 1))
        d_adam.apply(tape.gradient(loss, d))
        return tf.stack([loss])

    step = tf.function({"mlp": in_turn, "dcgan": in_turn, "ring": simultaneous, "critic": critic_step}[workload])
    return with_draws(lambda *numbers: step(*numbers).numpy())


def with_draws(step):
    """The first step's numbers are the common ones, later ones are drawn."""
    shapes = [array.shape for array in arrays["draws"]]
    exported = [tf.constant(array) for array in arrays["draws"]]

    def next_step():
        nonlocal exported
        numbers = exported or [tf.random.normal(shape) if len(shape) == 2 else tf.random.uniform(shape) for shape in shapes]
        exported = None
        return step(*numbers)

    return next_step


def sampler():
    generator = DcganGenerator()
    params = [tf.Variable(array) for array in arrays["generator"]]
    generate = tf.function(lambda z: generator(params, z, training=False))
    chunk = with_draws(lambda z: generate(z).numpy())

    def step():
        batch = len(arrays["draws"][0])
        first = chunk()
        for _ in range(batch, common.SAMPLES, batch):
            chunk()
        return common.moments(first)

    return step


def frechet():
    features = [tf.constant(array) for array in arrays["real"]]

    def gaussian(x):
        x = tf.cast(x, tf.float64)
        mean = tf.reduce_mean(x, 0)
        return mean, tf.matmul(x - mean, x - mean, transpose_a=True) / (x.shape[0] - 1)

    def root(matrix):
        values, vectors = tf.linalg.eigh(matrix)
        return tf.matmul(vectors * tf.sqrt(tf.maximum(values, 0)), vectors, transpose_b=True)

    @tf.function
    def step():
        (mean_a, cov_a), (mean_b, cov_b) = map(gaussian, features)
        half = root(cov_a)
        trace = tf.reduce_sum(tf.sqrt(tf.maximum(tf.linalg.eigvalsh(half @ cov_b @ half), 0)))
        return tf.reduce_sum(tf.square(mean_a - mean_b)) + tf.linalg.trace(cov_a) + tf.linalg.trace(cov_b) - 2 * trace

    return lambda: [step().numpy()]


class Side:
    def prepare(self):
        return {"frechet": frechet, "sampling": sampler}.get(workload, training_step)()

    def gradients(self):
        raise NotImplementedError("gradients are compared with PyTorch's")


common.serve(Side(), f"TensorFlow {tf.__version__}")
