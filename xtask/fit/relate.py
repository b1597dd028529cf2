#!/usr/bin/env python3
"""Fits the weights of crates/newstemma-derive/src/relate.rs.

    python3 relate.py FEATURES.ndjson...

Each line is one pair of reports of one story: {"related": 0 or 1, "same_language": 0 or 1,
"features": {name: value}}, as `cargo xtask text-pairs` writes them, with the truth from the
gold.json of a set of kind "stemma" (related: a common ancestor-or-self). Pairs that are related but
share no text, such as two cuts of different halves, teach nothing about texts and are left out.
Prints the constant and the weights for pairs of one language and of two: a logistic regression with
a ridge on all weights but the constant, by Newton's method. Needs numpy.
"""
import json
import sys

import numpy as np

RIDGE = 2.0
STEPS = 60


def fit(features, truth):
    design = np.c_[np.ones(len(features)), features]
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        spread = chance * (1 - chance) + 1e-9
        slope = design.T @ (chance - truth) + ridge @ weights
        weights -= np.linalg.solve(design.T @ (design * spread[:, None]) + ridge, slope)
    return weights, 1 / (1 + np.exp(-design @ weights))


def main():
    pairs = [json.loads(line) for path in sys.argv[1:] for line in open(path, encoding="utf-8")]
    pairs = [p for p in pairs if not p["related"] or p["features"]["words"] >= 1.0]
    for same in (1, 0):
        own = [p for p in pairs if p["same_language"] == same]
        names = list(own[0]["features"])
        x = np.array([[p["features"][n] for n in names] for p in own])
        y = np.array([float(p["related"]) for p in own])
        weights, chance = fit(x, y)
        print("one language" if same else "two languages", len(own), "pairs")
        print("  constant", round(float(weights[0]), 3))
        for name, weight in zip(names, weights[1:]):
            print(" ", name, round(float(weight), 3))
        wrong = (chance > 0.5) != (y > 0.5)
        print("  wrong", int(wrong.sum()), "of which unrelated", int((wrong & (y < 0.5)).sum()))


if __name__ == "__main__":
    main()
