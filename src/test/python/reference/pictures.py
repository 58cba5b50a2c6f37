"""Random pictures of ten classes: their content is nothing to the speed."""

import torch
from torch.nn import functional


class Pictures:
    channels = 1
    size = 28
    classes = 10

    def __init__(self, batch, rows=10_000):
        self.batch = batch
        self.values = torch.randint(
            256, (rows, self.channels, self.size, self.size), dtype=torch.uint8
        )
        self.labels = torch.randint(self.classes, (rows,))
        self.order = torch.randperm(rows)

    def rows(self, step):
        places = (step * self.batch + torch.arange(self.batch)) % len(self.order)
        return self.order[places]

    def unit(self, step):
        """The images of a step with values in [0, 1]."""
        return self.values[self.rows(step)].float().div_(255)

    def signed(self, step):
        """The images of a step with values in [-1, 1]."""
        return self.unit(step).mul_(2).sub_(1)

    def one_hot(self, step):
        """The classes of a step, (B, classes)."""
        return functional.one_hot(self.labels[self.rows(step)], self.classes).float()
