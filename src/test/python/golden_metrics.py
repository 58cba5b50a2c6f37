"""Golden figures of the metrics, by the reference implementations.

    pip install prdc numpy scipy
    python src/test/python/golden_metrics.py > src/test/resources/dev/graft/evaluate/metric/golden.json

Inputs are not stored: both sides draw them from the same counter-based generator
(dev.graft.data.CounterRandom, repeated below), whose doubles are exact.
"""

import contextlib
import json
import sys

import numpy
import prdc
import scipy.linalg

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def uniform(seed, rows, dimension):
    key = mix((seed + GOLDEN) & MASK)
    flat = [
        ((mix((key + i * GOLDEN) & MASK) >> 11) + 0.5) * 2.0**-53 for i in range(rows * dimension)
    ]
    return numpy.array(flat).reshape(rows, dimension)


def draw(seed, rows, dimension, scale, shift, grid):
    """Uniform values, floored to 0 .. grid - 1 when grid is above 0, then scaled and shifted."""
    values = uniform(seed, rows, dimension)
    if grid > 0:
        values = numpy.floor(values * grid)
    return values * scale + shift


def frechet_distance(real, synthetic, singular):
    mean = real.mean(axis=0) - synthetic.mean(axis=0)
    left = numpy.cov(real, rowvar=False)
    right = numpy.cov(synthetic, rowvar=False)
    if singular:
        # sqrtm loses half of the digits on singular products: the nuclear norm of L^T R does not,
        # where left = L L^T and right = R R^T are given by the centred rows themselves.
        a = (real - real.mean(axis=0)) / numpy.sqrt(len(real) - 1)
        b = (synthetic - synthetic.mean(axis=0)) / numpy.sqrt(len(synthetic) - 1)
        root = numpy.linalg.svd(a @ b.T, compute_uv=False).sum()
    else:
        root = numpy.trace(scipy.linalg.sqrtm(left @ right)).real
    return float(mean @ mean + numpy.trace(left) + numpy.trace(right) - 2 * root)


CASES = [
    # name, real rows, synthetic rows, dimension, k, synthetic scale and shift, grid, singular
    ("shifted", 200, 200, 8, 5, 1.0, 0.1, 0, False),
    ("narrow", 200, 200, 8, 5, 0.6, 0.2, 0, False),
    ("unequal-sizes", 300, 120, 24, 3, 0.9, 0.05, 0, False),
    ("same-distribution", 400, 400, 16, 5, 1.0, 0.0, 0, False),
    ("far-apart", 60, 60, 4, 5, 1.0, 10.0, 0, False),
    ("ties-on-a-grid", 150, 150, 3, 5, 1.0, 0.0, 4, False),
    ("fewer-rows-than-dimensions", 20, 20, 24, 5, 0.9, 0.1, 0, True),
]

cases = []
for number, (name, n, m, dimension, k, scale, shift, grid, singular) in enumerate(CASES):
    real = draw(2 * number, n, dimension, 1.0, 0.0, grid)
    synthetic = draw(2 * number + 1, m, dimension, scale, shift, grid)
    with contextlib.redirect_stdout(sys.stderr):
        figures = prdc.compute_prdc(real, synthetic, nearest_k=k)
    figures = {key: float(value) for key, value in figures.items()}
    figures["frechet-distance"] = frechet_distance(real, synthetic, singular)
    cases.append(
        {
            "name": name,
            "real-rows": n,
            "synthetic-rows": m,
            "dimension": dimension,
            "k": k,
            "real-seed": 2 * number,
            "synthetic-seed": 2 * number + 1,
            "scale": scale,
            "shift": shift,
            "grid": grid,
            "first-real": float(real[0, 0]),
            "last-synthetic": float(synthetic[-1, -1]),
            "expected": figures,
        }
    )
print(json.dumps({"cases": cases}, indent=1, sort_keys=True))
