"""Makes the small language models of the tests of models from files, their tokenizers and checksums.

    pip install torch onnx numpy tokenizers
    python make_external_language.py ../resources/dev/graft/model/language/external

What they hold is worked out by hand, not learnt: each class has five words; a text is likelier to end
the longer it is, and a word less likely to come again. huggingface.json is written by Hugging Face's
tokenizers, with special tokens first; graft.json has the same merges in the order of Graft.
SHA256SUMS is as sha256sum writes it.
"""

import argparse
import hashlib
import json
import pathlib

import numpy
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from make_external import floats, graph

END = "<|endoftext|>"
WORDS = {
    "weather": ["rain", "snow", "wind", "sunny", "cloudy"],
    "music": ["play", "song", "jazz", "loud", "piano"],
    "money": ["money", "bank", "pay", "card", "owe"],
}
OTHER = -8.0  # logit of what is no word of the class
CONTEXT = 12  # most tokens that are read


def huggingface():
    """A byte-level BPE that has each word, with the space before it, as a token."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1000,
        special_tokens=[END] + [f"<|{name}|>" for name in WORDS],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([" ".join(words) for words in WORDS.values()] * 2, trainer)
    return json.loads(tokenizer.to_str())


def characters():
    """How each byte is written, as GPT-2 does."""
    plain = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = iter(range(0x100, 0x200))
    return [chr(value) if value in plain else chr(next(others)) for value in range(256)]


def graft(other):
    """The same merges with the bytes first and the end last."""
    names = characters() + ["".join(merge) for merge in other["model"]["merges"]] + [END]
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    end = {"id": len(names) - 1, "content": END, "single_word": False, "lstrip": False}
    end.update({"rstrip": False, "normalized": False, "special": True})
    return {
        "version": "1.0",
        "added_tokens": [end],
        "normalizer": {"type": "NFC"},
        "pre_tokenizer": byte_level,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "vocab": {name: code for code, name in enumerate(names)},
            "merges": [" ".join(merge) for merge in other["model"]["merges"]],
        },
    }


def scores(tokenizer):
    """(3, codes): logits of the tokens of each class where nothing was read."""
    codes = tokenizer["model"]["vocab"]
    table = numpy.full((len(WORDS), len(codes)), OTHER, numpy.float32)
    for label, words in enumerate(WORDS.values()):
        for place, word in enumerate(words):
            table[label, codes["\u0120" + word]] = 3 - 0.1 * place
    return table


def is_end(tokenizer):
    """(codes): 1 for the end."""
    codes = tokenizer["model"]["vocab"]
    return numpy.eye(len(codes), dtype=numpy.float32)[codes[END]]


def of_length(read):
    """What the end has more of, after so many tokens of the text."""
    return 1.6 * read - 1 - OTHER


class Language(torch.nn.Module):
    """Tokens (B, T), the end first, and classes (B) to logits (B, T, codes)."""

    def __init__(self, tokenizer):
        super().__init__()
        self.register_buffer("scores", torch.from_numpy(scores(tokenizer)))
        self.register_buffer("end", torch.from_numpy(is_end(tokenizer)))
        self.register_buffer("length", of_length(torch.arange(CONTEXT, dtype=torch.float32)))

    def forward(self, tokens: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        seen = torch.nn.functional.one_hot(tokens, self.end.size(0)).to(torch.float32).cumsum(1)
        length = self.length[torch.arange(tokens.size(1))]
        ends = length.unsqueeze(1) * self.end
        return self.scores[label].unsqueeze(1) - seen * (1 - self.end) + ends


class LastLanguage(Language):
    """The same, of the last token alone: (B, codes)."""

    def forward(self, tokens: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        seen = torch.nn.functional.one_hot(tokens, self.end.size(0)).to(torch.float32).sum(1)
        ends = self.length[tokens.size(1) - 1] * self.end
        return self.scores[label] - seen * (1 - self.end) + ends


class RestlessLanguage(LastLanguage):
    """The same with what no file may have: a dropout that is always on."""

    def forward(self, tokens: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        return torch.dropout(self.scores[label], 0.5, True)


class BoundlessLanguage(LastLanguage):
    """The same with a logit that is no number."""

    def forward(self, tokens: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
        return self.scores[label] / self.end


def onnx_language(tokenizer):
    """Tokens, mask and positions (B, T), the end and the class's token first, to logits (B, T, codes)."""
    codes = tokenizer["model"]["vocab"]
    classes = numpy.zeros((len(codes), len(WORDS)), numpy.float32)
    for label, name in enumerate(WORDS):
        classes[codes[f"<|{name}|>"], label] = 1
    table = scores(tokenizer)
    plain = (table.max(0) > OTHER).astype(numpy.float32)
    weights = [
        numpy_helper.from_array(classes, "classes"),
        numpy_helper.from_array(table, "scores"),
        numpy_helper.from_array(plain, "plain"),
        numpy_helper.from_array(is_end(tokenizer), "end"),
        numpy_helper.from_array(numpy.array(len(codes), numpy.int64), "codes"),
        numpy_helper.from_array(numpy.array([0, 1], numpy.float32), "off_on"),
        numpy_helper.from_array(numpy.array(1, numpy.int64), "along"),
        numpy_helper.from_array(numpy.array([2], numpy.int64), "last"),
        numpy_helper.from_array(numpy.array(1.6, numpy.float32), "slope"),
        numpy_helper.from_array(numpy.array(of_length(-1), numpy.float32), "least"),
    ]
    nodes = [
        helper.make_node("OneHot", ["tokens", "codes", "off_on"], ["hot"], axis=-1),
        helper.make_node("Cast", ["mask"], ["there"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["there", "last"], ["counted"]),
        helper.make_node("Mul", ["hot", "counted"], ["read"]),
        helper.make_node("CumSum", ["read", "along"], ["seen"]),
        helper.make_node("MatMul", ["seen", "classes"], ["class"]),
        helper.make_node("MatMul", ["class", "scores"], ["first"]),
        helper.make_node("Mul", ["seen", "plain"], ["again"]),
        helper.make_node("Sub", ["first", "again"], ["words"]),
        helper.make_node("Cast", ["positions"], ["place"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["place", "slope"], ["raised"]),
        helper.make_node("Add", ["raised", "least"], ["length"]),
        helper.make_node("Unsqueeze", ["length", "last"], ["lengths"]),
        helper.make_node("Mul", ["lengths", "end"], ["ends"]),
        helper.make_node("Add", ["words", "ends"], ["logits"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("tokens", "mask", "positions")
    ]
    outputs = [floats("logits", ["batch", "length", len(codes)])]
    return graph("language", nodes, inputs, outputs, weights)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    theirs = huggingface()
    ours = graft(theirs)
    for name, tokenizer in {"huggingface.json": theirs, "graft.json": ours}.items():
        (folder / name).write_text(json.dumps(tokenizer, ensure_ascii=False))
    for name, module in {
        "words.pt": Language(ours),
        "last-words.pt": LastLanguage(ours),
        "restless.pt": RestlessLanguage(ours),
        "boundless.pt": BoundlessLanguage(ours),
    }.items():
        torch.jit.script(module.eval()).save(str(folder / name))
    (folder / "words.onnx").write_bytes(onnx_language(theirs))
    sums = []
    for file in sorted(folder.iterdir()):
        if file.suffix in (".pt", ".onnx", ".json"):
            sums.append(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n")
    (folder / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
