"""Measures how fast reports come out of a web archive: newstemma, and fastwarc with trafilatura.

    python3 compare.py --bin NEWSTEMMA ARCHIVE.warc.gz [--cores 1,2] [--rounds 3] [--peer]

Prints one JSON object a measurement: MB of HTML and pages a second by the clock and by CPU time, and
peak memory. Each run is a process of its own, pinned to so many cores. The number of reports is
checked against the number of pages in the archive. With --peer, fastwarc 2.0.1 and trafilatura 2.3.1
(`pip install fastwarc trafilatura lxml_html_clean`) read the same archive on one core. Python 3.11, Linux.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time

PEER = """
import sys, trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType
for record in ArchiveIterator(open(sys.argv[1], "rb"), record_types=WarcRecordType.response):
    text = trafilatura.extract(record.reader.read(), include_comments=False, favor_precision=True)
    print(len(text or ""))
"""


def html_bytes(archive):
    """Pages in the archive and their length, by a reader that knows this shape only."""
    pages = length = 0
    with gzip.open(archive) as file:
        while head := file.readline():
            fields = {}
            while (line := file.readline()).strip():
                name, _, value = line.decode().partition(":")
                fields[name] = value.strip()
            block = file.read(int(fields["Content-Length"]))
            file.read(4)
            if fields["WARC-Type"] == "response":
                pages += 1
                length += len(block.partition(b"\r\n\r\n")[2])
    return pages, length


def run(command, cores):
    """Lines of output, seconds by the clock, CPU seconds, peak memory in MB."""
    clock = time.perf_counter()
    process = subprocess.Popen(
        ["taskset", "-c", ",".join(map(str, range(cores))), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    lines = sum(1 for _ in process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{command[0]} failed")
    wall = time.perf_counter() - clock
    return lines, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive")
    parser.add_argument("--bin", required=True)
    parser.add_argument("--cores", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", action="store_true")
    args = parser.parse_args()
    pages, length = html_bytes(args.archive)
    extract = [args.bin, "extract", "--json", "--quiet", args.archive]
    runs = [(f"newstemma, {c} cores", extract + ["--threads", c], int(c)) for c in args.cores.split(",")]
    if args.peer:
        runs.append(("fastwarc + trafilatura", [sys.executable, "-c", PEER, args.archive], 1))
    for round_ in range(args.rounds):
        for name, command, cores in runs:
            lines, wall, cpu, peak = run(command, cores)
            print(json.dumps({
                "what": name, "round": round_, "pages": pages, "lines": lines,
                "html_mb": round(length / 1e6, 1), "archive_mb": round(os.path.getsize(args.archive) / 1e6, 1),
                "wall_s": round(wall, 2), "cpu_s": round(cpu, 2),
                "mb_per_s": round(length / 1e6 / wall, 2), "pages_per_s": round(pages / wall, 1),
                "mb_per_cpu_s": round(length / 1e6 / cpu, 2), "pages_per_cpu_s": round(pages / cpu, 1),
                "peak_mb": round(peak, 1), "load": os.getloadavg()[0],
            }), flush=True)


if __name__ == "__main__":
    main()
