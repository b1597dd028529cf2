"""Writes the words for thousands, millions and more of languages that have no number words by hand.

    npm pack cldr-numbers-full@48 && tar xzf cldr-numbers-full-48.*.tgz
    python3 xtask/numbers.py package/main

The words are those by which Unicode CLDR (Unicode License v3) shortens numbers ("0 miljoner"), in all
their forms; without them "12 miljoner" would be read as 12.

Files that do not begin with HEAD were written by hand and stay as they are.
"""

import json
import unicodedata

from dates import ALSO, forms, line, write

HEAD = "# Numbers. Written by xtask/numbers.py from Unicode CLDR (Unicode License v3); do not edit."
# What CLDR puts around the digits beside the word: marks of direction, spaces of no width.
MARKS = str.maketrans("", "", "0'\u200e\u200f\u061c\u200b")
# Spaces by which digits are grouped.
SPACES = {" ", "\xa0", "\u2009", "\u202f"}


def numbers(folder, tag):
    text = (folder / tag / "numbers.json").read_text(encoding="utf-8")
    return json.loads(text)["main"][tag]["numbers"]


def multipliers(numbers):
    """Words by their value: a pattern of two zeros for 10000 multiplies by 1000."""
    found = {}
    patterns = numbers["decimalFormats-numberSystem-latn"]["long"]["decimalFormat"]
    for key, pattern in patterns.items():
        power = int(key.split("-")[0])
        # A form may be chosen by whether the number is negative; the other one is the same.
        pattern = pattern.split(";")[0]
        zeros = pattern.count("0")
        words = forms(pattern.translate(MARKS).replace("\xa0", " ").replace(".", ""))
        if zeros and words and all(c == " " or unicodedata.category(c)[0] in "LM" for c in words[0]):
            found.setdefault(power // 10 ** (zeros - 1), []).extend(words)
    return {value: forms(*words) for value, words in sorted(found.items())}


def rules(folder, tag):
    own = numbers(folder, tag)
    table = multipliers(own)
    for other in ALSO.get(tag, []):
        for value, words in multipliers(numbers(folder, other)).items():
            table[value] = forms(*table.get(value, []), *words)
    if not table or table.get(1000) == ["thousand"]:
        return None
    symbols = own["symbols-numberSystem-latn"]
    text = line("decimal", [symbols["decimal"]]) if symbols["decimal"] == "." else 'decimal = ","\n'
    text += "space_groups = true\n" if symbols["group"] in SPACES else ""
    text += "[multipliers]\n"
    for value, words in table.items():
        text += line(f'"{value}"', words)
    return text


if __name__ == "__main__":
    write("number.toml", HEAD, rules)
