"""Writes the months, weekdays and days relative to today of languages that have no more than these.

    npm pack cldr-dates-full@48 && tar xzf cldr-dates-full-48.*.tgz
    python3 xtask/dates.py package/main

The words are those of Unicode CLDR (Unicode License v3): months and weekdays in sentences and by
themselves, in full and shortened, and the words for yesterday, today, last year. What CLDR does not
say, the prepositions and the cases that a date stands in, is below, and was written for Newstemma.

Files that do not begin with HEAD were written by hand and stay as they are.
"""

import json
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "crates/newstemma-language/data"
HEAD = "# Dates. Written by xtask/dates.py from Unicode CLDR (Unicode License v3); do not edit."
# Folders of the languages that are covered and have no dates by hand.
LANGUAGES = """
af am az be bg bn bs ca cs cy da el eo et eu fa fi fil ga gd gl gu ha he hi hr hu hy id ig is jv ka kk km
kn ku ky lo lt lv mk ml mn mr ms my ne no or pa ps ro si sk sl so sq sr sv sw ta te tk tt ug ur uz vi xh
yi yo zu
""".split()
# Scripts in which a language is written, too.
ALSO = {"sr": ["sr-Latn"], "uz": ["uz-Cyrl"], "bs": ["bs-Cyrl"], "az": ["az-Cyrl"], "pa": ["pa-Arab"]}
WEEKDAYS = "mon tue wed thu fri sat sun".split()
# Fields of DateRules that CLDR does not have.
MORE = {
    "af": {"on": "op"},
    "bg": {"on": "на, в, във", "toward": "за"},
    "ca": {"on": "el, la, del", "of": "de, d', del, d’", "toward": "per a, per al"},
    "cs": {"on": "v, ve, dne, na, v noci na, noc na", "toward": "na"},
    "da": {"on": "den, på"},
    "el": {"on": "στις, την, τη, το", "of": "του", "toward": "για, για την, για το"},
    "eo": {"on": "la, en", "of": "de"},
    "fil": {"on": "noong, sa, nitong", "of": "ng"},
    "gl": {"on": "o, a", "of": "de", "toward": "para, para o"},
    "hr": {"on": "u", "toward": "za"},
    "id": {"on": "pada, tanggal", "toward": "untuk"},
    "is": {"on": "þann, á"},
    "mk": {"on": "на, во", "toward": "за"},
    "ms": {"on": "pada"},
    "no": {"on": "den, på"},
    "ro": {"on": "pe, la, în", "toward": "pentru"},
    "sk": {"on": "v, vo, dňa, na, v noci na, noc na", "toward": "na"},
    "sl": {"on": "v, na, dne", "toward": "za"},
    "sr": {"on": "у, на, u, na", "toward": "за, za"},
    "sv": {"on": "den, på"},
    "sw": {"on": "tarehe"},
    "vi": {"on": "ngày, vào", "of": "năm"},
}
# Where the number of a day has a stop.
for _tag in "bs cs da et fi hr hu is lv no sk sl sq sr".split():
    MORE.setdefault(_tag, {})["day_marks"] = "."
# What is put before a word, or behind it, without a space: "in November", "on Monday".
GLUED = {
    "he": (["ב", "ה", "ל", "מ"], []),
    "am": (["በ"], []),
    "hy": ([], ["ի", "ին"]),
    "fi": ([], ["na"]),
}
# Further cases of words that change more than their end.
CASES = {
    "bs": [("bar", ["bra"]), ("", ["a"])],
    "ka": [("ი", ["ს", "ში", "იდან"])],
    "lv": [("s", ["ā", "ī", "u"])],
    "sr": [("бар", ["бра"]), ("bar", ["bra"]), ("", ["а", "a"])],
}


def forms(*words):
    """Words once each, without the stop of a short one, commas and what is written in figures."""
    kept = []
    for word in words:
        # Khmer marks where words end by spaces of no width; the press seldom does.
        word = word.replace(",", " ").replace("\u200b", "").strip().rstrip(".").strip()
        if word and word not in kept and not word.isdigit():
            kept.append(word)
    return kept


