"""The networks in TensorFlow, from a list of parameters each, layer by layer those of the other sides."""
import tensorflow as tf


def leaky(x):
    return tf.nn.leaky_relu(x, 0.2)


def running(channels):
    return tf.Variable(tf.zeros(channels), trainable=False), tf.Variable(tf.ones(channels), trainable=False)


def norm(x, gamma, beta, moments, training=True):
    """Batch normalisation with TensorFlow's fused kernel; running moments keep 0.9."""
    shape = tf.shape(x)
    rows = tf.reshape(x, [-1, 1, 1, x.shape[-1]])
    if not training:
        y, _, _ = tf.compat.v1.nn.fused_batch_norm(rows, gamma, beta, *moments, epsilon=1e-5, is_training=False)
        return tf.reshape(y, shape)
    y, *batch = tf.compat.v1.nn.fused_batch_norm(rows, gamma, beta, epsilon=1e-5, is_training=True)
    for variable, value in zip(moments, batch):
        variable.assign(0.9 * variable + 0.1 * value)
    return tf.reshape(y, shape)


def conv(x, w):
    return tf.nn.conv2d(x, w, 2, "SAME")


def deconv(x, w, side):
    return tf.nn.conv2d_transpose(x, w, [tf.shape(x)[0], side, side, w.shape[2]], 2, "SAME")


class MlpGenerator:
    def __call__(self, p, z, training=True):
        h = z
        for i in (0, 2, 4):
            h = leaky(h @ p[i] + p[i + 1])
        return tf.reshape(tf.tanh(h @ p[6] + p[7]), [-1, 28, 28, 1])


class MlpDiscriminator:
    def __call__(self, p, x):
        h = tf.reshape(x, [-1, 784])
        for i in (0, 2):
            h = leaky(h @ p[i] + p[i + 1])
        return h @ p[4] + p[5]


class DcganGenerator:
    def __init__(self):
        self.running = running(128), running(64)

    def __call__(self, p, z, training=True):
        h = tf.nn.relu(norm(tf.reshape(z @ p[0], [-1, 7, 7, 128]), p[1], p[2], self.running[0], training))
        h = tf.nn.relu(norm(deconv(h, p[3], 14), p[4], p[5], self.running[1], training))
        return tf.tanh(deconv(h, p[6], 28) + p[7])


class DcganDiscriminator:
    def __init__(self):
        self.running = running(128)

    def __call__(self, p, x):
        h = leaky(conv(x, p[0]) + p[1])
        h = leaky(norm(conv(h, p[2]), p[3], p[4], self.running))
        return tf.reshape(h, [-1, 6272]) @ p[5] + p[6]


class Critic:
    def __call__(self, p, x):
        h = leaky(conv(x, p[0]) + p[1])
        h = leaky(conv(h, p[2]) + p[3])
        return tf.reshape(h, [-1, 6272]) @ p[4] + p[5]


class PacganGenerator:
    def __init__(self):
        self.running = [running(400) for _ in range(4)]

    def __call__(self, p, z, training=True):
        h = z
        for i in range(4):
            h = tf.nn.relu(norm(h @ p[3 * i], p[3 * i + 1], p[3 * i + 2], self.running[i], training))
        return h @ p[12] + p[13]


class PacganDiscriminator:
    def __call__(self, p, x):
        h = x
        for i in (0, 2, 4):
            h = tf.reduce_max(tf.reshape(h @ p[i] + p[i + 1], [-1, 5, 200]), 1)
        return h @ p[6] + p[7]


NETWORKS = {
    "mlp": (MlpGenerator, MlpDiscriminator),
    "ring": (PacganGenerator, PacganDiscriminator),
    "dcgan": (DcganGenerator, DcganDiscriminator),
    "critic": (DcganGenerator, Critic),
}
