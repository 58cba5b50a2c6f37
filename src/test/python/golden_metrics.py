"""Golden figures of the metrics, by the reference implementations.

    pip install prdc numpy scipy scikit-learn vendi-score
    python src/test/python/golden_metrics.py > src/test/resources/dev/graft/evaluate/metric/golden.json

Inputs are not stored: both sides draw them from the same counter-based generator
(dev.graft.data.CounterRandom, repeated below), whose doubles are exact.
"""

import contextlib
import json
import math
import sys

import numpy
import prdc
import scipy.linalg
import scipy.spatial
import scipy.stats
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import auc, roc_auc_score
from sklearn.metrics.pairwise import polynomial_kernel
from sklearn.preprocessing import StandardScaler
from vendi_score import vendi

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


def kernel_distance(real, synthetic):
    """The unbiased estimate, as in the code of Binkowski et al., on all rows at once."""

    def kernel(left, right):
        return polynomial_kernel(left, right, degree=3, coef0=1)  # gamma is 1 / dimension

    def within(rows):
        gram = kernel(rows, rows)
        return (gram.sum() - numpy.trace(gram)) / (len(rows) * (len(rows) - 1))

    return float(within(real) + within(synthetic) - 2 * kernel(real, synthetic).mean())


def lexicographic(rows):
    return rows[numpy.lexsort(rows.T[::-1])]


def different_bins(real, synthetic):
    """The two-proportion z-test of Richardson & Weiss, with scikit-learn's k-means."""
    rows = lexicographic(real)
    bins = max(2, min(100, len(rows) // 20))
    start = rows[[(2 * c + 1) * len(rows) // (2 * bins) for c in range(bins)]]
    clusters = KMeans(bins, init=start, n_init=1, max_iter=50, tol=0, algorithm="lloyd").fit(rows)
    n, m = len(real), len(synthetic)
    first = numpy.bincount(clusters.predict(rows), minlength=bins)
    second = numpy.bincount(clusters.predict(synthetic), minlength=bins)
    pooled = (first + second) / (n + m)
    deviation = numpy.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    difference = numpy.abs(first / n - second / m)
    return float(numpy.mean(difference > scipy.stats.norm.ppf(0.975) * deviation))


def frontier_area(p, q):
    """As mauve-text has it: the mean of the areas seen from both axes."""
    points = [[0, numpy.inf]]
    for w in numpy.linspace(1e-6, 1 - 1e-6, 25):
        mixture = w * p + (1 - w) * q
        points.append([scipy.stats.entropy(q, mixture), scipy.stats.entropy(p, mixture)])
    points.append([numpy.inf, 0])
    x, y = numpy.exp(-5 * numpy.array(points)).T
    by_x, by_y = numpy.argsort(x, kind="stable"), numpy.argsort(y, kind="stable")
    return float((auc(x[by_x], y[by_x]) + auc(y[by_y], x[by_y])) / 2)


def divergence_frontier(real, synthetic):
    """Both sides quantised together, with scikit-learn's k-means."""
    rows = lexicographic(numpy.concatenate([real, synthetic]))
    bins = max(2, min(100, round(min(len(real), len(synthetic)) / 10)))
    start = rows[[(2 * c + 1) * len(rows) // (2 * bins) for c in range(bins)]]
    clusters = KMeans(bins, init=start, n_init=1, max_iter=50, tol=0, algorithm="lloyd").fit(rows)
    shares = [
        numpy.bincount(clusters.predict(side), minlength=bins) / len(side)
        for side in (real, synthetic)
    ]
    return frontier_area(*shares)


FRONTIERS = [
    ([10, 20, 30, 40], [10, 20, 30, 40]),
    ([10, 20, 30, 40], [40, 30, 20, 10]),
    ([5, 0, 15, 7, 3], [4, 6, 0, 9, 1]),
    ([12, 0], [0, 9]),
    ([1, 1, 1, 1, 96], [20, 20, 20, 20, 20]),
]


def two_sample_auc(real, synthetic):
    folds = [[side[fold::2] for side in map(lexicographic, (real, synthetic))] for fold in (0, 1)]
    areas = []
    for fold in (0, 1):
        scaler = StandardScaler().fit(numpy.concatenate(folds[fold]))
        rows = [scaler.transform(numpy.concatenate(sides)) for sides in folds]
        labels = [numpy.repeat([0, 1], [len(side) for side in sides]) for sides in folds]
        model = LogisticRegression(C=1, tol=1e-12, max_iter=100000).fit(rows[fold], labels[fold])
        scores = model.decision_function(rows[1 - fold])
        areas.append(roc_auc_score(labels[1 - fold], scores))
    return max(0.5, float(numpy.mean(areas)))


def repeats(real, synthetic):
    """The share of rows with a twin; bounded by the nearest hundredth of real rows."""

    def nearest(rows):
        distances = scipy.spatial.distance.cdist(rows, rows, "sqeuclidean")
        numpy.fill_diagonal(distances, numpy.inf)
        return distances.min(axis=1)

    bound = numpy.sort(nearest(real))[max(1, math.ceil(len(real) / 100)) - 1]
    return float(numpy.mean(nearest(synthetic) <= bound))


def vendi_score(rows):
    """Rows that are zero have no cosine; here they are one direction of their own."""
    zero = (numpy.linalg.norm(rows, axis=1) == 0).astype(float)
    return float(vendi.score_X(numpy.column_stack([rows, zero])))


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
    figures["kernel-distance"] = kernel_distance(real, synthetic)
    figures["vendi-score"] = vendi_score(synthetic)
    figures["repeats"] = repeats(real, synthetic)
    figures["different-bins"] = different_bins(real, synthetic)
    # Rows on a grid are as far from two centres: rounding decides, and differs.
    figures["divergence-frontier"] = None if grid > 0 else divergence_frontier(real, synthetic)
    figures["two-sample-auc"] = two_sample_auc(real, synthetic)
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
frontiers = [
    {
        "real": real,
        "synthetic": synthetic,
        "area": frontier_area(
            numpy.array(real) / sum(real), numpy.array(synthetic) / sum(synthetic)
        ),
    }
    for real, synthetic in FRONTIERS
]
print(json.dumps({"cases": cases, "frontiers": frontiers}, indent=1, sort_keys=True))
