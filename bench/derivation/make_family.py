#!/usr/bin/env python3
"""Writes a story of near-copies of one invented dispatch, one JSON record a line.

    make_family.py COUNT {star,chain,tree,copies} [SEED] > reports.jsonl

star: every report is the first with one small change; chain: each is the one before with one more;
tree: each is some earlier one with one more, or with none; copies: all have the same text.
Nobody's press texts: what is told is put together from the lists below.
"""
import json
import random
import sys

PLACES = "Oxwick Lennmouth Karrow Thessaly Bruntal Vessmar Ostrava Halden Quimper Dorsten".split()
PEOPLE = "Ilse Brandt|Marek Holub|Aino Salmi|Tomas Reyes|Nadia Farouk|Peter Lindqvist|Chiara Monti".split("|")
OFFICES = "mayor|fire chief|spokeswoman for the ministry|head of the harbour office|engineer".split("|")
THINGS = "bridge ferry harbour warehouse railway tunnel hospital reservoir market school".split()
DEEDS = "collapsed|was closed|caught fire|was flooded|lost its power supply|was evacuated".split("|")
CAUSES = "a storm|heavy rain|a cracked pillar|a fault in the wiring|a landslide|a burst pipe".split("|")
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()
SENTENCES = 20


def sentence(chance):
    place, other = chance.sample(PLACES, 2)
    thing, deed, cause = chance.choice(THINGS), chance.choice(DEEDS), chance.choice(CAUSES)
    who, office = chance.choice(PEOPLE), chance.choice(OFFICES)
    number, day = chance.randint(12, 990), chance.choice(DAYS)
    return chance.choice([
        f"The {thing} of {place} {deed} on {day} after {cause}, and {number} people had to leave their homes.",
        f"{who}, {office} of {place}, said that repairs of the {thing} would take at least {number % 40 + 2} weeks.",
        f"“Nobody expected that {cause} could do such damage to the {thing},” {who} told reporters in {place}.",
        f"Some {number} residents of {other} were brought to a {thing} nearby, where volunteers handed out blankets.",
        f"The council of {place} had put off the repair of the {thing} three times since {1990 + number % 30}, papers show.",
        f"Trains between {place} and {other} will be replaced by buses until {day}, the railway company announced.",
        f"Insurers put the damage at {number} million crowns, twice what {cause} had cost {other} two years ago.",
        f"A commission led by {who} is to find out by next {day} why the {thing} {deed} without any warning.",
    ])


def changed(lines, chance):
    """The lines with one small change: a figure, a word, a sentence less, one more."""
    lines = list(lines)
    at = chance.randrange(len(lines))
    words = lines[at].split()
    kind = chance.randrange(4)
    figures = [k for k, word in enumerate(words) if word.isdigit()]
    if kind == 0 and figures:
        words[figures[0]] = str(int(words[figures[0]]) + chance.randint(1, 9))
        lines[at] = " ".join(words)
    elif kind == 1 and len(lines) > SENTENCES // 2:
        del lines[at]
    elif kind == 2:
        lines.insert(at, sentence(chance))
    else:
        words.insert(chance.randrange(1, len(words)), chance.choice("again also reportedly once".split()))
        lines[at] = " ".join(words)
    return lines


def main():
    count, shape = int(sys.argv[1]), sys.argv[2]
    chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 7)
    texts = [[sentence(chance) for _ in range(SENTENCES)]]
    for _ in range(count - 1):
        above = {"star": texts[0], "chain": texts[-1], "copies": texts[0]}.get(shape)
        above = above or chance.choice(texts)
        same = shape == "copies" or shape == "tree" and chance.randrange(4) == 0
        texts.append(above if same else changed(above, chance))
    for number, lines in enumerate(texts):
        record = {"id": f"{number:05}", "url": f"https://news{number}.example/a", "text": "\n\n".join(lines)}
        print(json.dumps(record, ensure_ascii=False))


main()
