#!/usr/bin/env python3
"""Groups the reports of sets with stories by other means, beside newstemma, and prints one table.

    python3 peers.py BIN SET...

Each SET is a folder with `reports.jsonl` and `gold.json` ({"stories": {id: story}}). Peers:

- online tf-idf: reports in their order; each joins the cluster whose centroid is nearest, if it is near
  enough. Words are hashed, so that none needs to be known beforehand; rarity is counted as they come.
  The threshold is the one of seven that is best on the set itself.
- HDBSCAN on the mean of the sentence vectors of `newstemma embed`, least cluster 2; what it calls
  noise stands alone.
- dense: those means, lead-weighted, average linkage, the threshold that is best on the set itself.
- tf-idf: average linkage, the threshold that is best on the set itself.

All but HDBSCAN know the answer when they choose their threshold; newstemma's is fixed. Prints BCubed F1
and reports a second of CPU time, of all threads; that of HDBSCAN and of dense includes the encoder's.
Needs Python 3.11, numpy and scikit-learn 1.3.
"""
import argparse
import json
import re
import resource
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.cluster import HDBSCAN, AgglomerativeClustering
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer

LEAD_DECAY, WEIGHT_MIN = 0.9, 0.15
THRESHOLDS = np.arange(0.1, 0.96, 0.02)
ONLINE_THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


def cpu():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def bcubed(labels, gold):
    of_label, of_story, both = Counter(labels), Counter(gold), Counter(zip(labels, gold))
    pairs = list(zip(labels, gold))
    precision = sum(both[pair] / of_label[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / of_story[pair[1]] for pair in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def newstemma(binary, folder, ids):
    done = subprocess.run([binary, "account", "--json", folder / "reports.jsonl"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{binary}: exit status {done.returncode}")
    names, story_of = {}, {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        if record["type"] == "report":
            names[record["id"]] = record["ref"]
        elif record["type"] == "story":
            story_of.update((report, record["id"]) for report in record["reports"])
    label = {names[report]: story for report, story in story_of.items()}
    return [label.get(reference, reference) for reference in ids]


def online(texts, threshold):
    counts = HashingVectorizer(n_features=2**20, norm=None, alternate_sign=False, stop_words=None)
    seen, sums, sizes, labels = np.zeros(2**20), [], [], []
    for number, text in enumerate(texts):
        row = counts.transform([text])
        seen[row.indices] += 1
        weights = (1 + np.log(row.data)) * (np.log((2 + number) / (1 + seen[row.indices])) + 1)
        report = dict(zip(row.indices.tolist(), (weights / (np.linalg.norm(weights) or 1)).tolist()))
        near = [sum(value * other.get(key, 0.0) for key, value in report.items()) / size
                for other, size in zip(sums, sizes)]
        best = int(np.argmax(near)) if near else -1
        if best < 0 or near[best] < threshold:
            sums.append({})
            sizes.append(1.0)
            best = len(sums) - 1
        for key, value in report.items():
            sums[best][key] = sums[best].get(key, 0.0) + value
        sizes[best] = sum(value * value for value in sums[best].values()) ** 0.5
        labels.append(best)
    return labels


def means(binary, texts):
    """The lead-weighted mean of each text's sentence vectors, of unit length."""
    sentences = [[s for s in re.split(r"(?<=[.!?。！？])\s+|\n+", text) if s.strip()] or ["-"] for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        lines, out = Path(folder, "lines.txt"), Path(folder, "out.npy")
        lines.write_text("".join(s.replace("\n", " ") + "\n" for report in sentences for s in report))
        subprocess.run([binary, "embed", "--lines", lines, "--npy", out], check=True,
                       stderr=subprocess.DEVNULL)
        rows, begin, out_rows = np.load(out), 0, []
    for report in sentences:
        weights = np.maximum(LEAD_DECAY ** np.arange(len(report)), WEIGHT_MIN)
        mean = weights @ rows[begin : begin + len(report)]
        out_rows.append(mean / (np.linalg.norm(mean) or 1))
        begin += len(report)
    return np.array(out_rows)


def best_linkage(distances, gold):
    """Average linkage, cut where it is best on the set itself."""
    tree = AgglomerativeClustering(n_clusters=None, distance_threshold=0, metric="precomputed",
                                   linkage="average").fit(distances)
    merges = list(zip(tree.children_, tree.distances_))
    best = (0.0, None)
    for threshold in THRESHOLDS:
        label, nodes = list(range(len(gold))), {i: [i] for i in range(len(gold))}
        for number, ((a, b), distance) in enumerate(merges):
            if distance > threshold:
                break
            nodes[len(gold) + number] = nodes.pop(a) + nodes.pop(b)
        for node, members in nodes.items():
            for member in members:
                label[member] = node
        best = max(best, (bcubed(label, gold), threshold), key=lambda pair: pair[0])
    return best


def noise_alone(labels):
    return [f"alone {i}" if label < 0 else label for i, label in enumerate(labels)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin")
    parser.add_argument("sets", nargs="+", type=Path)
    options = parser.parse_args()
    print("| set | method | BCubed F1 | reports a CPU second |\n| --- | --- | --- | --- |")
    for folder in options.sets:
        reports = [json.loads(line) for line in open(folder / "reports.jsonl", encoding="utf-8")]
        stories = json.loads((folder / "gold.json").read_text())["stories"]
        ids = [report["id"] for report in reports]
        texts = [f"{report.get('title') or ''}\n{report['text']}" for report in reports]
        gold = [stories.get(reference, reference) for reference in ids]

        def show(method, score, begin, note="", times=1):
            rate = times * len(reports) / max(cpu() - begin, 1e-9)
            print(f"| {folder.name} | {method} | {score:.3f}{note} | {rate:.0f} |", flush=True)

        begin = cpu()
        show("newstemma account", bcubed(newstemma(options.bin, folder, ids), gold), begin)
        begin = cpu()
        scores = [(bcubed(online(texts, t), gold), t) for t in ONLINE_THRESHOLDS]
        score, threshold = max(scores)
        show("online tf-idf", score, begin, f" (best of seven, {threshold})", len(scores))
        begin = cpu()
        vectors = means(options.bin, texts)
        embedded = cpu() - begin
        labels = HDBSCAN(min_cluster_size=2, metric="euclidean", copy=True).fit_predict(vectors)
        show("HDBSCAN on sentence vectors", bcubed(noise_alone(labels), gold), begin)
        begin = cpu() - embedded
        score, threshold = best_linkage(np.clip(1 - vectors @ vectors.T, 0, 2), gold)
        show("dense, average linkage", score, begin, f" (best cut, {threshold:.2f})")
        begin = cpu()
        words = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
        score, threshold = best_linkage(np.clip(1 - (words @ words.T).toarray(), 0, 2), gold)
        show("tf-idf, average linkage", score, begin, f" (best cut, {threshold:.2f})")


if __name__ == "__main__":
    main()
