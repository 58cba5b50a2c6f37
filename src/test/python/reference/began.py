"""Boundary equilibrium GAN."""

from torch import nn

from .adversarial import Drawing
from .layers import Generator, halvings
from .training import SimultaneousContest


class Autoencoder(nn.Module):
    def __init__(self, architecture, pictures):
        super().__init__()
        widths = architecture["channels"]
        activation = architecture["activation"]
        self.halvings = halvings(pictures.channels, widths, activation)
        flat = widths[-1] * (pictures.size // 2 ** len(widths)) ** 2
        self.codes = nn.Linear(flat, pictures.classes * architecture["code"])
        self.back = Generator(architecture["code"], architecture["decoder"], activation, pictures)

    def forward(self, x, one_hot):
        """Mean absolute error of the way there and back, by the class's own code."""
        codes = self.codes(self.halvings(x).permute(0, 2, 3, 1).flatten(1))
        own = (codes.view(len(x), one_hot.shape[1], -1) * one_hot[:, :, None]).sum(1)
        return (self.back(own, one_hot) - x).abs().mean()


def training(definition, pictures):
    settings = definition["training"]
    drawing = Drawing(definition, pictures)
    critic = Autoencoder(definition["architecture"]["critic"], pictures)
    balance = {"k": 0.0}

    def loss(step):
        one_hot = pictures.one_hot(step)
        of_real = critic(pictures.signed(step), one_hot)
        of_drawn = critic(drawing.draw(one_hot), one_hot)
        k = balance["k"]
        change = settings["gamma"] * of_real.item() - of_drawn.item()
        balance["k"] = min(1.0, max(0.0, k + settings["lambda"] * change))
        return of_real, of_drawn, -k

    return SimultaneousContest(drawing.generator, critic, settings, loss)
