#!/usr/bin/env python3
"""Turn the examples of the trigger lexicon into training sentences: the actors that the program finds are marked.

    sentences_from_examples.py --dyad PATH --triggers DIR --out FILE.tsv

Only examples whose coded event is the one that the line expects are taken.
"""
import argparse
import csv
import glob
import json
import os
import subprocess


def rows(folder):
    for path in sorted(glob.glob(os.path.join(folder, "*.tsv"))):
        if not os.path.basename(path).startswith("classes"):
            lines = [l for l in open(path, encoding="utf-8") if not l.startswith("#")]
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def marked(text, source, target):
    """The text with both spans (bytes) marked; None when they overlap."""
    raw, spans = text.encode(), sorted([(*source, "s"), (*target, "t")])
    if spans[0][1] > spans[1][0]:
        return None
    for begin, end, tag in reversed(spans):
        raw = raw[:begin] + f"<{tag}>".encode() + raw[begin:end] + f"</{tag}>".encode() + raw[end:]
    return raw.decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("dyad", "triggers", "out"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()
    wanted = [r for r in rows(args.triggers) if r["example"]]
    given = "".join(json.dumps({"id": str(i), "text": r["example"]}) + "\n" for i, r in enumerate(wanted))
    answer = subprocess.run([args.dyad, "code", "--jsonl"], input=given, capture_output=True, text=True, check=True).stdout
    found, seen = [], set()
    for line in answer.splitlines():
        record = json.loads(line)
        row = wanted[int(record["id"])]
        for event in record["events"]:
            actors = event["source_actor"] + event["target_actor"]
            if event["event"] != row["event"] or len(actors) < 2 or any(a["span"] is None for a in actors[:2]):
                continue
            target = (event["target_actor"] or event["source_actor"][1:])[0]
            sentence = marked(row["example"], event["source_actor"][0]["span"], target["span"])
            if sentence and sentence not in seen:
                seen.add(sentence)
                found.append((row["event"], row["mode"] or "", "|".join(event["context"][:2]), sentence))
    with open(args.out, "w", encoding="utf-8") as out:
        out.write("event\tmode\tcontext\tsentence\n")
        out.writelines("\t".join(row) + "\n" for row in found)
    print(len(found), "sentences of", len(wanted), "examples")


if __name__ == "__main__":
    main()
