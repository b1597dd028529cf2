#!/usr/bin/env python3
"""Runs the scorers on a built newstemma and holds the figures against eval/floors.toml.

usage: measure.py --bin PATH [--eval DIR] [--only NAME…] [--raise]

DIR holds score.py, seeds_score.py, extraction_score.py and their sets; without it, only the examples
of this repository are scored. Prints every figure that
has a floor, and fails if one lies under it. `--raise` writes the figures as measured, with a
little air, where they are better than their floors; a floor never falls. Python 3.11; numpy for
the retrieval set.
"""
import argparse
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import claims
import examples

FLOORS = pathlib.Path(__file__).with_name("floors.toml")
SETS = ["clough-stevenson", "ecbplus", "flores-retrieval", "googlenews-ts", "nanco", "ntrex-stream",
        "polnear", "textberg", "tgcontest-pairs", "traditions", "wikinews-events", "wmt22-translations"]
EXTRACTION_SETS = ["scrapinghub", "fundus-dev", "trafilatura-990", "htmldate-dev"]
MAX = "max "    # of names in floors.toml: lower is better, and the floor is a ceiling


def dig(value, path):
    for key in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def json_lines(command):
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def measure_sets(binary, folder, names):
    """Results of score.py; every account is run twice, for equal bytes."""
    return json_lines([sys.executable, f"{folder}/score.py", "--bin", binary, "--twice", *names]) if names else []


def measure_extraction(binary, folder, names):
    return json_lines([sys.executable, f"{folder}/extraction_score.py", "--bin", binary, *names]) if names else []


def measure_seeds(binary, folder):
    """{measure: main value} of seeds_score.py."""
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "seeds.ndjson")
        with open(path, "wb") as out:
            subprocess.run([binary, "account", "--json", f"{folder}/sets/seeds/reports.jsonl"], stdout=out, check=True)
        score = subprocess.run([sys.executable, f"{folder}/seeds_score.py", "--json", path], stdout=subprocess.PIPE, text=True, check=True)
    result = json.loads(score.stdout)
    return {name: x.get("f1", x.get("score", x.get("value"))) for name, x in result.items()}


def same_with_threads(binary, folder):
    """Whether one thread and two give the same bytes."""
    command = [binary, "account", "--json", "--quiet", f"{folder}/sets/traditions/reports.jsonl", "--threads"]
    one, two = (subprocess.run([*command, n], stdout=subprocess.PIPE).stdout for n in ("1", "2"))
    return one == two and len(one) > 0


def check_run(result, failures):
    """Prints speed and memory of a set; notes failed runs, record errors and unequal bytes."""
    run, name = result.get("run") or {}, result["set"]
    rate = next((f"{run[k]} {k.removesuffix('_per_s')}/s" for k in ("reports_per_s", "sentences_per_s", "lines_per_s") if run.get(k)), "")
    print(f"{name}: exit {run.get('exit')}, {run.get('wall_s')} s, {rate}, {run.get('peak_rss_mb')} MB, {result['errors']['total']} record errors")
    if not result.get("ok"):
        failures.append(f"{name}: the run failed")
    if result["errors"]["total"]:
        failures.append(f"{name}: record errors {result['errors']['kinds']}")
    if run.get("same_bytes_twice") is False:
        failures.append(f"{name}: two runs gave different bytes")


def compare(floors, figures, failures):
    """Prints every figure that has a floor; notes those that fell."""
    for table, entries in floors.items():
        print(f"[{table}]")
        for name, floor in entries.items():
            figure = dig(figures.get(table) or {}, name.removeprefix(MAX))
            if figure is None:
                figure = (figures.get(table) or {}).get(name.removeprefix(MAX))
            if figure is None:
                failures.append(f"{table}: no figure for {name!r}")
                continue
            fell = figure > floor if name.startswith(MAX) else figure < floor
            print(f"  {name:<52} {figure:.4f}  (floor {floor}){'  FELL' if fell else ''}")
            if fell:
                failures.append(f"{table}: {name} is {figure:.4f}, floor {floor}")


def raise_floors(floors, figures):
    """Two thousandths of air: a figure may move that much with a harmless change elsewhere."""
    text = FLOORS.read_text(encoding="utf-8")
    for table, entries in floors.items():
        for name, floor in entries.items():
            key = name.removeprefix(MAX)
            figure = dig(figures.get(table) or {}, key)
            figure = figure if figure is not None else (figures.get(table) or {}).get(key)
            if figure is None:
                continue
            ceiling = name.startswith(MAX)
            new = math.ceil(figure * 1000 + 2) / 1000 if ceiling else math.floor(figure * 1000 - 2) / 1000
            if new < floor if ceiling else new > floor:
                head, rest = text.split(f"[{table}]\n", 1)
                rest = re.sub(rf'^"{re.escape(name)}" = .*$', f'"{name}" = {new:g}', rest, count=1, flags=re.M)
                text = f"{head}[{table}]\n{rest}"
    FLOORS.write_text(text, encoding="utf-8")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("--bin", required=True)
    ap.add_argument("--eval")
    ap.add_argument("--only", nargs="*", help="these sets only")
    ap.add_argument("--raise", dest="raise_", action="store_true")
    opt = ap.parse_args()
    binary = os.path.abspath(opt.bin)
    here = set(examples.NAMES)
    wanted = lambda name: (not opt.only or name in opt.only) and (opt.eval or name in here)
    floors = {t: e for t, e in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items() if wanted(t)}

    failures, figures = [], {}
    for name in filter(wanted, examples.NAMES):
        figures[name] = examples.score(binary, name)
    if wanted("seeds"):
        figures["seeds"] = measure_seeds(binary, opt.eval)
    for result in measure_sets(binary, opt.eval, [n for n in SETS if wanted(n)]):
        check_run(result, failures)
        figures[result["set"]] = result.get("metrics") or {}
    for name in [path.stem for path in claims.JUDGED.glob("*.jsonl") if path.stem in figures]:
        figures[name]["claims"] = claims.score(binary, f"{opt.eval}/sets", name)
    for result in measure_extraction(binary, opt.eval, [n for n in EXTRACTION_SETS if wanted(n)]):
        figures[result["set"]] = result
    if wanted("traditions") and not same_with_threads(binary, opt.eval):
        failures.append("traditions: one thread and two gave different bytes")
    compare(floors, figures, failures)
    if opt.raise_:
        raise_floors(floors, figures)
    for failure in failures:
        print(f"FAILED {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
