#!/usr/bin/env python3
"""Fits the prices of crates/newstemma-derive/src/prices.rs.

    cargo build --release -p xtask && python3 derive.py "target/release/xtask stemma-trials" SET...

The first argument is the command that finds stemmata at prices; SETs are folders of sets of kind
"stemma". Each price is tried higher and lower, one after the other, and what is for the better by
more than LEAST is kept, until a round brings nothing: that measures too little to be fitted to the
last digit, and a price that makes no difference stays as it is. Measured are, in each set, the pairs of
reports that are related (F1), the edges that are right, with and without direction (F1), the lost
texts that are found (F1), and how well the confidence fits (Brier), all over the stories together.

Prints the prices, and what they are worth on stories that they were not fitted on: the same in
FOLDS parts, each measured with prices fitted on the others.
"""
import itertools
import json
import subprocess
import sys
import zlib
from collections import defaultdict
from pathlib import Path

FOLDS = 4
ROUNDS = 3
STEPS = (1.3, 1 / 1.3)
LEAST = 0.0015
# A set counts by how much it says of news: it has lost texts, several sources, real translators.
WEIGHTS = {"traditions": 1.0, "wmt22-translations": 0.3, "clough-stevenson": 0.15}
RELATED_WEIGHT = 1.0
LOST_WEIGHT = 0.25
BRIER_WEIGHT = 0.1


def lineage(text, parents):
    """A text and all that it was made from."""
    found, open_ = set(), [text]
    while open_:
        at = open_.pop()
        if at not in found:
            found.add(at)
            open_.extend(parents.get(at, ()))
    return found


class Gold:
    """What is true of the stories of a set."""

    def __init__(self, folder):
        gold = json.loads((Path(folder) / "gold.json").read_text(encoding="utf-8"))
        self.reports = set(gold["groups"])
        self.parents = defaultdict(dict)
        self.children = defaultdict(set)
        self.wanted = defaultdict(list)
        for edge in gold["edges"]:
            self.parents[edge["child"]][edge["parent"]] = edge
            if edge["child"] in self.reports:
                self.children[edge["parent"]].add(edge["child"])
                self.wanted[gold["groups"][edge["child"]]].append(edge)
        self.lost = {x["id"] for x in gold.get("lost", []) if len(self.children[x["id"]]) > 1}
        self.story_of_lost = {x["id"]: x["group"] for x in gold.get("lost", [])}
        self.related = defaultdict(set)
        lineages = {x: lineage(x, self.parents) for x in self.reports}
        unseen = {frozenset(pair) for pair in gold.get("ignore", [])}
        for x, y in itertools.combinations(sorted(self.reports), 2):
            if gold["groups"][x] == gold["groups"][y] and lineages[x] & lineages[y] and {x, y} not in unseen:
                self.related[gold["groups"][x]].add((x, y))
        self.accepted = {}
        for child, edges in self.parents.items():
            for parent, edge in edges.items():
                also = edge.get("alt", []) if parent in self.reports else self.extant_above(parent)
                for target in (parent, *also):
                    self.accepted.setdefault((child, target), edge)

    def extant_above(self, lost):
        above = self.parents.get(lost, {})
        return [x for p in above for x in ([p] if p in self.reports else self.extant_above(p))]

    def counts(self, story, edges):
        """What is right in a story, as counts that can be added up."""
        children = defaultdict(set)
        for child, parent, *_ in edges:
            if isinstance(parent, int) and not isinstance(child, int):
                children[parent].add(child)
        same = self.matched(children)
        found = dict.fromkeys(
            ("edges", "right", "right_way", "hit", "hit_way", "wanted", "lost", "found", "true", "brier",
             "pairs", "pairs_right", "pairs_wanted"), 0)
        pairs = self.pairs(edges)
        found["pairs"], found["pairs_wanted"] = len(pairs), len(self.related[story])
        found["pairs_right"] = len(pairs & self.related[story])
        hit, hit_way = set(), set()
        for child, parent, decided, confidence in edges:
            child, parent = same.get(child, child), same.get(parent, parent)
            there, back = self.accepted.get((child, parent)), self.accepted.get((parent, child))
            edge = there or back
            way = edge is not None and (there is not None or edge.get("either_way", False))
            found["edges"] += 1
            found["right"] += edge is not None
            found["right_way"] += way and decided
            found["brier"] += (confidence - (edge is not None and (way or not decided))) ** 2
            if edge is not None:
                hit.add(id(edge))
                if way and decided:
                    hit_way.add(id(edge))
        wanted = self.wanted[story]
        found["wanted"] = len(wanted)
        found["hit"] = sum(id(e) in hit for e in wanted)
        found["hit_way"] = sum(id(e) in hit_way for e in wanted)
        true = {x for x in self.lost if self.story_of_lost[x] == story}
        found["lost"], found["true"] = len(children), len(true)
        close = (x for x, l in same.items() if 2 * len(children[x] & self.children[l]) >= len(children[x] | self.children[l]))
        found["found"] = sum(same[x] in true for x in close)
        return found

    def pairs(self, edges):
        """Reports with a common ancestor-or-self; an undecided edge may be walked either way."""
        parents = defaultdict(set)
        for child, parent, decided, _ in edges:
            parents[child].add(parent)
            if not decided:
                parents[parent].add(child)
        reports = sorted(x for x in {x for edge in edges for x in edge[:2]} if x in self.reports)
        lineages = {x: lineage(x, parents) for x in reports}
        return {(x, y) for x, y in itertools.combinations(reports, 2) if lineages[x] & lineages[y]}

    def matched(self, children):
        """Lost texts to those of the truth: by the most children in common, two at least."""
        close = []
        for (lost, own), true in itertools.product(children.items(), self.lost):
            both = own & self.children[true]
            if len(both) > 1:
                close.append((-len(both) / len(own | self.children[true]), lost, true))
        same = {}
        for _, lost, true in sorted(close):
            if lost not in same and true not in same.values():
                same[lost] = true
        return same


