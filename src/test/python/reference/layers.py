"""Layers that several families share. Images are (B, C, H, W)."""

import torch
from torch import nn
from torch.nn import functional

ACTIVATIONS = {
    "relu": nn.ReLU,
    "leaky-relu": lambda: nn.LeakyReLU(0.1),
    "silu": nn.SiLU,
    "gelu": nn.GELU,
}


def conv(channels, out, kernel, stride=1):
    return nn.Conv2d(channels, out, kernel, stride, (kernel - 1) // 2)


def halvings(channels, widths, activation):
    """Strided convolutions, each of which halves the image."""
    layers = []
    for width in widths:
        layers += [conv(channels, width, 4, 2), ACTIVATIONS[activation]()]
        channels = width
    return nn.Sequential(*layers)


def doublings(widths, activation):
    """Convolutions and pixel shuffles, each of which doubles the image."""
    layers = []
    for before, width in zip(widths, widths[1:]):
        layers += [conv(before, 4 * width, 3), nn.PixelShuffle(2), ACTIVATIONS[activation]()]
    return nn.Sequential(*layers)


class ChannelNorm(nn.LayerNorm):
    """Layer normalisation of the channels of each pixel."""

    def forward(self, x):
        return super().forward(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class ClassNorm(nn.Module):
    """The same, scaled and shifted by the class."""

    def __init__(self, channels, classes):
        super().__init__()
        self.norm = ChannelNorm(channels)
        self.scale = nn.Linear(classes, channels)
        self.shift = nn.Linear(classes, channels)

    def forward(self, x, one_hot):
        x = self.norm(x)
        return x + x * self.scale(one_hot)[:, :, None, None] + self.shift(one_hot)[:, :, None, None]


class Generator(nn.Module):
    """From noise (or a code) and a class to an image."""

    def __init__(self, latent, widths, activation, pictures):
        super().__init__()
        self.small = pictures.size // 2 ** len(widths)
        self.activation = ACTIVATIONS[activation]()
        classes = pictures.classes
        self.smallest = nn.Linear(latent + classes, widths[0] * self.small**2)
        self.norms = nn.ModuleList(ClassNorm(width, classes) for width in widths)
        self.doublings = nn.ModuleList(
            conv(before, 4 * width, 3) for before, width in zip(widths, widths[1:])
        )
        self.refinement = conv(widths[-1], widths[-1], 3)
        self.refined = ClassNorm(widths[-1], classes)
        self.output = conv(widths[-1], 4 * pictures.channels, 3)

    def forward(self, noise, one_hot):
        x = self.smallest(torch.cat([noise, one_hot], 1))
        x = x.unflatten(1, (self.small, self.small, -1)).permute(0, 3, 1, 2)
        x = self.activation(self.norms[0](x, one_hot))
        for doubling, norm in zip(self.doublings, self.norms[1:]):
            x = self.activation(norm(functional.pixel_shuffle(doubling(x), 2), one_hot))
        x = self.activation(self.refined(self.refinement(x), one_hot))
        return torch.tanh(functional.pixel_shuffle(self.output(x), 2))
