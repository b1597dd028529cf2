#!/usr/bin/env python3
"""Fits the weights of crates/newstemma-cluster/src/score.rs, and shows what threshold they bear.

    cargo run --release -p xtask -- story-pairs PAIRS.ndjson SET... && python3 stories.py PAIRS.ndjson

Each line of PAIRS.ndjson is a collection: a set, or a random draw of four stories of it, with the
evidence on the pairs of its reports. All parts of the evidence but the last are fitted together: a
logistic regression with a small ridge, by Newton's method, in which every set weighs the same, and in
a set the pairs of one story and of two, and those of one language and of two. Every set stands there
three times: whole; in draws, which weigh less; and with all names taken away, for languages in which
few are found, at half (not a set of which pairs alone are known). Time has a weight of its own, fitted afterwards with the others held, on sets whose reports say when they were
published; such a set serves for nothing else.

Then prints, for each set, what average linkage makes of it at some thresholds, with weights fitted
without that set: BCubed F1 of the whole and mean of the draws, or accuracy over known pairs. Needs
numpy.
"""
import json
import sys
from collections import Counter, defaultdict

import numpy as np

RIDGE = 0.1
STEPS = 40
SCORE_MIN, SCORE_MAX = -6.0, 3.0
THRESHOLDS = (-0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0)
DRAWS_WEIGHT = 0.3
NAMELESS_WEIGHT = 0.5


class Collection:
    def __init__(self, line):
        self.parts = line["parts"]
        self.stories, self.known = line["stories"], line["known"]
        pairs = line["pairs"]
        self.at = np.array([p[:2] for p in pairs], dtype=int).reshape(-1, 2)
        self.same = np.array([-1 if p[2] is None else int(p[2]) for p in pairs])
        self.one_language = np.array([p[3] for p in pairs], dtype=bool)
        self.values = np.array([p[4] for p in pairs]).reshape(len(pairs), -1)

    def without_names(self):
        values = self.values.copy()
        values[:, self.parts.index("names")] = 0.0
        values[:, self.parts.index("silence")] = 1.0
        return values


def weights_of_pairs(collection):
    """Every class of pairs weighs the same; unknown ones nothing."""
    weights = np.zeros(len(collection.same))
    for language in (True, False):
        own = collection.one_language == language
        one, two = own & (collection.same == 1), own & (collection.same == 0)
        if min(one.sum(), two.sum()) >= 5:
            weights[one], weights[two] = 1 / one.sum(), 1 / two.sum()
    return weights


def logistic(x, y, weights, offset, ridge):
    """Newton's method; the first column is the constant, which the ridge spares."""
    weights = weights / weights.sum() * 5000
    fitted = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ fitted + offset, -30, 30)))
        spread = weights * (chance * (1 - chance) + 1e-9)
        slope = x.T @ (weights * (chance - y)) + ridge * fitted
        fitted -= np.linalg.solve(x.T @ (x * spread[:, None]) + np.diag(ridge), slope)
    return fitted


def fit(sets):
    """The constant and the weights of all parts but the last."""
    xs, ys, ws = [], [], []
    for collections in sets:
        whole, draws = collections[0], collections[1:]
        versions = [(whole, whole.values, 1.0)]
        versions += [(d, d.values, DRAWS_WEIGHT / len(draws)) for d in draws]
        if not whole.known:
            versions.append((whole, whole.without_names(), NAMELESS_WEIGHT))
        for collection, values, share in versions:
            weights = weights_of_pairs(collection) * share
            use = weights > 0
            xs.append(np.c_[np.ones(use.sum()), values[use, :-1]])
            ys.append(collection.same[use])
            ws.append(weights[use])
    x, y, w = np.concatenate(xs), np.concatenate(ys), np.concatenate(ws)
    ridge = np.r_[0.0, np.full(x.shape[1] - 1, RIDGE)] * np.r_[1.0, x[:, 1:].var(0)]
    return logistic(x, y, w, np.zeros(len(y)), ridge)


def fit_time(sets, fitted):
    """The weight of the last part, all others held."""
    xs, ys, os = [], [], []
    for collections in sets:
        whole = collections[0]
        use = (whole.values[:, -1] > 0) & (whole.same >= 0)
        offset = np.clip(fitted[0] + whole.values[use, :-1] @ fitted[1:], SCORE_MIN, SCORE_MAX)
        xs.append(whole.values[use, -1:])
        ys.append(whole.same[use])
        os.append(offset)
    x, y, offset = np.concatenate(xs), np.concatenate(ys), np.concatenate(os)
    return logistic(x, y, np.ones(len(y)), offset, np.array([0.1]))[0]


def linkage(collection, fitted, threshold):
    """Labels by average linkage over all pairs, those not compared at the least score."""
    n = len(collection.stories)
    score = fitted[0] + collection.values @ fitted[1:]
    matrix = np.full((n, n), SCORE_MIN)
    a, b = collection.at.T
    matrix[a, b] = matrix[b, a] = np.clip(score, SCORE_MIN, SCORE_MAX)
    np.fill_diagonal(matrix, -np.inf)
    size, label = np.ones(n), np.arange(n)
    while True:
        i, j = np.unravel_index(np.argmax(matrix), matrix.shape)
        if matrix[i, j] < threshold:
            return label
        mixed = (size[i] * matrix[i] + size[j] * matrix[j]) / (size[i] + size[j])
        matrix[i], matrix[:, i] = mixed, mixed
        matrix[j], matrix[:, j], matrix[i, i] = -np.inf, -np.inf, -np.inf
        size[i] += size[j]
        label[label == j] = i


def bcubed(labels, stories):
    known = [i for i, s in enumerate(stories) if s is not None]
    of_label, of_story, both = Counter(labels[known]), Counter(), Counter()
    for i in known:
        of_story[stories[i]] += 1
        both[labels[i], stories[i]] += 1
    precision = sum(both[labels[i], stories[i]] / of_label[labels[i]] for i in known) / len(known)
    recall = sum(both[labels[i], stories[i]] / of_story[stories[i]] for i in known) / len(known)
    return 2 * precision * recall / (precision + recall)


def measure(collection, fitted, threshold):
    labels = linkage(collection, fitted, threshold)
    if collection.known:
        return np.mean([(labels[a] == labels[b]) == same for a, b, same in collection.known])
    return bcubed(labels, collection.stories)


def main():
    sets = defaultdict(list)
    for line in map(json.loads, open(sys.argv[1], encoding="utf-8")):
        sets[line["set"]].append(Collection(line))
    timed = [name for name, cs in sets.items() if (cs[0].values[:, -1] > 0).any()]
    untimed = [name for name in sets if name not in timed]
    parts = next(iter(sets.values()))[0].parts
    fitted = fit([sets[name] for name in untimed])
    time = fit_time([sets[name] for name in timed], fitted) if timed else 0.0
    print("constant", round(float(fitted[0]), 2))
    for part, weight in zip(parts, [*fitted[1:], time]):
        print(f"  {part:10}", round(float(weight), 2))
    print(f"{'threshold':24}", *(f"{t:6.2f}" for t in THRESHOLDS))
    for name in sets:
        others = fit([sets[n] for n in untimed if n != name])
        own = np.r_[others, time]
        show = lambda label, row: print(f"{label:24}", *(f"{v:6.3f}" for v in row), flush=True)
        whole, draws = sets[name][0], sets[name][1:]
        show(name, [measure(whole, own, t) for t in THRESHOLDS])
        if draws:
            show("  draws", [np.mean([measure(d, own, t) for d in draws]) for t in THRESHOLDS])


if __name__ == "__main__":
    main()
