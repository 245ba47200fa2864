"""The workloads in PyTorch: python torch_side.py pytorch|torch-compile <workload> <folder>."""
import os
import sys

import numpy as np
import torch
import torch.nn.functional as F

import common
import torch_gradients
from torch_losses import critic_loss, discriminator_loss, pack
from torch_networks import NETWORKS, DcganGenerator, images, parameters, tensors

contender, workload, folder = sys.argv[1:4]
torch.set_num_threads(2)
torch.manual_seed(1)
arrays = common.read(folder, workload)
maybe_compile = torch.compile if contender == "torch-compile" else lambda function: function


def draws(shapes):
    """The first step's numbers are the common ones, later ones are drawn."""
    exported = tensors(arrays["draws"])

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
    g, d = parameters(generator, arrays["generator"]), parameters(discriminator, arrays["discriminator"])
    g_adam, d_adam = adam(g), adam(d)
    real = tensors(arrays["real"])[0]
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
    params = parameters(generator, arrays["generator"])
    first, batch = tensors(arrays["draws"])[0], len(arrays["draws"][0])
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
    a, b = tensors(arrays["real"])

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
        values = (torch_gradients.critic if workload == "critic" else torch_gradients.unrolled)(arrays)
        np.concatenate([value.detach().numpy().ravel() for value in values]).astype("<f4").tofile(file)
        return file


common.serve(Side(), f"PyTorch {torch.__version__}")
