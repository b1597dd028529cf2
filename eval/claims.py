#!/usr/bin/env python3
"""Scores the claims of real reports against pairs that were judged by hand.

    python3 eval/claims.py --bin target/release/newstemma --sets SETS [--json]

SETS is the folder of the development sets; eval/claims/NAME.jsonl has the judgements of set NAME: two
passages by report and bytes, whether they are one claim, and how many pairs each stands for (pairs
that look alike were judged more often than they occur). A passage is what a statement says; where the
statements are told apart in another way, the one that overlaps it most stands for it.

- precision: share of the pairs in one claim that were judged to be one, each bearing its weight.
- recall: share of the pairs judged to be one that are in one claim.
"""
import argparse
import json
import subprocess
from collections import defaultdict
from pathlib import Path

JUDGED = Path(__file__).with_name("claims")


def claims_of(binary, reports):
    """{report: [(start, end, claim)]} of an account."""
    run = subprocess.run([binary, "account", "--json", "--quiet", str(reports)], stdout=subprocess.PIPE, text=True, check=True)
    reference, said, found = {}, {}, defaultdict(list)
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record["type"] == "report":
            reference[record["id"]] = record["ref"]
        elif record["type"] == "statement":
            words = record["content"] or record
            said[record["id"]] = (reference[record["report"]], words["start"], words["end"])
        elif record["type"] == "claim":
            for statement in record["statements"]:
                report, start, end = said[statement]
                found[report].append((start, end, record["id"]))
    return found


def claim_at(found, passage):
    """The claim of the statement that overlaps a passage most."""
    def overlap(place):
        return min(place[1], passage["end"]) - max(place[0], passage["start"])

    places = [p for p in found.get(passage["report"], []) if overlap(p) > 0]
    return max(places, key=lambda p: (2 * overlap(p) - (p[1] - p[0]), p))[2] if places else None


def score(binary, sets, name):
    found = claims_of(binary, Path(sets) / name / "reports.jsonl")
    joined = right = same = 0.0
    for line in (JUDGED / f"{name}.jsonl").read_text().splitlines():
        pair = json.loads(line)
        a, b = claim_at(found, pair["a"]), claim_at(found, pair["b"])
        is_joined = a is not None and a == b
        joined += pair["weight"] * is_joined
        same += pair["weight"] * pair["same"]
        right += pair["weight"] * (is_joined and pair["same"])
    return {"precision": right / joined if joined else 0.0, "recall": right / same if same else 0.0}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--sets", required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = {path.stem: score(options.bin, options.sets, path.stem) for path in sorted(JUDGED.glob("*.jsonl"))}
    if options.json:
        print(json.dumps(results))
        return
    for name, result in results.items():
        print(name, *(f"{measure} {value:.3f}" for measure, value in result.items()))


if __name__ == "__main__":
    main()
