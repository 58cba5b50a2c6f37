"""Generative adversarial networks: non-saturating with R1, and Wasserstein with gradient penalty."""

import torch
from torch import nn
from torch.nn import functional

from .layers import Generator, halvings
from .training import Contest


class Critic(nn.Module):
    """How real an image of a class is, by projection."""

    def __init__(self, architecture, pictures):
        super().__init__()
        widths = architecture["channels"]
        self.halvings = halvings(pictures.channels, widths, "leaky-relu")
        flat = widths[-1] * (pictures.size // 2 ** len(widths)) ** 2
        self.hidden = nn.Linear(flat, architecture["hidden"])
        self.real = nn.Linear(architecture["hidden"], 1)
        self.of_class = nn.Linear(pictures.classes, architecture["hidden"])

    def forward(self, x, one_hot):
        h = self.halvings(x).permute(0, 2, 3, 1).flatten(1)
        h = functional.leaky_relu(self.hidden(h), 0.1)
        return self.real(h) + (h * self.of_class(one_hot)).sum(1, keepdim=True)


def slopes(critic, x, one_hot):
    """Squared lengths of the gradients of the answers by the images, (B)."""
    x = x.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(x, one_hot).sum(), x, create_graph=True)
    return gradient.square().sum((1, 2, 3))


class Drawing:
    """Images that a generator draws for the classes of a step."""

    def __init__(self, definition, pictures):
        part = definition["architecture"]["generator"]
        self.pictures = pictures
        self.latent = part["latent"]
        self.generator = Generator(self.latent, part["channels"], part["activation"], pictures)

    def draw(self, one_hot):
        return self.generator(torch.randn(len(one_hot), self.latent), one_hot)

    @torch.no_grad()
    def draw_for_critic(self, one_hot):
        return self.draw(one_hot)


def gan(definition, pictures):
    settings = definition["training"]
    drawing = Drawing(definition, pictures)
    critic = Critic(definition["architecture"]["critic"], pictures)

    def critic_loss(critic, step):
        x = pictures.signed(step)
        one_hot = pictures.one_hot(step)
        of_real = critic(x, one_hot)
        of_drawn = critic(drawing.draw_for_critic(one_hot), one_hot)
        loss = functional.softplus(-of_real).mean() + functional.softplus(of_drawn).mean()
        if settings["r1"] > 0 and step % settings["r1-every"] == 0:
            factor = settings["r1"] / 2 * settings["r1-every"]
            loss = loss + factor * slopes(critic, x, one_hot).mean()
        return loss

    def generator_loss(generator, step):
        one_hot = pictures.one_hot(step * settings["critic-steps"])
        return functional.softplus(-critic(drawing.draw(one_hot), one_hot)).mean()

    return Contest(drawing.generator, critic, settings, generator_loss, critic_loss)


def wgan_gp(definition, pictures):
    settings = definition["training"]
    drawing = Drawing(definition, pictures)
    critic = Critic(definition["architecture"]["critic"], pictures)

    def critic_loss(critic, step):
        x = pictures.signed(step)
        one_hot = pictures.one_hot(step)
        drawn = drawing.draw_for_critic(one_hot)
        between = torch.lerp(drawn, x, torch.rand(len(x), 1, 1, 1))
        lengths = (slopes(critic, between, one_hot) + 1e-12).sqrt()
        penalty = settings["penalty"] * (lengths - 1).square().mean()
        return critic(drawn, one_hot).mean() - critic(x, one_hot).mean() + penalty

    def generator_loss(generator, step):
        one_hot = pictures.one_hot(step * settings["critic-steps"])
        return -critic(drawing.draw(one_hot), one_hot).mean()

    return Contest(drawing.generator, critic, settings, generator_loss, critic_loss)
