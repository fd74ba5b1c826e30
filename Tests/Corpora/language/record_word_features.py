#!/usr/bin/env python3
"""Record what Training/language/data.py makes of some words, for WordPiecesTests.

    record_word_features.py language-en.dyad > word_features.json

Words are those of the file already there; add one to it (with any values) and record again.
"""
import json
import pathlib
import struct
import sys

here = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(here.parents[3] / "Training" / "language"))
import data  # noqa: E402

raw = pathlib.Path(sys.argv[1]).read_bytes()
length = struct.unpack("<I", raw[8:12])[0]
tensors = {t["name"]: t for t in json.loads(raw[12:12 + length])["tensors"]}
start = 12 + length + tensors["vocabulary"]["offset"]
lines = raw[start:start + tensors["vocabulary"]["shape"][0]].decode("utf-8").split("\n")
vocabulary = {}
for index, line in enumerate(lines):
    vocabulary.setdefault(line, index)

words = [entry["word"] for entry in json.loads((here.parent / "word_features.json").read_text("utf-8"))]
rows = [json.dumps({"word": w, "pieces": data.word_pieces(w, vocabulary), "case": data.case_class(w),
                    "affixes": list(data.affix_ids(w))}, ensure_ascii=True) for w in words]
print("[\n" + ",\n".join(rows) + "\n]")
