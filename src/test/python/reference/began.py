"""Boundary equilibrium GAN."""

from torch import nn
from torch.nn import functional

from .adversarial import Drawing
from .layers import Generator, halvings
from .training import Contest


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

    def forward(self, x, one_hot):
        """Mean absolute error of the way there and back, and how badly the class is read."""
        code = self.code(self.halvings(x).permute(0, 2, 3, 1).flatten(1))
        pixels = (self.back(code, one_hot) - x).abs().mean()
        return pixels, functional.cross_entropy(self.naming(code), one_hot)


def training(definition, pictures):
    settings = definition["training"]
    drawing = Drawing(definition, pictures)
    critic = Autoencoder(definition["architecture"]["critic"], pictures)
    balance = {"k": 0.0, "real": 0.0}

    def critic_loss(critic, step):
        one_hot = pictures.one_hot(step)
        of_real, naming = critic(pictures.signed(step), one_hot)
        of_drawn, _ = critic(drawing.draw_for_critic(one_hot), one_hot)
        balance["real"] = of_real.item()
        return of_real - balance["k"] * of_drawn + settings["class-weight"] * naming

    def generator_loss(generator, step):
        one_hot = pictures.one_hot(step * settings["critic-steps"])
        error, naming = critic(drawing.draw(one_hot), one_hot)
        change = settings["gamma"] * balance["real"] - error.item()
        balance["k"] = min(1.0, max(0.0, balance["k"] + settings["lambda"] * change))
        return error + settings["class-weight"] * naming

    return Contest(drawing.generator, critic, settings, generator_loss, critic_loss)
