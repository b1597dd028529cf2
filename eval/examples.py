#!/usr/bin/env python3
"""Scores the accounts of the examples against what their texts were written from.

    python3 eval/examples.py --bin target/release/newstemma [--json] [NAME...]

A gold file, examples/NAME.gold.json, names reports by their ids and passages by their words, each of
which stands once in the text of its report. Every score lies between 0 and 1; `origins` and
`false_corroborations` count errors. Texts, people and events are invented, so that the files may be
looked at, and a method that is right only there has failed: nothing is fitted on them.

- grouped: share of the pairs of reports of one story that are in one.
- edges: F1 of pairs (child, parent), whatever the direction where it is undecided; the parent of the
  children of a lost text is that text. Where the texts do not tell, an alternative is right, too.
- false_corroborations: pairs of reports of one origin that no derivation relates.
- source, content: F1 of attributed statements. A content is found from a Dice of .5 on; its source is
  right if one name contains the other.
- figures, dates: F1 of spans that overlap and have the value.
- claims: BCubed F1 of the gold's passages over the claims that they are in.
- origins: mean error of `independent` over claims of several reports.
- differences: recall of the gold's; precision over those of figures, dates, names, places, negations.
"""
import argparse
import json
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OF_FACT = {"figure", "date", "name", "place", "negation"}
NAMES = ["flood", "election"]


def f1(hits_found, found, hits_gold, gold):
    p = hits_found / found if found else 0.0
    r = hits_gold / gold if gold else 0.0
    return 2 * p * r / (p + r) if p + r else 0.0


def dice(a, b):
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return 2 * shared / (a[1] - a[0] + b[1] - b[0])


def overlap(a, b):
    return min(a[1], b[1]) > max(a[0], b[0])


def span(x):
    return (x["start"], x["end"])


class Account:
    """The records of an account, by what they are of."""

    def __init__(self, records):
        self.by = defaultdict(list)
        for record in records:
            self.by[record["type"]].append(record)
        self.name = {r["id"]: r["ref"].rsplit("/", 1)[-1] for r in self.by["report"]}
        self.text = {self.name[r["id"]]: r["text"].encode() for r in self.by["report"]}
        self.said = defaultdict(list)
        for s in self.by["statement"]:
            self.said[self.name[s["report"]]].append(s)

    def place(self, report, words):
        start = self.text[report].find(words.encode())
        if start < 0:
            raise SystemExit(f"{report} has no “{words}”")
        return (start, start + len(words.encode()))


def grouped(gold, account):
    story = {account.name[r]: s["id"] for s in account.by["story"] for r in s["reports"]}
    pairs = [p for group in gold["stories"] for p in combinations(group, 2)]
    return sum(a in story and story.get(a) == story.get(b) for a, b in pairs) / len(pairs)


def edges(gold, account):
    wanted = {(e["child"], e["parent"]) for e in gold["edges"]}
    alternative = {(e["child"], e["alternative"]): (e["child"], e["parent"]) for e in gold["edges"] if "alternative" in e}
    wanted |= {(c, lost["credited_to"]) for lost in gold["lost"] for c in lost["children"]}
    credited = {x["id"]: x["credited_to"] for x in account.by["exemplar"]}
    found = set()
    for d in account.by["derivation"]:
        child = account.name.get(d["child"])
        parent = account.name.get(d["parent"]) or credited.get(d["parent"]) or "lost"
        undecided = d["direction"] == "undecided" and (parent, child) in wanted
        edge = (parent, child) if undecided else (child, parent)
        found.add(alternative.get(edge, edge))
    hits = len(found & wanted)
    return f1(hits, len(found), hits, len(wanted))


def families(pairs):
    """Nodes that edges join."""
    root = {}

    def find(x):
        root.setdefault(x, x)
        while root[x] != x:
            x = root[x]
        return x

    for a, b in pairs:
        root[find(a)] = find(b)
    return {x: find(x) for x in root}


def false_corroborations(gold, account):
    wanted = [(e["child"], e["parent"]) for e in gold["edges"]]
    wanted += [(c, lost["credited_to"]) for lost in gold["lost"] for c in lost["children"]]
    of_gold = families(wanted)
    drawn = [(account.name.get(d["child"], d["child"]), account.name.get(d["parent"], d["parent"]))
             for d in account.by["derivation"]]
    of_account = families(drawn)
    related = (p for p in combinations(sorted(account.text), 2)
               if of_gold.get(p[0], 0) == of_gold.get(p[1], 1))
    return sum(of_account.get(a, 0) != of_account.get(b, 1) for a, b in related)


