"""Checks that an exported model gives in Python the images that Graft draws.

    pip install torch safetensors numpy
    python check_export.py FOLDER

FOLDER is what `graft models export NAME@VERSION --to FOLDER` wrote. Prints one line per check and
exits with 1 when one fails.
"""

import argparse
import hashlib
import pathlib
import re
import sys

import torch
from safetensors.torch import load_file

CLOSE = 1e-5


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    torch.set_num_threads(1)
    module = torch.jit.load(str(folder / "model.pt"), map_location="cpu").eval()
    samples = load_file(folder / "samples.safetensors")
    with torch.no_grad():
        images = module(samples["noise"], samples["labels"].long())
    farthest = (images - samples["images"]).abs().max().item()
    checks = {
        f"{len(images)} images of shape {tuple(images.shape[1:])} within {CLOSE}: farthest {farthest:.2g}":
            images.shape == samples["images"].shape and farthest <= CLOSE,
        f"values from {images.min():.3f} to {images.max():.3f} in [0, 1]":
            0 <= images.min() and images.max() <= 1,
    }
    weights = load_file(folder / "model.safetensors")
    parameters = dict(module.named_parameters())
    same = len(weights) == len(parameters) and all(
        torch.equal(parameters[re.sub(r"\W", "_", name)], tensor) for name, tensor in weights.items()
    )
    checks[f"{len(weights)} tensors of model.safetensors are the module's"] = same
    definition = folder / "external.yaml"
    if definition.exists():
        digest = hashlib.sha256((folder / "model.pt").read_bytes()).hexdigest()
        checks["external.yaml has the module's checksum"] = digest in definition.read_text()
    for name, good in checks.items():
        print(f"{'ok   ' if good else 'FAIL '} {name}")
    sys.exit(0 if all(checks.values()) else 1)


if __name__ == "__main__":
    main()