def glued(tag, words):
    before, behind = GLUED.get(tag, ([], []))
    words = list(words)
    found = words + [mark + word for mark in before for word in words if not word.startswith(mark)]
    found += [word + mark for mark in behind for word in words]
    for end, others in CASES.get(tag, []):
        found += [word.removesuffix(end) + other for word in words if word.endswith(end) for other in others]
    return forms(*found)


def load(folder, tag, part):
    path = folder / tag / f"{part}.json"
    dates = next(iter(json.loads(path.read_text(encoding="utf-8"))["main"].values()))["dates"]
    return dates["calendars"]["gregorian"] if part == "ca-gregorian" else dates["fields"]


def named(calendars, kind, keys, tag):
    """Per month or weekday: its full forms, and its short ones where they are no longer words."""
    rows, short = [], []
    for key in keys:
        contexts = [calendar[kind][context] for calendar in calendars for context in ("format", "stand-alone")]
        full = glued(tag, forms(*(context["wide"][key] for context in contexts)))
        cut = forms(*(context["abbreviated"][key] for context in contexts))
        # Of two letters, most are other words as well.
        cut = [word for word in cut if len(word) > 2 and word not in full]
        rows.append(full + cut)
        # In scripts of syllables, so short a word says as much as a longer one elsewhere.
        short += [word for word in cut + full if len(word) <= (4 if word[0] < "\u0900" else 2)]
    return rows, short


def line(name, words):
    return f'{name} = {json.dumps(", ".join(words), ensure_ascii=False)}\n' if words else ""


def table(name, rows):
    cells = "".join(f'    {json.dumps(", ".join(row), ensure_ascii=False)},\n' for row in rows)
    return f"{name} = [\n{cells}]\n"


def relative(fields, unit):
    """Words by the count of units from the present one."""
    found = {}
    for count in range(-3, 4):
        words = [field[unit].get(f"relative-type-{count}", "") for field in fields]
        # Where a language has no word, CLDR counts; without a translation it is in English.
        words = [word for word in forms(*words) if not any(c.isdigit() for c in word)]
        # Where one word is as far back as ahead (Hindi "कल"), the press tells the past by it.
        words = [word for word in words if word not in found.get(-count, [])]
        if words:
            found[count] = words
    return found


def rules(folder, tag):
    calendars = [load(folder, t, "ca-gregorian") for t in [tag] + ALSO.get(tag, [])]
    fields = [load(folder, t, "dateFields") for t in [tag] + ALSO.get(tag, [])]
    months, short = named(calendars, "months", [str(month) for month in range(1, 13)], tag)
    weekdays, more = named(calendars, "days", WEEKDAYS, tag)
    if months[0][:1] in (["January"], ["M01"]):
        return None
    text = ""
    for name, value in sorted(MORE.get(tag, {}).items()):
        text += line(name, [value] if value else [])
    text += line("ambiguous", forms(*short, *more))
    text += table("months", months) + table("weekdays", weekdays)
    text += "[relative]\n"
    for count, words in relative(fields, "day").items():
        text += line(f'"{count}"', words)
    text += "[periods]\n"
    for unit in ("week", "month", "year"):
        for count, words in relative(fields, unit).items():
            text += line(f'"{count} {unit}"', words)
    return text


def write(name, head, rules):
    """Writes a file of each language by `rules(folder, tag)`, which is None for what CLDR has not."""
    folder = Path(sys.argv[1])
    for tag in LANGUAGES:
        path = DATA / tag / name
        if path.exists() and not path.read_text(encoding="utf-8").startswith(head):
            continue
        if not (folder / tag).is_dir():
            print(f"{tag}: not in CLDR")
            continue
        text = rules(folder, tag)
        if text is None:
            print(f"{tag}: not translated in CLDR")
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{head}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    write("date.toml", HEAD, rules)
