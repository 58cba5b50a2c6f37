"""A tokenizer by finite scalar quantisation, and a causal transformer over its codes."""

import math

import torch
from torch import nn
from torch.nn import functional

from .layers import ACTIVATIONS, conv, doublings, halvings
from .training import Minimisation


class Tokenizer(nn.Module):
    def __init__(self, architecture, pictures):
        super().__init__()
        levels = architecture["levels"]
        activation = architecture["activation"]
        widths = architecture["decoder"]
        halves = torch.tensor([(level - 1) / 2 for level in levels])
        self.register_buffer("halves", halves[None, :, None, None])
        self.encoder = nn.Sequential(
            halvings(pictures.channels, architecture["encoder"], activation),
            conv(architecture["encoder"][-1], len(levels), 3),
            nn.Tanh(),
        )
        self.decoder = nn.Sequential(
            conv(len(levels), widths[0], 3),
            ACTIVATIONS[activation](),
            doublings(widths, activation),
            conv(widths[-1], widths[-1], 3),
            ACTIVATIONS[activation](),
            conv(widths[-1], 4 * pictures.channels, 3),
            nn.PixelShuffle(2),
            nn.Sigmoid(),
        )

    def forward(self, x):
        code = self.encoder(x) * self.halves
        code = code + (code.round() - code).detach()
        return self.decoder(code / self.halves)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.attention_norm = nn.LayerNorm(width)
        self.attention_in = nn.Linear(width, 3 * width)
        self.attention_out = nn.Linear(width, width)
        self.dense = nn.Sequential(
            nn.LayerNorm(width),
            nn.Linear(width, 4 * width),
            nn.GELU(),
            nn.Linear(4 * width, width),
        )

    def forward(self, x):
        parts = self.attention_in(self.attention_norm(x)).unflatten(2, (3, self.heads, -1))
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)  # each (B, heads, T, size)
        seen = functional.scaled_dot_product_attention(queries, keys, values, is_causal=True)
        x = x + self.attention_out(seen.transpose(1, 2).flatten(2))
        return x + self.dense(x)


class Prior(nn.Module):
    def __init__(self, architecture, codes, positions, classes):
        super().__init__()
        width = architecture["width"]
        self.codes = codes
        self.told = nn.Embedding(codes + classes, width)
        self.place = nn.Parameter(torch.randn(positions, width) / math.sqrt(width))
        self.blocks = nn.Sequential(
            *(Block(width, architecture["heads"]) for _ in range(architecture["layers"])),
            nn.LayerNorm(width),
            nn.Linear(width, codes),
        )

    def forward(self, rows, labels):
        before = torch.cat([self.codes + labels[:, None], rows[:, :-1]], 1)
        return self.blocks(self.told(before) + self.place)


def tokenizer(definition, pictures):
    network = Tokenizer(definition["architecture"]["tokenizer"], pictures)

    def loss(network, step):
        x = pictures.unit(step)
        return functional.mse_loss(network(x), x)

    return Minimisation(network, definition["training"], loss)


def prior(definition, pictures):
    architecture = definition["architecture"]
    codes = math.prod(architecture["tokenizer"]["levels"])
    positions = (pictures.size // 2 ** len(architecture["tokenizer"]["encoder"])) ** 2
    network = Prior(architecture["prior"], codes, positions, pictures.classes)
    rows = torch.randint(codes, (len(pictures.labels), positions))

    def loss(network, step):
        chosen = pictures.rows(step)
        logits = network(rows[chosen], pictures.labels[chosen])
        total = functional.cross_entropy(
            logits.flatten(0, 1), rows[chosen].flatten(), reduction="sum"
        )
        return total / len(chosen)

    return Minimisation(network, definition["training"], loss)
