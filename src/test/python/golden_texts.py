"""Golden figures of texts, by the reference implementations.

    pip install tokenizers nltk
    python src/test/python/golden_texts.py

Reads what lies in the folder of the resources, tokenizer.json and texts.txt, and writes golden.json
beside it: what Hugging Face's tokenizers makes of tokenizer.json, and self-BLEU by NLTK.
"""

import json
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


tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
texts = (FOLDER / "texts.txt").read_text(encoding="utf-8").splitlines()
plain = [text.replace("'", "") for text in texts]
golden = {
    "encodings": {text: tokenizer.encode(text).ids for text in ENCODED},
    "self-bleu": self_bleu(plain),
    "self-bleu-of-three": self_bleu(plain[:3]),
}
(FOLDER / "golden.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
