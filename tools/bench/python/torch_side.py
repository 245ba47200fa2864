"""The workloads in PyTorch: python torch_side.py pytorch|torch-compile <workload> <folder>."""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

import common
from torch_networks import NETWORKS, Critic, DcganGenerator, images

contender, workload, folder = sys.argv[1:4]
torch.set_num_threads(2)
torch.manual_seed(1)
arrays = common.read(folder, workload)
maybe_compile = torch.compile if contender == "torch-compile" else lambda function: function


def tensors(name):
    return [torch.from_numpy(array.copy()) for array in arrays[name]]


def in_layout(network, values):
    return [value if layout is None else layout(value) for layout, value in zip(network.layouts, values)]


def parameters(network, name):
    return [value.contiguous().requires_grad_() for value in in_layout(network, tensors(name))]


def pack(x):
    return torch.cat(torch.chunk(x, common.PACK_SIZE), -1)


def discriminator_loss(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def critic_loss(critic, params, real, fake, place):
    between = (real + place * (fake - real)).requires_grad_()
    slopes, = torch.autograd.grad(critic(params, between).sum(), between, create_graph=True)
    norms = torch.sqrt(slopes.square().sum((1, 2, 3)) + 1e-12)
    gap = critic(params, fake).mean() - critic(params, real).mean()
    return gap + common.PENALTY * (norms - 1).square().mean()


def draws(shapes):
    """The first step's numbers are the common ones, later ones are drawn."""
    exported = tensors("draws")

    def draw(i):
        if exported:
            return exported.pop(0)
        return torch.randn(shapes[i]) if len(shapes[i]) == 2 else torch.rand(shapes[i])

    return draw


def update(optimizer, gradients):
    for parameter, gradient in zip(optimizer.param_groups[0]["params"], gradients):
        parameter.grad = gradient
    optimizer.step()


def adam(params):
    rate, beta1 = common.RATES[workload]
    return torch.optim.Adam(params, lr=rate, betas=(beta1, common.BETA2), eps=common.EPSILON)


def training_step():
    generator, discriminator = (make() for make in NETWORKS[workload])
    g, d = parameters(generator, "generator"), parameters(discriminator, "discriminator")
    g_adam, d_adam = adam(g), adam(d)
    real = tensors("real")[0]
    real = images(real).contiguous() if workload in ("dcgan", "critic") else real
    shapes = [list(array.shape) for array in arrays["draws"]]
    draw = draws(shapes)
    generate = maybe_compile(lambda z: generator(g, z))
    d_loss = maybe_compile(lambda fake: discriminator_loss(discriminator(d, real), discriminator(d, fake)))
    g_loss = maybe_compile(lambda z: F.softplus(-discriminator(d, generator(g, z))).mean())
    penalized = maybe_compile(lambda fake, place: critic_loss(discriminator, d, real, fake, place))

    def in_turn():
        with torch.no_grad():
            fake = generate(draw(0))
        first = d_loss(fake)
        update(d_adam, torch.autograd.grad(first, d))
        second = g_loss(draw(1))
        update(g_adam, torch.autograd.grad(second, g))
        return [first.item(), second.item()]

    @maybe_compile
    def both_losses(z):
        packs = pack(generator(g, z))
        logits = discriminator(d, packs)
        first = F.softplus(-discriminator(d, pack(real))).mean() + F.softplus(logits).mean()
        return first, F.softplus(-logits).mean()

    def simultaneous():
        first, second = both_losses(draw(0))
        of_d = torch.autograd.grad(first, d, retain_graph=True)
        of_g = torch.autograd.grad(second, g)
        update(g_adam, of_g)
        update(d_adam, of_d)
        return [first.item(), second.item()]

    def critic_step():
        with torch.no_grad():
            fake = generate(draw(0))
        loss = penalized(fake, draw(1))
        update(d_adam, torch.autograd.grad(loss, d))
        return [loss.item()]

    return {"mlp": in_turn, "dcgan": in_turn, "ring": simultaneous, "critic": critic_step}[workload]


def sampler():
    generator = DcganGenerator()
    params = parameters(generator, "generator")
    first, batch = tensors("draws")[0], len(arrays["draws"][0])
    generate = maybe_compile(lambda z: generator(params, z, training=False))
    state = {"z": first}

    def step():
        with torch.no_grad():
            for made in range(0, common.SAMPLES, batch):
                z = state.pop("z", None)
                values = generate(torch.randn(batch, first.shape[1]) if z is None else z).numpy()
                if made == 0:
                    figures = common.moments(values)
        return figures

    return step


def frechet():
    a, b = tensors("real")

    def gaussian(x):
        x = x.double()
        return x.mean(0), torch.cov(x.t())

    def root(matrix):
        values, vectors = torch.linalg.eigh(matrix)
        return vectors * values.clamp(min=0).sqrt() @ vectors.t()

    def step():
        (mean_a, cov_a), (mean_b, cov_b) = gaussian(a), gaussian(b)
        half = root(cov_a)
        trace = torch.linalg.eigvalsh(half @ cov_b @ half).clamp(min=0).sqrt().sum()
        return [((mean_a - mean_b).square().sum() + cov_a.trace() + cov_b.trace() - 2 * trace).item()]

    return step


class Side:
    def prepare(self):
        if workload == "frechet":
            if contender == "torch-compile":
                raise NotImplementedError("there is nothing to compile")
            return frechet()
        return sampler() if workload == "sampling" else training_step()

    def gradients(self):
        file = os.path.join(folder, f"{workload}.gradients.pytorch.f32")
        values = critic_gradients() if workload == "critic" else unrolled_gradients()
        np.concatenate([value.detach().numpy().ravel() for value in values]).astype("<f4").tofile(file)
        return file


def critic_gradients():
    """By the weights in the common layout: the way to PyTorch's is differentiated as well."""
    generator, critic = DcganGenerator(), Critic()
    leaves = [value.requires_grad_() for value in tensors("discriminator")]
    z, place = tensors("draws")
    with torch.no_grad():
        fake = generator(parameters(generator, "generator"), z)
    loss = critic_loss(critic, in_layout(critic, leaves), images(tensors("real")[0]), fake, place)
    return torch.autograd.grad(loss, leaves)


def unrolled_gradients():
    def network(x, p):
        return torch.tanh(x @ p[0] + p[1]) @ p[2] + p[3]

    leaves = [value.requires_grad_() for value in tensors("generator")]
    current = [value.requires_grad_() for value in tensors("discriminator")]
    real, fake = tensors("real")[0], network(tensors("draws")[0], leaves)
    for _ in range(common.UNROLLED_STEPS):
        loss = discriminator_loss(network(real, current), network(fake, current))
        slopes = torch.autograd.grad(loss, current, create_graph=True)
        current = [weight - common.UNROLLED_RATE * slope for weight, slope in zip(current, slopes)]
    return torch.autograd.grad(F.softplus(-network(fake, current)).mean(), leaves)


common.serve(Side(), f"PyTorch {torch.__version__}")
