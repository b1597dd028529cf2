#!/usr/bin/env python3
"""Writes a stream of short invented reports, one JSON object a line, in order of time.

    python3 stream.py REPORTS [--days 90] [--seed 1] [--routine .15] > stream.jsonl

Stories come like those of the press: each begins on a random day, and has a size that follows Zipf's
law between 1 and 300 reports, whose times fall off over the days behind. A story is of one of sixteen
fields (`fields.json`), whose people, deeds and things it tells of, with a detour into a second; a share
of the stories are routine, told in the words of one of twenty kinds of event (`routine.json`). Its
reports tell some of its sentences, each in one of two wordings, and about a third are copies of an
earlier one under another outlet.

Names are as unlike as those of the press: half of the places are of sixty well-known ones, the first of
them the most often, the others towns that seldom come twice; persons have common first names and rare
last ones. English only, so that the texts are real sentences: the encoder would put invented words all
in one place.
"""
import argparse
import json
import random
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

HERE = Path(__file__).parent
FIELDS = json.loads((HERE / "fields.json").read_text(encoding="utf-8"))
ROUTINE = json.loads((HERE / "routine.json").read_text(encoding="utf-8"))

LEADS = [
    "{Actors} {did} the {adjective} {thing} of {place} on {day}.|On {day} the {adjective} {thing} of {place} was {did} by {actors}.",
    "{place}: {actors} {did} {body}'s {thing} on {day}.|On {day} {actors} {did} a {thing} of {body} in {place}.",
    "{Person}, one of the {actors} of {place}, {did} a {thing} on {day}.|A {thing} was {did} on {day} in {place} by {person}.",
    "After {n} days {actors} in {place} {did} the {thing}.|The {thing} was {did} by {actors} in {place}, {n} days after it began.",
    "{body} says it {did} {n} {things} in {place} on {day}.|{n} {things} were {did} in {place} on {day}, according to {body}.",
    "A quarrel over the {adjective} {thing} divides {actors} in {place}.|{Actors} in {place} are at odds over a {adjective} {thing}.",
    "{body} and {actors} agreed on the {thing} in {place} on {day}.|In {place} {actors} came to terms with {body} over the {thing} on {day}.",
    "More {things} for {place}: {person} won over {actors} on {day}.|{Person} persuaded {actors} on {day} that {place} needs {things}.",
]
DETAILS = [
    "{Person} of {body} {did} it first.|It was first {did} by {person}, {body} said.",
    "{n} {things} were counted.|{Actors} counted {n} {things}.",
    "The {thing} will cost {m} crowns.|{m} crowns are to be paid for the {thing}.",
    "{Person} blames {actors}.|To blame are {actors}, {person} thinks.",
    "Nobody had {did} a {adjective} {thing} there before.|A {adjective} {thing} was never {did} there.",
    "{Other} wants the {thing} back by spring.|By spring {other} hopes to see the {thing} again.",
    "{Actors} had {did} the {thing} for years.|For years the {thing} had been {did} by {actors}.",
    "{body} keeps {n} more {things}.|{n} other {things} are with {body}.",
    "{Person} called the {thing} {adjective}.|A {adjective} {thing}, said {person}.",
    "It takes {actors} to get a {thing} {did}, {other} said.|Without {actors} no {thing} is {did}, according to {other}.",
    "The {thing} was insured for {m} crowns.|Its {thing} had a worth of {m} crowns.",
    "{Other} and {person} had {did} {things} together.|{Things} had been {did} by {other} with {person}.",
    "{Actors} from {town} came to look at the {thing}.|The {thing} drew {actors} from {town}.",
    "In {town} {n} {things} wait to be {did}.|{n} {things} are still to be {did} in {town}.",
    "A {adjective} {thing} remains with {body}.|{body} was left with a {adjective} {thing}.",
    "{Other} asks why {actors} were not told.|Why were {actors} kept in the dark, asks {other}.",
]
ADJECTIVES = """ancient borrowed broken cheap clumsy crooked damp dusty empty enormous famous fragile frozen gilded
golden heavy hidden hollow leaky lonely marble modern muddy narrow noisy painted precious rotten rusty sacred
shabby silver sleepy secret stolen sunken tiny wooden wild worn public private foreign costly doubtful disputed
unfinished illegal overdue experimental""".split()
CITIES = """London Paris Berlin Moscow Tokyo Washington Beijing Rome Madrid Cairo Delhi Istanbul Vienna Warsaw Kyiv
Jakarta Lagos Nairobi Mumbai Sydney Toronto Chicago Boston Houston Miami Seattle Dublin Lisbon Athens Prague
Budapest Stockholm Oslo Helsinki Copenhagen Brussels Amsterdam Geneva Zurich Milan Naples Barcelona Marseille
Munich Hamburg Glasgow Manchester Melbourne Auckland Seoul Bangkok Manila Hanoi Karachi Lahore Dhaka Tehran
Baghdad Lima Bogota""".split()
FIRST_NAMES = """Maria John Anna Peter Elena David Sofia Michael Laura Thomas Nina Daniel Eva Martin Julia Robert
Clara Paul Irene Victor Helen Simon Alice Marcus Ruth Leo Diana Oscar Vera Adam Rosa Hugo Marta Felix Olga Ivan
Greta Samuel Lydia Anton Carmen George Ingrid Louis Teresa Stefan Yvonne Karl Monica Ralph""".split()
BODIES = "Trust Group Council Institute Bank Union Agency Society Foundation Company Works League".split()
ONSETS = "b br c d dr f fl g gl gr h j k kr l m n p pl qu r s sk sl st t tr v w z".split()
VOWELS = "a e i o u ai ea oa".split()
CODAS = "b d ck l ll m n nd nt r rk rn s st".split()
OUTLETS = [f"{a} {b}" for a in "Daily Evening Morning Weekly Free National".split()
           for b in "Post Courier Herald Mirror Echo Star Gazette".split()]
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SIZE_MAX = 300
START = datetime(2031, 3, 1, tzinfo=timezone.utc)


