"""Our extraction beside trafilatura (Python and crate) and dom_smoothie, in one run.

    cargo build --release -p newstemma-cli
    (cd bench/extraction/peers && cargo build --release)
    pip install trafilatura lxml_html_clean
    python3 compare.py SCORER NEWSTEMMA PEERS [SET...] > runs/DATE.jsonl

SCORER is `extraction_score.py` of the evaluation sets, NEWSTEMMA the program, PEERS the folder
with the programs of `peers/`. The scorer runs each program on the pages of a set, one after the
other on one core, and counts the CPU time of the whole process. Records go to standard output, the table
to standard error.
"""

import os
import subprocess
import sys


def main(scorer, newstemma, peers, *sets):
    here = os.path.dirname(os.path.abspath(__file__))
    python = os.path.join(here, "trafilatura_python.py")
    programs = {
        "trafilatura-python": f"{sys.executable} {python} {{list}}",
        "trafilatura-crate": f"{os.path.join(peers, 'trafilatura')} {{list}}",
        "dom_smoothie": f"{os.path.join(peers, 'dom_smoothie')} {{list}}",
    }
    command = [sys.executable, scorer, "--bin", newstemma]
    for label, program in programs.items():
        command += ["--cmd", f"{label}={program}"]
    return subprocess.call(command + list(sets))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
