"""Parameter gradients in PyTorch that need second derivatives, for the comparison with gan-lib's."""
import torch
import torch.nn.functional as F

import common
from torch_losses import critic_loss, discriminator_loss
from torch_networks import Critic, DcganGenerator, images, in_layout, parameters, tensors


def critic(arrays):
    """By the weights in the common layout: the way to PyTorch's is differentiated as well."""
    generator, discriminator = DcganGenerator(), Critic()
    leaves = [value.requires_grad_() for value in tensors(arrays["discriminator"])]
    z, place = tensors(arrays["draws"])
    with torch.no_grad():
        fake = generator(parameters(generator, arrays["generator"]), z)
    loss = critic_loss(discriminator, in_layout(discriminator, leaves), images(tensors(arrays["real"])[0]), fake, place)
    return torch.autograd.grad(loss, leaves)


def unrolled(arrays):
    def network(x, p):
        return torch.tanh(x @ p[0] + p[1]) @ p[2] + p[3]

    leaves = [value.requires_grad_() for value in tensors(arrays["generator"])]
    current = [value.requires_grad_() for value in tensors(arrays["discriminator"])]
    real, fake = tensors(arrays["real"])[0], network(tensors(arrays["draws"])[0], leaves)
    for _ in range(common.UNROLLED_STEPS):
        loss = discriminator_loss(network(real, current), network(fake, current))
        slopes = torch.autograd.grad(loss, current, create_graph=True)
        current = [weight - common.UNROLLED_RATE * slope for weight, slope in zip(current, slopes)]
    return torch.autograd.grad(F.softplus(-network(fake, current)).mean(), leaves)
