#!/usr/bin/env python3
"""Writes a stream of short invented reports, one JSON object a line, in order of time.

    python3 stream.py REPORTS [--days 90] [--seed 1] > stream.jsonl

Stories come like those of the press: each begins on a random day, and has a size that follows Zipf's
law between 1 and 300 reports, whose times fall off over the days behind. A story has names of its own
(a place, two persons, a body), its own figures, one of twenty kinds of event, and three asides on its
own circumstances; its reports tell some of the sentences of that kind and some of the asides, in one of
two wordings each, and about a third are copies of an earlier one under another outlet. English only, so
that the texts are real sentences: the encoder would put invented words all in one place.
"""
import argparse
import json
import random
from datetime import datetime, timedelta, timezone

KINDS = [
    ["A fire broke out in {place} on {day}.|Flames destroyed a building in {place} on {day}.",
     "{n} firefighters fought it until morning, {body} said.|It took {n} firefighters until morning to put it out, according to {body}.",
     "{person} had seen smoke from the cellar.|Smoke had come from the cellar, {person} recalled.",
     "The damage is put at {m} crowns.|Insurers speak of {m} crowns of damage."],
    ["Nurses at {body} in {place} stopped work on {day}.|A strike of nurses began at {body} in {place} on {day}.",
     "Their speaker {person} asks for {n} more posts.|{n} posts are missing, says their speaker {person}.",
     "Operations were put off.|Patients had to wait for their operations.",
     "{other} called the demand out of reach.|For {other} the demand goes too far."],
    ["The mayor of {place}, {person}, resigned on {day}.|On {day} {person} gave up the office of mayor of {place}.",
     "Auditors had found {m} crowns missing from the accounts of {body}.|{m} crowns were missing at {body}, auditors found.",
     "{other} takes over until the vote.|Until the vote the town is led by {other}."],
    ["Floods cut off {place} on {day}.|Since {day} {place} can't be reached because of high water.",
     "{n} households are without power, {body} said.|{body} counts {n} households without power.",
     "{person} was rescued from a roof.|A helicopter took {person} from a roof.",
     "The river rose by {m} centimetres.|{m} centimetres more than usual were measured."],
    ["A train left the rails near {place} on {day}.|Near {place} a train was derailed on {day}.",
     "{n} passengers were taken to hospital.|Hospitals treated {n} passengers.",
     "The driver, {person}, braked too late, {body} believes.|{body} believes that the driver {person} braked too late.",
     "The line stays closed for {m} hours.|For {m} hours no train will run."],
    ["{body} bought the brewery of {place} on {day}.|The brewery of {place} went to {body} on {day}.",
     "The price was {m} crowns.|{m} crowns changed hands.",
     "{person} remains at its head.|Its head is still {person}.",
     "{n} jobs are to go, {other} fears.|{other} fears for {n} jobs."],
    ["Researchers at {body} found an old ship off {place}.|Off {place} lies an old ship, {body} announced on {day}.",
     "It sank {n} years ago, says {person}.|{person} puts its age at {n} years.",
     "On board were {m} coins.|{m} coins were brought up."],
    ["{person} won the marathon of {place} on {day}.|The marathon of {place} ended on {day} with a victory of {person}.",
     "{other} came in {n} seconds later.|Second was {other}, {n} seconds behind.",
     "{m} runners took part, {body} said.|{body} counted {m} runners."],
    ["A court in {place} sentenced {person} on {day}.|{person} was sentenced in {place} on {day}.",
     "{n} months for fraud is the verdict.|The judges gave {n} months for fraud.",
     "{body} had lost {m} crowns.|The damage to {body} was {m} crowns.",
     "{other} will appeal.|The defender {other} wants to appeal."],
    ["The school of {place} was closed on {day} because of mould.|Mould closed the school of {place} on {day}.",
     "{n} children learn at home.|For {n} children lessons are at home.",
     "{person} had warned of it for years.|For years {person} had warned.",
     "{body} promises {m} crowns for repairs.|Repairs will cost {body} {m} crowns."],
    ["Customs officers at {place} seized cigarettes on {day}.|On {day} cigarettes were seized at the border near {place}.",
     "{m} packets lay under fruit.|Under a load of fruit were {m} packets.",
     "The lorry belongs to {body}.|{body} owns the lorry.",
     "The driver {person} is silent.|{person}, who drove it, says nothing."],
    ["A painting was stolen from {body} in {place} on {day}.|Thieves took a painting from {body} in {place} on {day}.",
     "It is worth {m} crowns, says {person}.|{person} values it at {m} crowns.",
     "The alarm was silent for {n} minutes.|For {n} minutes no alarm was heard."],
    ["{place} will get a new tram line, {body} decided on {day}.|On {day} {body} voted for a tram line in {place}.",
     "It will be {n} kilometres long.|{n} kilometres of track are planned.",
     "{person} voted against it.|Against it was {person}.",
     "The cost is {m} crowns.|{m} crowns are set aside."],
    ["Measles spread in {place}, {body} warned on {day}.|{body} warned on {day} of measles in {place}.",
     "{n} people are ill.|There are {n} cases.",
     "{person} asks parents to have children vaccinated.|Parents should have children vaccinated, says {person}."],
    ["A storm tore roofs off in {place} on {day}.|Roofs flew in {place} when a storm passed on {day}.",
     "Gusts reached {n} kilometres an hour.|{n} kilometres an hour were measured.",
     "{person} was hit by a branch.|A branch struck {person}.",
     "{body} counts {m} fallen trees.|{m} trees fell, says {body}."],
    ["The actress {person} died in {place} on {day}.|On {day} {person}, the actress, died in {place}.",
     "She was {n} years old.|Her age was {n}.",
     "{other} called her a great colleague.|For {other} she was a great colleague.",
     "She had played at {body}.|At {body} she was long at home."],
    ["Wolves killed sheep near {place} on {day}.|Near {place} sheep were killed by wolves on {day}.",
     "{n} animals died, says the farmer {person}.|The farmer {person} lost {n} animals.",
     "{body} pays {m} crowns.|From {body} come {m} crowns."],
    ["The bank {body} shut its branch in {place} on {day}.|In {place} the branch of {body} was closed on {day}.",
     "{n} clerks are moved.|Other branches take {n} clerks.",
     "{person} gathered {m} signatures against it.|{m} signatures against it were gathered by {person}."],
    ["A plane made an emergency landing at {place} on {day}.|At {place} a plane had to land on {day}.",
     "{n} people were on board.|On board were {n} people.",
     "A window had cracked, {body} said.|The reason was a cracked window, according to {body}.",
     "The pilot {person} was praised.|Praise went to the pilot {person}."],
    ["{place} chose {person} as its member of parliament on {day}.|{person} will sit in parliament for {place}, voters decided on {day}.",
     "{other} lost by {n} votes.|{n} votes were missing for {other}.",
     "{body} had hoped for more.|The result disappoints {body}."],
]
ASIDES = [
    "A {adjective} {thing} beside it was spared.|Spared was a {adjective} {thing} next to it.",
    "The {thing} had been rebuilt for a {trade} two years ago.|Two years ago a {trade} had the {thing} rebuilt.",
    "A {trade} told of a {adjective} {thing}.|Of a {adjective} {thing} spoke a {trade}.",
    "Nobody had cared for the {thing} since the {trade} left.|Since the {trade} left, the {thing} was nobody's care.",
    "Neighbours bring {thing} and {second} to the {trade}.|To the {trade} neighbours bring {thing} and {second}.",
    "The {trade} lost a {adjective} {second}.|A {adjective} {second} was lost by the {trade}.",
    "It began with a quarrel over a {thing}.|A quarrel over a {thing} was the beginning.",
    "Children painted the {thing} {colour}.|The {thing} was painted {colour} by children.",
    "The {trade} has sued over the {second}.|Over the {second} the {trade} went to court.",
    "A {colour} {thing} is all that is left.|All that is left is a {colour} {thing}.",
    "In winter the {thing} serves as a {second}.|The {thing} is used as a {second} in winter.",
    "Old photographs show a {colour} {second} there.|There was a {colour} {second}, old photographs show.",
    "The price of a {thing} has doubled since.|Since then a {thing} costs twice as much.",
    "A {trade} and a {other_trade} had met over the {second}.|Over the {second} a {trade} had met a {other_trade}.",
    "Without a {thing} the {trade} can't work.|The {trade} can't work without a {thing}.",
    "Ask a {trade} about the {thing} and you hear of the {second}.|Of the {second} you hear when you ask a {trade} about the {thing}.",
    "The {adjective} {second} stands in a museum now.|A museum has the {adjective} {second} now.",
    "Volunteers look for a {colour} {thing}.|A {colour} {thing} is sought by volunteers.",
    "The {trade} had bought the {thing} at an auction.|At an auction the {thing} had gone to the {trade}.",
    "Rain had spoilt the {second} and the {thing}.|The {second} and the {thing} were spoilt by rain.",
]
THINGS = """anchor apple apron attic balcony barn barrel basket bathtub bell bench bicycle blanket boat bridge
bucket cable cake candle carpet castle cellar chair cheese chimney church clock coat coffin compass crane
cupboard curtain diary drum engine fence ferry fiddle flag flute forge fountain furnace garden gate glove
goat greenhouse guitar hammer harp hat hedge helmet hive honey horse jacket kettle kiln kitchen ladder
lamp lawn letter library lift lighthouse lock loom mailbox map mast mattress meadow microscope mill mirror
motorcycle needle net oar orchard organ oven paddle painting parcel pavilion pearl piano pier pillow pipe
plough pond potato pulpit pump quarry radio raft ring rope saddle sail saw scarf scooter shed ship shoe
silo sledge sofa spade spoon stable staircase statue stove suitcase swing table tank telescope tent tile
tower tractor tram trombone trumpet tunnel turbine umbrella vase violin wagon wall wardrobe watch well
wheelbarrow whistle window wreath yacht""".split()
TRADES = """accountant archer astronomer baker barber beekeeper biologist blacksmith bookseller botanist brewer
bricklayer butcher carpenter chemist cobbler composer cook dancer dentist designer diver doctor drummer
editor engineer farmer fisherman florist forester gardener geologist glazier goldsmith hunter interpreter
jeweller joiner juggler lawyer librarian locksmith mason mechanic midwife miller miner notary nurse
painter pharmacist photographer pianist pilot plumber poet porter postman potter priest printer roofer
sailor saddler sculptor shepherd smith soldier surgeon surveyor tailor teacher translator trainer typist
vet violinist waiter watchmaker weaver zoologist""".split()
ADJECTIVES = """ancient borrowed broken cheap clumsy crooked damp dusty empty enormous famous fragile frozen gilded
golden heavy hidden hollow leaky lonely marble modern muddy narrow noisy painted precious rotten rusty
sacred shabby silver sleepy smelly stolen sunken tiny wooden wild worn""".split()
COLOURS = "amber black blue brown crimson green grey orange pink purple red silver turquoise violet white yellow".split()
SYLLABLES = "bar del fen gor hal jen kor lun mar nes or pel quin ros sil tar ul ven wes yor zan brin dol".split()
OUTLETS = [f"{a} {b}" for a in "Daily Evening Morning Weekly Free National".split()
           for b in "Post Courier Herald Mirror Echo Star Gazette".split()]
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SIZE_MAX = 300
START = datetime(2031, 3, 1, tzinfo=timezone.utc)


