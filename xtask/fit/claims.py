#!/usr/bin/env python3
"""Fits the weights of crates/newstemma-account/src/likeness.rs.

    python3 claims.py PAIRS.ndjson...

Each line is one pair of statements of one story: {"set", "fold", "same": 0 or 1, "one_language",
"features": {name: value}}, as `cargo xtask claim-pairs` writes them. Pairs of a set of kind
"answers" are told apart by what they say, those of kind "stemma" mostly by being one sentence or
two; both kinds count for half, and so do pairs of one claim and of two. Prints the weights divided
by that of the meaning, and for the answers how well each question is told by weights that were
fitted without it (area under the curve). Needs numpy.
"""
import json
import sys

import numpy as np

RIDGE = 1.0
STEPS = 60


def fit(x, y, share):
    design = np.c_[np.ones(len(x)), x]
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-design @ weights))
        spread = share * (chance * (1 - chance) + 1e-9)
        slope = design.T @ (share * (chance - y)) + ridge @ weights
        weights -= np.linalg.solve(design.T @ (design * spread[:, None]) + ridge, slope)
    return weights


def area(truth, score):
    ranks = np.argsort(np.argsort(score)) + 1.0
    n, m = truth.sum(), (1 - truth).sum()
    return (ranks[truth == 1].sum() - n * (n + 1) / 2) / (n * m) if n and m else float("nan")


def shares(kind, same):
    """Weights of pairs: each kind of set and each truth bear the same."""
    share = np.zeros(len(same))
    for k in set(kind):
        for truth in (0.0, 1.0):
            own = (kind == k) & (same == truth)
            share[own] = 1000 / max(own.sum(), 1)
    return share


def main():
    pairs = [json.loads(line) for path in sys.argv[1:] for line in open(path, encoding="utf-8")]
    names = list(pairs[0]["features"])
    x = np.array([[p["features"][n] for n in names] for p in pairs])
    y = np.array([float(p["same"]) for p in pairs])
    kind = np.array([p["set"] for p in pairs])
    fold = np.array([p["fold"] for p in pairs])
    share = shares(kind, y)
    weights = fit(x, y, share)
    print(len(pairs), "pairs, constant", round(float(weights[0] / weights[1]), 3))
    for name, weight in zip(names, weights[1:] / weights[1]):
        print(f"  {name:16} {weight:6.3f}")
    for k in sorted(set(fold[kind == "answers"])):
        left_out = (kind == "answers") & (fold == k)
        kept = fit(x[~left_out], y[~left_out], share[~left_out])
        without = area(y[left_out], x[left_out] @ kept[1:])
        meaning = area(y[left_out], x[left_out, 0])
        print(f"  question {k}: {without:.3f}, by meaning alone {meaning:.3f}")


if __name__ == "__main__":
    main()
