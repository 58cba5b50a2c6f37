"""Boundary equilibrium GAN."""

from torch import nn
from torch.nn import functional

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
        self.code = nn.Linear(flat, architecture["code"])
        self.naming = nn.Linear(architecture["code"], pictures.classes)
        self.back = Generator(architecture["code"], architecture["decoder"], activation, pictures)

    def forward(self, x, one_hot, class_weight):
        """Mean absolute error of the way there and back, and how badly the class is read."""
        code = self.code(self.halvings(x).permute(0, 2, 3, 1).flatten(1))
        pixels = (self.back(code, one_hot) - x).abs().mean()
        return pixels + class_weight * functional.cross_entropy(self.naming(code), one_hot)


def training(definition, pictures):
    settings = definition["training"]
    drawing = Drawing(definition, pictures)
    critic = Autoencoder(definition["architecture"]["critic"], pictures)
    class_weight = settings["class-weight"]
    balance = {"k": 0.0}

    def loss(step):
        one_hot = pictures.one_hot(step)
        of_real = critic(pictures.signed(step), one_hot, class_weight)
        of_drawn = critic(drawing.draw(one_hot), one_hot, class_weight)
        k = balance["k"]
        change = settings["gamma"] * of_real.item() - of_drawn.item()
        balance["k"] = min(1.0, max(0.0, k + settings["lambda"] * change))
        return of_real, of_drawn, -k

    return SimultaneousContest(drawing.generator, critic, settings, loss)