def zipf(count, exponent):
    """The sums of the weights of ranks 1 to `count`, as `random.choices` takes them."""
    return list(accumulate(1 / rank**exponent for rank in range(1, count + 1)))


SIZES = zipf(SIZE_MAX, 1.6)
CITY_WEIGHTS = zipf(len(CITIES), 1.0)
FIRST_NAME_WEIGHTS = zipf(len(FIRST_NAMES), 0.5)


def name(rng, syllables):
    parts = (rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables))
    return "".join(parts).capitalize()


def place(rng):
    return rng.choices(CITIES, cum_weights=CITY_WEIGHTS)[0] if rng.random() < 0.5 else name(rng, 2)


def person(rng):
    return f"{rng.choices(FIRST_NAMES, cum_weights=FIRST_NAME_WEIGHTS)[0]} {name(rng, 2)}"


def capital(text):
    return text[0].upper() + text[1:]


def sentence(rng, pattern, field, facts):
    """Both wordings of a sentence, filled with the words of a field: of one story, always the same."""
    thing = rng.choice(field["things"])
    words = {"actors": rng.choice(field["actors"]), "did": rng.choice(field["did"]), "thing": thing,
             "things": f"{thing}s", "adjective": rng.choice(ADJECTIVES),
             "n": rng.randint(3, 480), "m": rng.randint(500, 90000)}
    words = facts | words
    words |= {capital(key): capital(words[key]) for key in ("actors", "things", "person", "other")}
    return [wording.format(**words) for wording in pattern.split("|")]


def told(rng, facts):
    """The sentences of an event like no other."""
    field, second = rng.sample(FIELDS, 2)
    sentences = [sentence(rng, rng.choice(LEADS), field, facts)]
    for pattern in rng.sample(DETAILS, 5):
        sentences.append(sentence(rng, pattern, field if rng.random() < 0.8 else second, facts))
    return sentences


def routine(rng, facts):
    """The sentences of an event of a kind that comes every day."""
    patterns = rng.choice(ROUTINE)
    numbers = {"n": rng.randint(3, 480), "m": rng.randint(500, 90000)}
    return [[wording.format(**facts, **numbers) for wording in pattern.split("|")] for pattern in patterns]


def story(rng, number, options):
    begin = START + timedelta(days=rng.random() * options.days)
    facts = {
        "place": place(rng), "town": place(rng), "body": f"{name(rng, 2)} {rng.choice(BODIES)}",
        "person": person(rng), "other": person(rng), "day": WEEKDAYS[begin.weekday()],
    }
    sentences = (routine if rng.random() < options.routine else told)(rng, facts)
    texts = []
    for i in range(rng.choices(range(1, SIZE_MAX + 1), cum_weights=SIZES)[0]):
        time = begin + timedelta(hours=min(rng.expovariate(1 / 18), 24 * 9))
        if texts and rng.random() < 0.33:
            text = rng.choice(texts)
        else:
            chosen = [s for k, s in enumerate(sentences) if k == 0 or rng.random() < 0.6]
            text = " ".join(rng.choice(wordings) for wordings in chosen)
            texts.append(text)
        yield time, {"id": f"{number}-{i}", "outlet": rng.choice(OUTLETS), "text": text,
                     "published": time.strftime("%Y-%m-%dT%H:%M:%SZ")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=int)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--routine", type=float, default=0.15, help="share of the routine stories")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    reports, number = [], 0
    while len(reports) < options.reports:
        reports.extend(story(rng, number, options))
        number += 1
    reports.sort(key=lambda r: (r[0], r[1]["id"]))
    for _, report in reports[: options.reports]:
        print(json.dumps(report))


if __name__ == "__main__":
    main()
