"""Flow matching with a small U-Net."""

import torch
from torch import nn
from torch.nn import functional

from .layers import ChannelNorm, conv
from .training import Minimisation

TIME_FEATURES = 32
FREQUENCIES = 200 ** torch.linspace(0, 1, TIME_FEATURES // 2)


class Block(nn.Module):
    def __init__(self, channels, out, embedding):
        super().__init__()
        self.norm0 = ChannelNorm(channels)
        self.conv0 = conv(channels, out, 3)
        self.scale = nn.Linear(embedding, out)
        self.shift = nn.Linear(embedding, out)
        self.norm1 = ChannelNorm(out)
        self.conv1 = conv(out, out, 3)
        self.skip = nn.Identity() if channels == out else conv(channels, out, 1)

    def forward(self, x, embedding):
        h = self.conv0(functional.silu(self.norm0(x)))
        scale = self.scale(embedding)[:, :, None, None]
        shift = self.shift(embedding)[:, :, None, None]
        h = self.norm1(h) * (1 + scale) + shift
        return self.skip(x) + self.conv1(functional.silu(h))


class Attention(nn.Module):
    def __init__(self, channels, heads):
        super().__init__()
        self.heads = heads
        self.norm = ChannelNorm(channels)
        self.all = conv(channels, 3 * channels, 1)
        self.out = conv(channels, channels, 1)

    def forward(self, x):
        rows, channels, height, width = x.shape
        all = self.all(self.norm(x)).permute(0, 2, 3, 1)
        all = all.reshape(rows, height * width, 3, self.heads, channels // self.heads)
        seen = functional.scaled_dot_product_attention(*all.permute(2, 0, 3, 1, 4))
        seen = seen.transpose(1, 2).reshape(rows, height, width, channels).permute(0, 3, 1, 2)
        return x + self.out(seen)


class UNet(nn.Module):
    def __init__(self, architecture, pictures):
        super().__init__()
        widths = architecture["channels"]
        length = architecture["embedding"]
        blocks = architecture["blocks"]
        self.patch = architecture["patch"]
        values = pictures.channels * self.patch**2
        self.embedding = nn.Sequential(
            nn.Linear(TIME_FEATURES + pictures.classes + 1, length),
            nn.SiLU(),
            nn.Linear(length, length),
            nn.SiLU(),
        )
        self.input = conv(values, widths[0], 3)
        self.down = nn.ModuleList(level(width, width, blocks, length) for width in widths)
        pairs = list(zip(widths, widths[1:]))
        self.halvings = nn.ModuleList(conv(width, below, 3, 2) for width, below in pairs)
        self.doublings = nn.ModuleList(conv(below, 4 * width, 3) for width, below in pairs)
        self.up = nn.ModuleList(level(2 * width, width, blocks, length) for width, _ in pairs)
        heads = architecture["attention"]
        self.attention = Attention(widths[-1], heads) if heads else nn.Identity()
        self.output = nn.Sequential(ChannelNorm(widths[0]), nn.SiLU(), conv(widths[0], values, 3))

    def forward(self, x, told):
        e = self.embedding(told)
        x = self.input(functional.pixel_unshuffle(x, self.patch))
        across = []
        for i, blocks in enumerate(self.down):
            for block in blocks:
                x = block(x, e)
            if i < len(self.halvings):
                across.append(x)
                x = self.halvings[i](x)
        x = self.attention(x)
        for i in reversed(range(len(self.up))):
            x = functional.pixel_shuffle(self.doublings[i](x), 2)
            x = torch.cat([x, across[i]], 1)
            for block in self.up[i]:
                x = block(x, e)
        return functional.pixel_shuffle(self.output(x), self.patch)


def level(channels, out, count, embedding):
    return nn.ModuleList(Block(out if i else channels, out, embedding) for i in range(count))


def training(definition, pictures):
    settings = definition["training"]

    def loss(network, step):
        x = pictures.signed(step)
        rows = len(x)
        t = (torch.arange(rows) + torch.rand(rows)) / rows
        if settings["times"] != "uniform":
            t = torch.sigmoid(torch.randn(rows))
        label = pictures.labels[pictures.rows(step)]
        label = torch.where(torch.rand(rows) < settings["class-dropout"], pictures.classes, label)
        angles = t[:, None] * FREQUENCIES
        one_hot = functional.one_hot(label, pictures.classes + 1)
        told = torch.cat([angles.cos(), angles.sin(), one_hot.float()], 1)
        noise = torch.randn_like(x)
        target = x - noise
        return functional.mse_loss(network(noise + t[:, None, None, None] * target, told), target)

    return Minimisation(UNet(definition["architecture"], pictures), settings, loss)
