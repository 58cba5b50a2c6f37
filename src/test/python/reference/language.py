"""A causal transformer over the tokens of a text, drawn from a token at a time."""

import math

import torch
from torch import nn
from torch.nn import functional

from .autoregressive import Block


class CachedBlock(Block):
    def forward(self, x, keys, values, position):
        """x (B, 1, width); keys and values (B, heads, positions, size) have room for all."""
        parts = self.attention_in(self.attention_norm(x)).unflatten(2, (3, self.heads, -1))
        queries, key, value = parts.permute(2, 0, 3, 1, 4)  # each (B, heads, 1, size)
        keys[:, :, position : position + 1] = key
        values[:, :, position : position + 1] = value
        seen = functional.scaled_dot_product_attention(
            queries, keys[:, :, : position + 1], values[:, :, : position + 1]
        )
        x = x + self.attention_out(seen.transpose(1, 2).flatten(2))
        return x + self.dense(x)


class Transformer(nn.Module):
    def __init__(self, architecture, codes, classes):
        super().__init__()
        width = architecture["width"]
        self.codes = codes
        self.heads = architecture["heads"]
        self.positions = architecture["max-tokens"]
        self.told = nn.Embedding(codes + classes, width)
        self.place = nn.Parameter(torch.randn(self.positions, width) / math.sqrt(width))
        self.blocks = nn.ModuleList(
            CachedBlock(width, self.heads) for _ in range(architecture["layers"])
        )
        self.norm = nn.LayerNorm(width)
        self.logits = nn.Linear(width, codes)

    def size(self):
        return sum(parameter.numel() for parameter in self.parameters())

    @torch.inference_mode()
    def draw(self, labels, top_p):
        """Texts of the most tokens, (B, positions); the last code, which ends one, is never drawn."""
        rows = len(labels)
        size = self.place.shape[1] // self.heads
        room = (len(self.blocks), 2, rows, self.heads, self.positions, size)
        cache = torch.empty(room)
        before = self.codes + labels
        drawn = torch.empty(rows, self.positions, dtype=torch.long)
        for position in range(self.positions):
            x = (self.told(before) + self.place[position])[:, None]
            for block, (keys, values) in zip(self.blocks, cache):
                x = block(x, keys, values, position)
            logits = self.logits(self.norm(x))[:, 0]
            logits[:, -1] = -math.inf
            before = chosen(logits, top_p)
            drawn[:, position] = before
        return drawn


def chosen(logits, top_p):
    """A code of each row, of the fewest likeliest ones that have the probability top_p together."""
    shares = torch.softmax(logits, 1)
    if top_p < 1:
        descending, codes = shares.sort(1, descending=True)
        descending[descending.cumsum(1) - descending >= top_p] = 0
        return codes.gather(1, torch.multinomial(descending, 1))[:, 0]
    return torch.multinomial(shares, 1)[:, 0]
