"""Makes the small model files of the tests of external models, and their checksums.

    pip install torch onnx numpy
    python make_external.py ../resources/dev/graft/model/external

What they hold is worked out by hand, not learnt: images of 8 x 8 pixels with a bright band at the
top, in the middle or at the bottom; images of 16 x 16 pixels with a bright bar at the left, the right
or the top; and classifiers and embedders that tell these apart. SHA256SUMS is as sha256sum writes it.
"""

import argparse
import hashlib
import pathlib

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

NOISE = 4


def bands():
    """(3, 8, 8): which pixels are bright, for each class."""
    masks = numpy.zeros((3, 8, 8), numpy.float32)
    for label in range(3):
        masks[label, 3 * label : 3 * label + 3] = 1
    return masks


def bars():
    """(3, 16, 16): the same for bars at the left, the right and the top."""
    masks = numpy.zeros((3, 16, 16), numpy.float32)
    masks[0, :, 1:5] = 1
    masks[1, :, 11:15] = 1
    masks[2, 1:5, :] = 1
    return masks


def textures(size):
    """(NOISE, size, size): what each number of the noise adds to an image."""
    place = numpy.arange(size * size, dtype=numpy.float32).reshape(size, size)
    return numpy.stack([numpy.cos((k + 1) * 0.37 * place) for k in range(NOISE)]).astype(numpy.float32)


class Generator(torch.nn.Module):
    """Noise (B, 4) and classes (B) to images (B, 1, size, size) in [-1, 1]."""

    def __init__(self, masks):
        super().__init__()
        self.register_buffer("masks", torch.from_numpy(masks))
        self.register_buffer("textures", torch.from_numpy(textures(masks.shape[1])))

    def forward(self, noise: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        base = 2.4 * self.masks[label] - 1.2
        moved = 0.1 * torch.einsum("bk,kij->bij", noise, self.textures)
        return torch.tanh(base + moved).unsqueeze(1)


class RestlessGenerator(Generator):
    """The same with what no file may have: a dropout that is always on."""

    def forward(self, noise: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        base = 2.4 * self.masks[label] - 1.2
        moved = 0.1 * torch.einsum("bk,kij->bij", noise, self.textures)
        return torch.dropout(torch.tanh(base + moved).unsqueeze(1), 0.5, True)


class Classifier(torch.nn.Module):
    """Images (B, 1, 8, 8) in [0, 1] to their rows' means (B, 8) and logits of the bands (B, 3)."""

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        rows = image.mean(3).flatten(1)
        logits = 12 * torch.stack([rows[:, 0:3].mean(1), rows[:, 3:6].mean(1), rows[:, 6:8].mean(1)], 1)
        return rows, logits


def onnx_generator():
    """Noise (B, 4) in [0, 1] and one-hot classes (B, 3) to bands (B, 8, 8, 1) in [0, 255]."""
    weights = [
        numpy_helper.from_array(bands().reshape(3, 64) * 160 + 20, "masks"),
        numpy_helper.from_array(10 * (1 + textures(8).reshape(NOISE, 64)) / 2, "textures"),
        numpy_helper.from_array(numpy.array([-1, 8, 8, 1], numpy.int64), "shape"),
    ]
    nodes = [
        helper.make_node("MatMul", ["label", "masks"], ["base"]),
        helper.make_node("MatMul", ["noise", "textures"], ["moved"]),
        helper.make_node("Add", ["base", "moved"], ["flat"]),
        helper.make_node("Reshape", ["flat", "shape"], ["image"]),
    ]
    inputs = [floats("noise", ["batch", NOISE]), floats("label", ["batch", 3])]
    return graph("generator", nodes, inputs, [floats("image", ["batch", 8, 8, 1])], weights)


def onnx_embedder(size):
    """Images (B, 1, size, size) in [-1, 1] to the means of blocks of size / 4 pixels (B, 16)."""
    block = size // 4
    nodes = [
        helper.make_node("AveragePool", ["image"], ["means"], kernel_shape=[block] * 2, strides=[block] * 2),
        helper.make_node("Flatten", ["means"], ["embedding"]),
    ]
    inputs = [floats("image", ["batch", 1, size, size])]
    return graph("embedder", nodes, inputs, [floats("embedding", ["batch", 16])], [])


def floats(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def graph(name, nodes, inputs, outputs, weights):
    model = helper.make_model(
        helper.make_graph(nodes, name, inputs, outputs, weights),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=9,
    )
    onnx.checker.check_model(model)
    return model.SerializeToString()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in {
        "bands.pt": Generator(bands()),
        "bars.pt": Generator(bars()),
        "restless.pt": RestlessGenerator(bands()),
        "band-classifier.pt": Classifier(),
    }.items():
        torch.jit.script(module.eval()).save(str(folder / name))
    (folder / "bands.onnx").write_bytes(onnx_generator())
    (folder / "band-embedder.onnx").write_bytes(onnx_embedder(8))
    (folder / "bar-embedder.onnx").write_bytes(onnx_embedder(16))
    sums = []
    for file in sorted(folder.iterdir()):
        if file.suffix in (".pt", ".onnx"):
            sums.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n")
    (folder / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
