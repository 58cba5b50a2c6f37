"""Golden figures of MS-SSIM, by the package pytorch-msssim.

    pip install numpy torch pytorch-msssim
    python src/test/python/golden_ms_ssim.py > src/test/resources/dev/graft/modality/image/ms-ssim.json

The package has five scales and needs more than 160 pixels a side for them. For smaller images the
scales are put together here as the package does it, from its own figures of one scale and with the
first of its weights over their sum; images that are large enough show that this is the same.

Inputs are not stored: both sides draw them from the same counter-based generator
(golden_metrics.py), whose doubles are exact.
"""

import json
import math

import numpy
import torch
from pytorch_msssim import ms_ssim
from pytorch_msssim.ssim import _ssim

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def uniform(seed, count):
    key = mix((seed + GOLDEN) & MASK)
    return numpy.array(
        [((mix((key + i * GOLDEN) & MASK) >> 11) + 0.5) * 2.0**-53 for i in range(count)]
    )


def image(seed, channels, height, width, noise):
    """Blocks of 4 x 4 pixels of one value, and noise on each pixel."""
    count = channels * height * width
    blocks, pixels = uniform(seed, count), uniform(seed + 1000, count)
    values = numpy.empty(count)
    for c in range(channels):
        for y in range(height):
            for x in range(width):
                at = (c * height + y) * width + x
                block = (c * height + y // 4) * width + x // 4
                values[at] = math.floor(
                    256 * (blocks[block] * (1 - noise) + pixels[at] * noise)
                )
    return torch.from_numpy(values).reshape(1, channels, height, width)


def window(size):
    weights = torch.exp(-((torch.arange(size, dtype=torch.float64) - size // 2) ** 2) / (2 * 1.5**2))
    return weights / weights.sum()


def similarity(left, right):
    channels, side = left.shape[1], min(left.shape[-2:])
    size = min(11, side if side % 2 else max(1, side - 1))
    win = window(size).repeat(channels, 1, 1, 1)
    scales = sum(1 for s in range(5) if s == 0 or side > (size - 1) * 2**s)
    weights = torch.tensor(WEIGHTS[:scales], dtype=torch.float64) / sum(WEIGHTS[:scales])
    factors, x, y = [], left, right
    for scale in range(scales):
        whole, contrast = _ssim(x, y, data_range=255, win=win, size_average=False)
        factors.append(torch.relu(contrast if scale < scales - 1 else whole))
        padding = [s % 2 for s in x.shape[2:]]
        x = torch.nn.functional.avg_pool2d(x, kernel_size=2, padding=padding)
        y = torch.nn.functional.avg_pool2d(y, kernel_size=2, padding=padding)
    value = float(torch.prod(torch.stack(factors) ** weights.view(-1, 1, 1), dim=0).mean())
    if scales == 5:
        weights = [float(w) for w in weights]
        reference = float(ms_ssim(left, right, data_range=255, win=win, weights=weights))
        assert abs(value - reference) < 1e-12, (value, reference)
    return scales, value


def pair(channels, height, width, noise, mixed, number):
    left = image(2 * number, channels, height, width, noise)
    other = image(2 * number + 1, channels, height, width, noise)
    return left, torch.floor(left * mixed + other * (1 - mixed))


CASES = [
    # channels, height, width, noise, share of the left image in the right one
    (1, 28, 28, 0.2, 0.5),
    (1, 28, 28, 0.9, 0.1),
    (1, 28, 28, 0.0, 0.0),
    (3, 28, 28, 0.3, 0.6),
    (1, 8, 8, 0.2, 0.5),
    (1, 9, 11, 0.2, 0.7),
    (1, 11, 11, 0.2, 0.7),
    (3, 32, 32, 0.3, 0.8),
    (1, 33, 47, 0.3, 0.8),
    (3, 64, 64, 0.1, 0.4),
    (1, 100, 90, 0.4, 0.5),
    (1, 176, 161, 0.3, 0.5),
    (3, 161, 170, 0.3, 0.9),
]

cases = []
for number, (channels, height, width, noise, mixed) in enumerate(CASES):
    left, right = pair(channels, height, width, noise, mixed, number)
    scales, value = similarity(left, right)
    cases.append(
        {
            "name": f"{channels} x {height} x {width}, {mixed} in common",
            "channels": channels,
            "height": height,
            "width": width,
            "noise": noise,
            "mixed": mixed,
            "seed": 2 * number,
            "left-sum": int(left.sum()),
            "right-sum": int(right.sum()),
            "scales": scales,
            "expected": value,
        }
    )

# Twelve images in two classes: the mean over classes of the mean over all pairs of a class.
images = [image(500 + 2 * i, 1, 28, 28, 0.1 + 0.05 * i) for i in range(12)]
means = []
for label in (0, 1):
    members = [images[i] for i in range(12) if i % 2 == label]
    pairs = [(i, j) for j in range(len(members)) for i in range(j)]
    means.append(numpy.mean([similarity(members[i], members[j])[1] for i, j in pairs]))
print(json.dumps({"cases": cases, "set": float(numpy.mean(means))}, indent=1, sort_keys=True))
