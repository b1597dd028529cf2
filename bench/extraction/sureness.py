"""How often the date of a page is right, by the place where it was found.

    python3 sureness.py SCORER NEWSTEMMA SET...

SCORER is `extraction_score.py` of the evaluation sets, NEWSTEMMA the program, a SET the folder of
one. Prints the table `PUBLISHED` of `newstemma-extract/src/sureness.rs`: for each place three shares
of right days, where another place agrees, where there is none, and where all others differ; each is
drawn towards the share of the place as a whole by WEIGHT pages, and that towards PRIOR. Behind each
row stand the counts. Below it, for dates of the last change, of which no set tells what is right: how
often the places that give one agree.
"""

import collections
import importlib.util
import json
import os
import subprocess
import sys
import tarfile
import tempfile

CASES = ("agree", "silent", "differ")
WEIGHT = 4
PRIOR = 0.9


def load(scorer):
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def records(program, folder):
    """The records of a set's pages, with the gold line of each."""
    about = json.load(open(os.path.join(folder, "set.json"), encoding="utf-8"))
    pages = os.path.join(folder, "..", about.get("pages_from", os.path.basename(folder.rstrip("/"))), "pages.tar.xz")
    gold = [json.loads(line) for line in open(os.path.join(folder, "gold.jsonl"), encoding="utf-8")]
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(pages) as archive:
            archive.extractall(place, filter="data")
        paths = {os.path.basename(p): p for p in (os.path.join(d, f) for d, _, fs in os.walk(place) for f in fs)}
        wanted = [(line, paths[os.path.basename(line["page"])]) for line in gold]
        out = subprocess.run([program, "extract", "--json", *[path for _, path in wanted]], capture_output=True, check=False)
        by_name = {}
        for line in out.stdout.decode().splitlines():
            record = json.loads(line)
            if record["type"] == "report":
                by_name[os.path.basename(record["ref"])] = record
    for line, path in wanted:
        if os.path.basename(path) in by_name:
            yield line, by_name[os.path.basename(path)]


def case(source):
    return 0 if source["agreeing"] else 2 if source["differing"] else 1


def main(scorer, program, *folders):
    scorer = load(scorer)
    right, given = collections.Counter(), collections.Counter()
    changes, confirmed = collections.Counter(), collections.Counter()
    for folder in folders:
        for gold, record in records(program, folder):
            source = record["published_from"]
            if gold.get("date") and source:
                key = source["place"], case(source)
                given[key] += 1
                right[key] += scorer.same_day(gold["date"], record["published"])
            source = record["updated_from"]
            if source and (source["agreeing"] or source["differing"]):
                changes[source["place"]] += 1
                confirmed[source["place"]] += bool(source["agreeing"])
    for place in dict.fromkeys(place for place, _ in sorted(given)):
        counts = [(right[place, i], given[place, i]) for i in range(3)]
        whole = (sum(r for r, _ in counts) + WEIGHT * PRIOR) / (sum(n for _, n in counts) + WEIGHT)
        shares = [(r + WEIGHT * whole) / (n + WEIGHT) for r, n in counts]
        row = ", ".join(f"{share:.2f}" for share in shares)
        print(f"{place:12} [{row}]   {', '.join(f'{r}/{n} {c}' for (r, n), c in zip(counts, CASES))}")
    for place, n in sorted(changes.items()):
        print(f"change: {place:12} {confirmed[place]}/{n} agree")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