def statements(gold, account):
    wanted = [(r, account.place(r, words), source)
              for claim in gold["claims"] for r, words, source in claim["said"] if source]
    found = [(account.name[s["report"]], span(s["content"]), s["source"]["name"])
             for s in account.by["statement"]
             if s["content"] and s["source"] and s["source"]["kind"] != "unstated"]
    same = lambda a, b: a.casefold() in b.casefold() or b.casefold() in a.casefold()
    near = lambda a, b: a[0] == b[0] and dice(a[1], b[1]) >= 0.5
    right = lambda a, b: near(a, b) and same(a[2], b[2])
    score = lambda ok: f1(sum(any(ok(w, f) for w in wanted) for f in found), len(found),
                          sum(any(ok(w, f) for f in found) for w in wanted), len(wanted))
    return score(right), score(near)


def values(gold, account, kind):
    wanted = [(r, account.place(r, words), value)
              for r, own in gold[kind].items() for words, value in own.items()]
    found = {}
    for s in account.by["statement"]:
        for x in s[kind]:
            value = x.get("value")
            if kind == "figures":
                value = {k: x[k] for k in ("value", "low", "high") if x.get(k) is not None}
            found[(account.name[s["report"]], span(x))] = value
    hit = lambda w, f: w[0] == f[0][0] and overlap(w[1], f[0][1]) and w[2] == f[1]
    return f1(sum(any(hit(w, f) for w in wanted) for f in found.items()), len(found),
              sum(any(hit(w, f) for f in found.items()) for w in wanted), len(wanted))


def claims(gold, account):
    """BCubed F1 over the passages, and the mean error of the count of origins."""
    claim_of = {s: c for c in account.by["claim"] for s in c["statements"]}
    of_gold, of_account = [], []
    errors = []
    for number, claim in enumerate(gold["claims"]):
        mine = Counter()
        for report, words, _ in claim["said"]:
            at = account.place(report, words)
            best = max(account.said[report], default=None,
                       key=lambda s: dice(at, span(s["content"] or s)))
            found = claim_of.get(best["id"]) if best and dice(at, span(best["content"] or best)) >= 0.3 else None
            of_gold.append(number)
            of_account.append(found["id"] if found else f"none {len(of_account)}")
            if found:
                mine[found["id"]] += 1
        if len(claim["said"]) > 1:
            by_id = {c["id"]: c for c in account.by["claim"]}
            told = by_id[mine.most_common(1)[0][0]]["independent"] if mine else 0
            errors.append(abs(told - claim["independent"]))
    size_gold, size_account = Counter(of_gold), Counter(of_account)
    both = Counter(zip(of_gold, of_account))
    n = len(of_gold)
    p = sum(both[x] / size_account[x[1]] for x in zip(of_gold, of_account)) / n
    r = sum(both[x] / size_gold[x[0]] for x in zip(of_gold, of_account)) / n
    return 2 * p * r / (p + r), sum(errors) / len(errors)


def differences(gold, account):
    number = lambda text: "".join(c if c.isdigit() or c in ".," else " " for c in text).replace(",", ".").split()
    figure = lambda s, at: {str(f.get("value") or f.get("low") or f.get("high")) for f in s["figures"] if overlap(at, span(f))}

    def readings(d):
        found = set()
        for variant in d["variants"]:
            found |= {n.rstrip(".") for n in number(variant["value"])}
            for at in variant.get("spans", []):
                for s in account.said[account.name[at["report"]]]:
                    found |= figure(s, span(at))
        return found

    def answers(want, d):
        if d["kind"] != want["kind"] or not set(want["values"]) <= readings(d):
            return False
        if not want["arose"] or not d["arose"]:
            return not want["arose"]
        edge = {account.name.get(d["arose"][k]) for k in ("child", "parent")}
        return edge == {want["arose"]["child"], want["arose"]["parent"]}

    found = [d for d in account.by["difference"] if d["kind"] in OF_FACT]
    recall = sum(any(answers(w, d) for d in found) for w in gold["differences"]) / len(gold["differences"])
    right = sum(any(answers(w, d) for w in gold["differences"]) for d in found)
    return recall, right / len(found) if found else 1.0


def score(binary, name):
    gold = json.loads((ROOT / "examples" / f"{name}.gold.json").read_text())
    command = [str(binary), "account", "--json", str(ROOT / "examples" / name)]
    run = subprocess.run(command, capture_output=True, check=True)
    account = Account(json.loads(line) for line in run.stdout.splitlines())
    source, content = statements(gold, account)
    joined, origins = claims(gold, account)
    recall, precision = differences(gold, account)
    return {
        "grouped": grouped(gold, account),
        "edges.f1": edges(gold, account),
        "false_corroborations": false_corroborations(gold, account),
        "source.f1": source,
        "content.f1": content,
        "figures.f1": values(gold, account, "figures"),
        "dates.f1": values(gold, account, "dates"),
        "claims.f1": joined,
        "origins.error": origins,
        "differences.recall": recall,
        "differences.precision": precision,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("names", nargs="*", default=NAMES)
    options = parser.parse_args()
    scores = {name: score(options.bin, name) for name in options.names}
    if options.json:
        print(json.dumps(scores))
        return
    for name, figures in scores.items():
        print(f"{name}: " + "   ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}"
                                       for k, v in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
