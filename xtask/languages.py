"""Writes docs/languages.md from the measured errors and from what the language packs hold.

    python3 xtask/languages.py

The errors are in crates/newstemma-embed/data/languages.tsv, which xtask/fit/map.py writes.
"""

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
- *Sentences*, *attributions*, *dates*, *stop words*: *yes* where the language has rules or lists of
  its own, *partly* where those common to all languages serve (ends of sentences; dates in figures),
  *no* where there is nothing.
- *Interface*: the page and the messages are in English only.

| language | script | encoder | error | of | sentences | attributions | dates | stop words | interface |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


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
        cells += [has("word", "no"), "yes" if tag == "en" else "no"]
        lines.append("| " + " | ".join(cells) + " |\n")
    (ROOT / "docs/languages.md").write_text("".join(lines), encoding="utf-8")


main()
