#!/usr/bin/env python3
"""Feeds a stream to a collection, so many reports a command, and prints what each cost.

    python3 run.py BIN STREAM.jsonl [--step 10000]

For each step: seconds, seconds for taking up what the collection holds (a run that adds nothing),
reports a second between, peak memory, size of the file. At the end: what adding a step again costs a
report, and BCubed F1 of the stories against those of the stream (the number before the dash of an id).
"""
import argparse
import os
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter


def timed(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(said)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def bcubed(store):
    rows = sqlite3.connect(f"{store}/collection.db").execute(
        "SELECT ref, story FROM reports WHERE replaced IS NULL").fetchall()
    pairs = [(ref.split("-")[0], story) for ref, story in rows]
    gold, own, both = Counter(g for g, _ in pairs), Counter(s for _, s in pairs), Counter(pairs)
    precision = sum(both[g, s] / own[s] for g, s in pairs) / len(pairs)
    recall = sum(both[g, s] / gold[g] for g, s in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin")
    parser.add_argument("stream")
    parser.add_argument("--step", type=int, default=10_000)
    options = parser.parse_args()
    lines = open(options.stream, encoding="utf-8").readlines()
    with tempfile.TemporaryDirectory() as folder:
        store, chunk, one = f"{folder}/store", f"{folder}/chunk.jsonl", f"{folder}/one.jsonl"
        open(one, "w", encoding="utf-8").write(lines[0])
        print("reports  seconds  cpu  resume  reports/s  MB memory  MB file")
        for begin in range(0, len(lines), options.step):
            part = lines[begin : begin + options.step]
            open(chunk, "w", encoding="utf-8").writelines(part)
            resumed = timed([options.bin, "add", one, "--store", store])[0] if begin else 0.0
            seconds, memory, cpu = timed([options.bin, "add", chunk, "--store", store])
            size = os.path.getsize(f"{store}/collection.db") / 1e6
            print(f"{begin + len(part):7} {seconds:8.1f} {cpu:5.1f} {resumed:7.2f} "
                  f"{len(part) / max(seconds - resumed, 1e-9):9.0f} {memory:10.0f} {size:8.0f}", flush=True)
        again = timed([options.bin, "add", chunk, "--store", store])[0]
        resumed = timed([options.bin, "add", one, "--store", store])[0]
        print(f"a known report again: {1000 * (again - resumed) / len(part):.3f} ms")
        print("BCubed P {:.3f} R {:.3f} F1 {:.3f}".format(*bcubed(store)))


if __name__ == "__main__":
    main()