class Trials:
    """Stemmata at prices, counted by story."""

    def __init__(self, command, folders):
        self.gold = {Path(folder).name: Gold(folder) for folder in folders}
        self.program = subprocess.Popen(
            [*command.split(), *folders], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.known = {}

    def at(self, prices):
        key = json.dumps(prices, sort_keys=True)
        if key not in self.known:
            self.program.stdin.write(key + "\n")
            self.program.stdin.flush()
            stories = json.loads(self.program.stdout.readline())
            self.known[key] = {
                (s["set"], s["story"]): self.gold[s["set"]].counts(s["story"], s["edges"]) for s in stories}
        return self.known[key]


def f1(right, of, hit, wanted):
    return (2 * (right / of) * (hit / wanted) / (right / of + hit / wanted)) if right and hit else 0.0


def measures(counts):
    """What a set's stories come to together."""
    sums = defaultdict(float)
    for story in counts:
        for name, value in story.items():
            sums[name] += value
    return {
        "related": f1(sums["pairs_right"], sums["pairs"], sums["pairs_right"], sums["pairs_wanted"]),
        "edges": f1(sums["right"], sums["edges"], sums["hit"], sums["wanted"]),
        "directed": f1(sums["right_way"], sums["edges"], sums["hit_way"], sums["wanted"]),
        "lost": f1(sums["found"], sums["lost"], sums["found"], sums["true"]),
        "brier": sums["brier"] / max(1.0, sums["edges"]),
    }


def by_set(stories, own):
    sets = defaultdict(list)
    for (name, story), counts in stories.items():
        if own((name, story)):
            sets[name].append(counts)
    return {name: measures(counts) for name, counts in sets.items()}


def worth(stories, own):
    total = 0.0
    for name, m in by_set(stories, own).items():
        value = (m["edges"] + m["directed"]) / 2 + RELATED_WEIGHT * m["related"] + LOST_WEIGHT * m["lost"]
        value -= BRIER_WEIGHT * m["brier"]
        total += WEIGHTS.get(name, 0.3) * value
    return total


def fit(trials, names, own):
    prices = {}
    best = worth(trials.at(prices), own)
    for _ in range(ROUNDS):
        before = best
        for name, step in itertools.product(names, STEPS):
            while True:
                value = prices.get(name, names[name]) * step
                tried = {**prices, name: round(value, 4)}
                now = worth(trials.at(tried), own)
                if now < best + LEAST:
                    break
                prices, best = tried, now
        if best == before:
            break
    return prices, best


def defaults():
    """The prices as they are, from the source."""
    source = Path(__file__).parents[2] / "crates/newstemma-derive/src/prices.rs"
    lines = (line.strip() for line in source.read_text(encoding="utf-8").splitlines())
    pairs = (line.rstrip(";").split(" = ") for line in lines if " = " in line and line.endswith(";"))
    return {name: float(value) for name, value in pairs if name.isidentifier() and value[0].isdigit()}


def main():
    command, *folders = sys.argv[1:]
    trials, names = Trials(command, folders), defaults()
    fold = lambda story: zlib.crc32(story[1].encode()) % FOLDS
    before, left_out = trials.at({}), {}
    print("as it is:", show(by_set(before, lambda _: True)), flush=True)
    for part in range(FOLDS):
        prices, _ = fit(trials, names, lambda s: fold(s) != part)
        left_out |= {s: c for s, c in trials.at(prices).items() if fold(s) == part}
        print("fold", part, prices, flush=True)
    print("on stories left out:", show(by_set(left_out, lambda _: True)), flush=True)
    prices, _ = fit(trials, names, lambda _: True)
    print("on all:", show(by_set(trials.at(prices), lambda _: True)))
    for name, value in prices.items():
        print(f"    {name}: {names[name]} -> {value}")


def show(sets):
    return "; ".join(
        name + " " + " ".join(f"{k} {v:.3f}" for k, v in m.items()) for name, m in sorted(sets.items()))


if __name__ == "__main__":
    main()
