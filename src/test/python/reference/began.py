"""Boundary equilibrium GAN."""

from torch import nn

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
        self.back = Generator(architecture["code"], architecture["decoder"], activation, pictures)

    def forward(self, x, one_hot):
        """Mean absolute error of the way there and back."""
        code = self.code(self.halvings(x).permute(0, 2, 3, 1).flatten(1))
        return (self.back(code, one_hot) - x).abs().mean()


def training(definition, pictures):
    settings = definition["training"]
    drawing = Drawing(definition, pictures)
    critic = Autoencoder(definition["architecture"]["critic"], pictures)
    balance = {"k": 0.0, "real": 0.0}

    def critic_loss(critic, step):
        one_hot = pictures.one_hot(step)
        of_real = critic(pictures.signed(step), one_hot)
        of_drawn = critic(drawing.draw_for_critic(one_hot), one_hot)
        balance["real"] = of_real.item()
        return of_real - balance["k"] * of_drawn

    def generator_loss(generator, step):
        one_hot = pictures.one_hot(step * settings["critic-steps"])
        error = critic(drawing.draw(one_hot), one_hot)
        change = settings["gamma"] * balance["real"] - error.item()
        balance["k"] = min(1.0, max(0.0, balance["k"] + settings["lambda"] * change))
        return error

    return Contest(drawing.generator, critic, settings, generator_loss, critic_loss)