def name(rng):
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))).capitalize()


def aside(rng):
    thing, second = rng.sample(THINGS, 2)
    trade, other = rng.sample(TRADES, 2)
    return rng.choice(ASIDES).format(thing=thing, second=second, trade=trade, other_trade=other,
                                     adjective=rng.choice(ADJECTIVES), colour=rng.choice(COLOURS))


def story_size(rng, weights):
    return rng.choices(range(1, SIZE_MAX + 1), weights)[0]


def story(rng, number, size, days):
    begin = START + timedelta(days=rng.random() * days)
    facts = {
        "place": name(rng), "body": f"{name(rng)} {rng.choice(['Trust', 'Group', 'Council', 'Institute'])}",
        "person": f"{name(rng)} {name(rng)}", "other": f"{name(rng)} {name(rng)}",
        "n": rng.randint(3, 480), "m": rng.randint(500, 90000), "day": WEEKDAYS[begin.weekday()],
    }
    patterns = rng.choice(KINDS) + [aside(rng) for _ in range(3)]
    texts = []
    for i in range(size):
        time = begin + timedelta(hours=min(rng.expovariate(1 / 18), 24 * 9))
        if texts and rng.random() < 0.33:
            text = rng.choice(texts)
        else:
            told = [p for k, p in enumerate(patterns) if k == 0 or rng.random() < 0.6]
            text = " ".join(rng.choice(p.split("|")).format(**facts) for p in told)
            texts.append(text)
        yield time, {"id": f"{number}-{i}", "outlet": rng.choice(OUTLETS), "text": text,
                     "published": time.strftime("%Y-%m-%dT%H:%M:%SZ")}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=int)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    weights = [1 / (k ** 1.6) for k in range(1, SIZE_MAX + 1)]
    reports, number = [], 0
    while len(reports) < options.reports:
        reports.extend(story(rng, number, story_size(rng, weights), options.days))
        number += 1
    reports.sort(key=lambda r: (r[0], r[1]["id"]))
    for _, report in reports[: options.reports]:
        print(json.dumps(report))


if __name__ == "__main__":
    main()
