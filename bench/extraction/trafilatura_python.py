"""The Python package trafilatura behind the interface of the scorer: `path TAB address` a line in,
one JSON object a page out. Set to favour precision, with metadata."""

import json
import sys

import trafilatura

FIELDS = ("text", "title", "date", "author")


def found(path, address):
    with open(path, "rb") as page:
        document = trafilatura.bare_extraction(
            page.read(), url=address or None, include_comments=False, favor_precision=True, with_metadata=True
        )
    document = document.as_dict() if document else {}
    return {"path": path, **{field: document.get(field) or "" for field in FIELDS}}


with open(sys.argv[1], encoding="utf-8") as pages:
    for line in pages:
        print(json.dumps(found(*line.rstrip("\n").split("\t"))))
