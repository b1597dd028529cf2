#!/usr/bin/env python3
"""Which pairs of reports in one language share text: newstemma beside MinHash (datasketch, rensa).

    pip install datasketch rensa
    reuse.py newstemma SET...

SETs are folders with reports.jsonl {id, text} and gold.json {langs or none, groups, edges, ignore}.
MinHash: windows of five words, 128 permutations, an index with bands for a Jaccard of .1 and the
estimate checked against it; one thread. newstemma: the whole command, account and all; two reports
are related that have a common ancestor-or-self, an undecided edge being walked either way. Told are
precision and recall over the pairs in one language, and reports a second by the clock.
"""
import collections
import itertools
import json
import re
import subprocess
import sys
import time
from pathlib import Path

WINDOW, PERMUTATIONS, JACCARD = 5, 128, 0.1


def above(node, parents):
    found, waiting = set(), [node]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(parents.get(at, ()))
    return found


def related(ids, edges):
    """Pairs with a common ancestor-or-self; edges are (child, parent, decided)."""
    parents, below = collections.defaultdict(set), collections.defaultdict(list)
    for child, parent, decided in edges:
        parents[child].add(parent)
        if not decided:
            parents[parent].add(child)
    for report in sorted(ids):
        for node in above(report, parents):
            below[node].append(report)
    return {pair for own in below.values() for pair in itertools.combinations(own, 2)}


def by_newstemma(program, path):
    lines = subprocess.run([program, "account", "--json", path], check=True, capture_output=True, text=True).stdout
    records = [json.loads(line) for line in lines.splitlines()]
    refs = {r["id"]: r["ref"] for r in records if r["type"] == "report"}
    name = lambda node: refs.get(node, node)
    edges = [(name(r["child"]), name(r["parent"]), r["direction"] == "decided") for r in records if r["type"] == "derivation"]
    return related(refs.values(), edges), {r["ref"]: r["lang"] for r in records if r["type"] == "report"}


def windows(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[k : k + WINDOW]) for k in range(max(1, len(words) - WINDOW + 1))}


def by_datasketch(reports):
    from datasketch import MinHash, MinHashLSH

    index, sketches = MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS), {}
    for report in reports:
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([w.encode() for w in windows(report["text"])])
        sketches[report["id"]] = sketch
        index.insert(report["id"], sketch)
    near = ((a, b) for a, sketch in sketches.items() for b in index.query(sketch) if a < b)
    return {(a, b) for a, b in near if sketches[a].jaccard(sketches[b]) >= JACCARD}


def by_rensa(reports):
    from rensa import RMinHash, RMinHashLSH

    index, sketches, names = RMinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS, num_bands=64), {}, {}
    for number, report in enumerate(reports):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=7)
        sketch.update(sorted(windows(report["text"])))
        sketches[number], names[number] = sketch, report["id"]
        index.insert(number, sketch)
    near = ((a, b) for a, sketch in sketches.items() for b in index.query(sketch) if a < b)
    return {tuple(sorted((names[a], names[b]))) for a, b in near if sketches[a].jaccard(sketches[b]) >= JACCARD}


def main():
    program, *folders = sys.argv[1:]
    print("| set | method | precision | recall | reports/s |\n| --- | --- | --- | --- | --- |")
    for folder in map(Path, folders):
        reports = [json.loads(line) for line in (folder / "reports.jsonl").open(encoding="utf-8")]
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        started = time.perf_counter()
        found, read_as = by_newstemma(program, str(folder / "reports.jsonl"))
        runs = [("newstemma", found, time.perf_counter() - started)]
        for name, method in (("datasketch", by_datasketch), ("rensa", by_rensa)):
            started = time.perf_counter()
            runs.append((name, method(reports), time.perf_counter() - started))
        langs = gold.get("langs") or read_as
        one_language = lambda pairs: {p for p in pairs if langs[p[0]] == langs[p[1]]}
        unseen = {tuple(sorted(p)) for p in gold.get("ignore", [])}
        wanted = related(gold["groups"], [(e["child"], e["parent"], True) for e in gold["edges"]])
        wanted = {p for p in one_language(p for p in wanted if set(p) <= set(gold["groups"]))} - unseen
        for name, pairs, seconds in runs:
            own = one_language(tuple(sorted(p)) for p in pairs if set(p) <= set(langs)) - unseen
            right = len(own & wanted)
            print(f"| {folder.name} | {name} | {right / max(1, len(own)):.3f} | {right / len(wanted):.3f} | {len(reports) / seconds:.0f} |")


main()
