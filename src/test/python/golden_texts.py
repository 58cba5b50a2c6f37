"""Golden figures of texts, by the reference implementations.

    pip install tokenizers nltk
    python src/test/python/golden_texts.py

Reads what lies in the folder of the resources, three tokenizers and texts.txt, and writes golden.json
beside it: what Hugging Face's tokenizers makes of texts by each, self-BLEU by NLTK, and nats per
character of an interpolated Witten-Bell model, by its formula in fractions.
"""

import collections
import fractions
import json
import math
import pathlib

from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from tokenizers import Tokenizer

FOLDER = pathlib.Path("src/test/resources/dev/graft/model/language")
ENCODED = [
    "please wake me at 7",
    "what's the  weather in são paulo?",
    "שלום 👩‍💻 é\n\tnext line  ",
    "i'd LIKE 120 dollars, now!",
]


def self_bleu(texts):
    words = [text.split(" ") for text in texts]
    smooth = SmoothingFunction(epsilon=0.1).method1
    scores = [
        sentence_bleu(words[:i] + words[i + 1 :], words[i], smoothing_function=smooth)
        for i in range(len(words))
    ]
    return sum(scores) / len(scores)


ORDER = 5
EDGE = "\0"


class WittenBell:
    """p_k(c | h) = (C(hc) + T(h) p_(k-1)(c | h')) / (N(h) + T(h)), p_0 = 1 / (characters + 2)."""

    def __init__(self, texts):
        self.followers = collections.defaultdict(collections.Counter)
        self.known = set()
        for text in map(str.lower, texts):
            self.known.update(text)
            padded = EDGE * ORDER + text + EDGE
            for at in range(ORDER, len(padded)):
                for length in range(ORDER):
                    self.followers[padded[at - length : at]][padded[at]] += 1

    def probability(self, character, history):
        if history is None:
            return fractions.Fraction(1, len(self.known) + 2)
        shorter = self.probability(character, history[1:] if history else None)
        counts = self.followers.get(history)
        if counts is None:
            return shorter
        kinds = len(counts)
        return (counts[character] + kinds * shorter) / fractions.Fraction(counts.total() + kinds)

    def nats(self, text):
        padded = EDGE * ORDER + text.lower() + EDGE
        logs = [
            math.log(self.probability(padded[at], padded[at - ORDER + 1 : at]))
            for at in range(ORDER, len(padded))
        ]
        return -math.fsum(logs) / len(logs)


def perplexity(model, texts):
    nats = sum(model.nats(text) * (len(text) + 1) for text in texts)
    return math.exp(nats / sum(len(text) + 1 for text in texts))


def encodings(file):
    tokenizer = Tokenizer.from_file(str(FOLDER / file))
    return {text: tokenizer.encode(text).ids for text in ENCODED}


texts = (FOLDER / "texts.txt").read_text(encoding="utf-8").splitlines()
plain = [text.replace("'", "") for text in texts]
golden = {
    "encodings": {
        file: encodings(file) for file in ["tokenizer.json", "words.json", "characters.json"]
    },
    "self-bleu": self_bleu(plain),
    "self-bleu-of-three": self_bleu(plain[:3]),
    "perplexity": perplexity(WittenBell(plain[:5]), plain[5:]),
    "nats-per-character": {
        text: WittenBell(texts[:5]).nats(text) for text in texts[:1] + texts[5:] + ["", "zwölf λ"]
    },
}
(FOLDER / "golden.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
