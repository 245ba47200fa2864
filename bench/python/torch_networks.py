"""The networks in PyTorch, from a list of parameters each, layer by layer those of the other sides.

Images are [N, C, H, W] and mirrored in both directions, kernels with them: PyTorch pads a strided convolution on the
other side than TensorFlow's "same" does, and in the mirror both are the same network, at no cost.
"""
import torch
import torch.nn.functional as F


def kernel(w):  # [h, w, in, out] or, transposed, [h, w, out, in] -> PyTorch's [out, in, h, w] or [in, out, h, w]
    return w.permute(3, 2, 0, 1).flip(2, 3)


def from_map(w):  # a dense layer's [h * w * c, outputs] behind a 7 x 7 map
    return w.reshape(7, 7, -1, w.shape[1]).permute(2, 0, 1, 3).flip(1, 2).reshape(w.shape)


def to_map(w):  # a dense layer's [inputs, h * w * c] before a 7 x 7 map
    return w.reshape(w.shape[0], 7, 7, -1).permute(0, 3, 1, 2).flip(2, 3).reshape(w.shape)


def images(x):  # [N, H, W, C] -> [N, C, H, W]
    return x.permute(0, 3, 1, 2).flip(2, 3)


def leaky(x):
    return F.leaky_relu(x, 0.2)


def norm(x, gamma, beta, running, training):
    mean, variance = running
    return F.batch_norm(x, mean, variance, gamma, beta, training=training, momentum=0.1, eps=1e-5)


def running(channels):
    return torch.zeros(channels), torch.ones(channels)


def dense(x, w, b=None):
    return F.linear(x, w.t(), b)


class MlpGenerator:
    layouts = [None] * 8

    def __call__(self, p, z, training=True):
        h = z
        for i in (0, 2, 4):
            h = leaky(dense(h, p[i], p[i + 1]))
        return torch.tanh(dense(h, p[6], p[7])).reshape(-1, 1, 28, 28)


class MlpDiscriminator:
    layouts = [None] * 6

    def __call__(self, p, x):
        h = x.reshape(x.shape[0], -1)
        for i in (0, 2):
            h = leaky(dense(h, p[i], p[i + 1]))
        return dense(h, p[4], p[5])


class DcganGenerator:
    layouts = [to_map, None, None, kernel, None, None, kernel, None]

    def __init__(self):
        self.running = running(128), running(64)

    def __call__(self, p, z, training=True):
        h = dense(z, p[0]).reshape(-1, 128, 7, 7)
        h = F.relu(norm(h, p[1], p[2], self.running[0], training))
        h = F.conv_transpose2d(h, p[3], stride=2, padding=2, output_padding=1)
        h = F.relu(norm(h, p[4], p[5], self.running[1], training))
        return torch.tanh(F.conv_transpose2d(h, p[6], p[7], stride=2, padding=2, output_padding=1))


class DcganDiscriminator:
    layouts = [kernel, None, kernel, None, None, from_map, None]

    def __init__(self):
        self.running = running(128)

    def __call__(self, p, x):
        h = leaky(F.conv2d(x, p[0], p[1], stride=2, padding=2))
        h = leaky(norm(F.conv2d(h, p[2], stride=2, padding=2), p[3], p[4], self.running, True))
        return dense(h.reshape(h.shape[0], -1), p[5], p[6])


class Critic:
    layouts = [kernel, None, kernel, None, from_map, None]

    def __call__(self, p, x):
        h = leaky(F.conv2d(x, p[0], p[1], stride=2, padding=2))
        h = leaky(F.conv2d(h, p[2], p[3], stride=2, padding=2))
        return dense(h.reshape(h.shape[0], -1), p[4], p[5])


class PacganGenerator:
    layouts = [None] * 14

    def __init__(self):
        self.running = [running(400) for _ in range(4)]

    def __call__(self, p, z, training=True):
        h = z
        for i in range(4):
            h = F.relu(norm(dense(h, p[3 * i]), p[3 * i + 1], p[3 * i + 2], self.running[i], training))
        return dense(h, p[12], p[13])


class PacganDiscriminator:
    layouts = [None] * 8

    def __call__(self, p, x):
        h = x
        for i in (0, 2, 4):
            h = dense(h, p[i], p[i + 1]).reshape(-1, 5, 200).amax(1)
        return dense(h, p[6], p[7])


NETWORKS = {
    "mlp": (MlpGenerator, MlpDiscriminator),
    "ring": (PacganGenerator, PacganDiscriminator),
    "dcgan": (DcganGenerator, DcganDiscriminator),
    "critic": (DcganGenerator, Critic),
    "sampling": (DcganGenerator, None),
}


def tensors(arrays):
    return [torch.from_numpy(array.copy()) for array in arrays]


def in_layout(network, values):
    """Parameters as PyTorch lays them out; differentiable."""
    return [value if layout is None else layout(value) for layout, value in zip(network.layouts, values)]


def parameters(network, arrays):
    return [value.contiguous().requires_grad_() for value in in_layout(network, tensors(arrays))]
