"""The losses in PyTorch."""
import torch
import torch.nn.functional as F

import common


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
