#!/usr/bin/env python3
"""Fits the weights of crates/newstemma-account/src/likeness.rs.

    cargo xtask claim-pairs PAIRS.ndjson SET eval/claims/SET.jsonl
    python3 claims.py PAIRS.ndjson

Each line is one pair of statements of one story that was judged by hand: {"story", "same": 0 or 1,
"weight", "features": {name: value}}; it bears as much as the pairs that it stands for, so that rare
pairs of a high score, of which more were judged, do not count for more than they are. Prints the
weights divided by that of the meaning, with the score from which on a pair is one claim at even odds,
and how well the stories of each eighth are told by weights fitted without them (area under the curve,
each pair bearing its weight). Needs numpy.
"""
import json
import sys

import numpy as np

RIDGE = 0.3
STEPS = 80
PARTS = 8


def fit(x, y, share):
    """Weights of a logistic regression, the constant first; by Newton's method."""
    design = np.c_[np.ones(len(x)), x]
    ridge = RIDGE * np.eye(design.shape[1])
    ridge[0, 0] = 0.0
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        spread = share * (chance * (1 - chance) + 1e-9)
        slope = design.T @ (share * (chance - y)) + ridge @ weights
        step = np.linalg.solve(design.T @ (design * spread[:, None]) + ridge, slope)
        weights -= np.clip(step, -2, 2)
    return weights


def area(truth, score, share):
    """Chance that a pair of one claim scores above one of two."""
    order = np.argsort(score)
    truth, share = truth[order], share[order]
    below = np.cumsum(share * (1 - truth))
    return float((below * share * truth).sum() / ((share * truth).sum() * (share * (1 - truth)).sum()))


def main():
    pairs = [json.loads(line) for path in sys.argv[1:] for line in open(path, encoding="utf-8")]
    names = list(pairs[0]["features"])
    x = np.array([[p["features"][n] for n in names] for p in pairs])
    y = np.array([float(p["same"]) for p in pairs])
    share = np.array([p["weight"] for p in pairs])
    stories = sorted({p["story"] for p in pairs})
    part = np.array([stories.index(p["story"]) % PARTS for p in pairs])
    weights = fit(x, y, share)
    print(len(pairs), "pairs,", int(y.sum()), "of them one claim; even odds at", round(float(-weights[0] / weights[1]), 3))
    for name, weight in zip(names, weights[1:] / weights[1]):
        print(f"  {name:16} {weight:6.3f}")
    unseen = np.zeros(len(y))
    for k in range(PARTS):
        kept = fit(x[part != k], y[part != k], share[part != k])
        unseen[part == k] = kept[0] + x[part == k] @ kept[1:]
    print(f"  left out: {area(y, unseen, share):.3f}; by meaning alone {area(y, x[:, 0], share):.3f}")


if __name__ == "__main__":
    main()
