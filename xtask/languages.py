"""Writes docs/languages.md from the measured errors and from what the language packs hold.

    python3 xtask/languages.py            # `--check`: only says whether it is as it would be written

The errors are in crates/newstemma-embed/data/languages.tsv, which xtask/fit/map.py writes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEFAULT = set("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
# Tags of which the data stands under another tag, as in pack.rs.
SHARED = {"nb": "no", "nn": "no", "tl": "fil"}
HEAD = """\
# Languages

Written by `python3 xtask/languages.py`; do not edit.

- *Encoder*: sentences of the sixteen languages of the default encoder (Chinese in both its scripts
  being two) go through it, those of all others through a second one, mapped into its space. That goes
  for languages that are not listed, too, as far as they are told from listed ones.
- *Error*: share of sentences of the Tatoeba collection whose nearest English sentence, by ratio
  margin among as many as are given under *of*, is not their own translation; for mapped languages by a
  map that was fitted without the language. The sentences are short and everyday, not news.
- *Sentences*, *attributions*, *dates*, *numbers*, *stop words*: *yes* where the language has rules or
  lists of its own, *partly* where those common to all languages serve (ends of sentences; dates and
  numbers in figures) or, for numbers, only the words for thousands and more are known, *no* where there is
  nothing.
- *Specimens*: sentences written for the language that its pack reads as they should be, and among
  them (in brackets) those known to be read wrongly; `docs/adding-a-language.md` tells of what cases.
- *Interface*: *yes* where the page and the messages are in the language, *partly* where the labels of
  the page's first lines are.

| language | script | encoder | error | of | sentences | attributions | dates | numbers | stop words | specimens | interface |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def specimens(tag):
    """How many a language has, and how many of these are known faults."""
    path = ROOT / f"crates/newstemma-language/specimens/{tag}.md"
    if not path.exists():
        return "no"
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    # Rows of one sentence are one specimen; the first two are the heading.
    known = {row.split("|")[2].translate(str.maketrans("", "", "[]{}<>")): row for row in rows[2:]}
    faults = sum("fixme:" in row for row in known.values())
    return f"{len(known)} ({faults})" if faults else str(len(known))


def by_hand(path):
    """Whether a file is there and was not written by a tool."""
    return path.exists() and "do not edit" not in path.read_text(encoding="utf-8").splitlines()[0]


def main():
    data = ROOT / "crates/newstemma-language/data"
    lines = [HEAD]
    table = (ROOT / "crates/newstemma-embed/data/languages.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        tag, script, count, error = line.split("\t")
        folder = data / (tag if (data / tag).is_dir() else SHARED.get(tag, tag))

        def has(topic, otherwise):
            return "yes" if (folder / f"{topic}.toml").exists() else otherwise

        cells = [tag, script, "default" if tag in DEFAULT else "mapped", error, count]
        cells += [has("sentence", "partly"), has("speech", "no"), has("date", "partly")]
        interface = "yes" if tag == "en" else "partly" if has("digest", "no") == "yes" else "no"
        cells += ["yes" if by_hand(folder / "number.toml") else "partly"]
        cells += [has("word", "no"), specimens(folder.name), interface]
        lines.append("| " + " | ".join(cells) + " |\n")
    written = ROOT / "docs/languages.md"
    if "--check" in sys.argv[1:]:
        if written.read_text(encoding="utf-8") != "".join(lines):
            sys.exit("docs/languages.md is not what xtask/languages.py writes")
        return
    written.write_text("".join(lines), encoding="utf-8")


main()
