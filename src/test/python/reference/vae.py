"""Variational autoencoder."""

import torch
from torch import nn
from torch.nn import functional

from .layers import ACTIVATIONS, conv, doublings, halvings
from .training import Minimisation


class Vae(nn.Module):
    def __init__(self, architecture, pictures):
        super().__init__()
        encoder = architecture["encoder"]
        decoder = architecture["decoder"]
        latent = architecture["latent"]
        activation = architecture["activation"]
        widths = decoder["channels"]
        small = pictures.size // 2 ** len(encoder["channels"])
        self.told = encoder.get("conditional", False)
        self.halvings = halvings(pictures.channels, encoder["channels"], activation)
        flat = encoder["channels"][-1] * small**2 + (pictures.classes if self.told else 0)
        self.hidden = nn.Sequential(nn.Linear(flat, encoder["hidden"]), ACTIVATIONS[activation]())
        self.mean = nn.Linear(encoder["hidden"], latent)
        self.log_variance = nn.Linear(encoder["hidden"], latent)
        self.smallest = nn.Sequential(
            nn.Linear(latent + pictures.classes, decoder["hidden"]),
            ACTIVATIONS[activation](),
            nn.Linear(decoder["hidden"], widths[0] * small**2),
            ACTIVATIONS[activation](),
            nn.Unflatten(1, (small, small, widths[0])),
        )
        self.doublings = doublings(widths, activation)
        if decoder["output"] == "shuffle":
            self.output = nn.Sequential(
                conv(widths[-1], widths[-1], 3),
                ACTIVATIONS[activation](),
                conv(widths[-1], 4 * pictures.channels, 3),
                nn.PixelShuffle(2),
            )
        else:
            self.output = conv(widths[-1], pictures.channels, 3)

    def forward(self, x, one_hot):
        h = self.halvings(x).permute(0, 2, 3, 1).flatten(1)
        h = self.hidden(torch.cat([h, one_hot], 1) if self.told else h)
        mean = self.mean(h)
        log_variance = self.log_variance(h).clamp(-10, 4)
        deviation = torch.exp(0.5 * log_variance)
        z = mean + deviation * torch.randn_like(mean)
        x = self.smallest(torch.cat([z, one_hot], 1)).permute(0, 3, 1, 2)
        divergence = 0.5 * (mean**2 + deviation**2 - 1 - log_variance)
        return self.output(self.doublings(x)), divergence


def training(definition, pictures):
    settings = definition["training"]
    values = pictures.channels * pictures.size**2

    def loss(network, step):
        x = pictures.unit(step)
        logits, divergence = network(x, pictures.one_hot(step))
        error = functional.mse_loss(torch.sigmoid(logits), x)
        reconstruction = 0.5 * values * torch.log(error + 1e-5)
        beta = settings["beta"] * min(1, (step + 1) / max(1, settings["beta-warm-up"]))
        return reconstruction + beta * divergence.mean(0).sum()

    return Minimisation(Vae(definition["architecture"], pictures), settings, loss)
