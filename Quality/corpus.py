#!/usr/bin/env python3
"""Sentences of Tests/Corpora with the events they must give, read as the tests read them.

    corpus.py --dyad PATH [--corpora DIR] [--misses] [FILE.dyad ...]

prints the share of sentences and of minimal pairs that are right; a pair is the sentences under one "# pair:" name and is
right when all of them are. With --misses every expectation that does not hold is printed with what was found.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys

CORPORA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Corpora")
CLASSES = {"asserted", "negated", "denied", "alleged", "planned", "requested", "conditional", "hypothetical"}


def cases_of(path):
    """Cases of a file: file, line, pair, date, text and expectations."""
    cases, date, pair, part, is_report = [], None, None, "between", False
    with open(path, encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            line = line.rstrip("\r\n")
            if part == "between" and line.startswith("#"):
                key, _, words = (cell.strip() for cell in line[1:].partition(":"))
                date = words if key == "date" else date
                pair = words if key == "pair" else pair
                is_report = is_report or (key, words) == ("form", "report")
            elif part == "between" and line == "text":
                cases.append({"file": os.path.basename(path), "line": number, "pair": pair, "date": date, "lines": [], "expected": []})
                part, pair = "text", None
            elif part == "text" and line == "----":
                part = "expected"
            elif part == "text":
                cases[-1]["lines"].append(line)
            elif part == "expected" and not line:
                part = "between"
            elif part == "expected":
                cases[-1]["expected"].append(line)
    for case in cases:
        case["text"] = "\n".join(case.pop("lines"))
    return [] if is_report else cases


def parsed(line):
    """An expectation as a dictionary."""
    words = re.findall(r'"[^"]*"|,|[^\s,"]+', line)
    out = {"kind": words.pop(0), "sources": [], "targets": [], "mutual": False, "figures": []}
    if out["kind"] == "nothing":
        return out
    out["event"] = words.pop(0)
    side = out["sources"]
    while words and re.fullmatch(r"[>+,*]|[A-Z][A-Z0-9/-]*", words[0]):
        word = words.pop(0)
        if word == ">":
            side = out["targets"]
        elif word == "+":
            out["mutual"] = True
        elif word != ",":
            side.append(word)
    while words:
        word = words.pop(0)
        if word == "according-to":
            out["speaker"] = words.pop(0).strip('"')
        elif word.startswith('"'):
            out["trigger"] = word.strip('"')
        elif word in CLASSES:
            out["factuality"] = word
        else:
            key, _, cell = word.partition("=")
            if key == "figure":
                out["figures"].append(cell)
            else:
                out[key] = cell
    return out


def body(code):
    return code.split()[0] if code else "?"


def is_same(wanted, actors):
    if wanted == ["*"]:
        return True
    codes = [actor["code"] for actor in actors]
    if {w.split("/")[0] for w in wanted} != {body(c) for c in codes}:
        return False
    return all("/" not in w or w.replace("/", " ") in codes for w in wanted)


def figure(quantity):
    def plain(number):
        return "" if number is None else str(int(number)) if number == int(number) else str(number)
    told = plain(quantity["value"]) or f"{plain(quantity['low'])}-{plain(quantity['high'])}"
    return f"{told}/{quantity['unit'] or ''}"


def speaks(words, event):
    if words in (event.get("holder") or ""):
        return True
    sources = [a for one in event["attribution"] for a in [one, *one.get("nested", [])]]
    return any(words in a["source"] or words == body((a.get("actor") or {}).get("code")) for a in sources)


def agrees(one, event):
    sources, targets = event["source_actor"], event["target_actor"]
    if one["event"] != event["event"]:
        return False
    if one["mutual"]:
        if targets or not is_same(one["sources"], sources):
            return False
    elif not (one["sources"] == ["*"] and not one["targets"]) and not (is_same(one["sources"], sources) and is_same(one["targets"], targets)):
        return False
    told = {"factuality": event["factuality"], "mode": event["mode"], "trigger": event["trigger"]["text"],
            "date": (event["date"] or {}).get("value"), "place": (event["place"] or {}).get("name")}
    if any(key in one and one[key] != value for key, value in told.items()):
        return False
    figures = [figure(q) for q in event["quantities"]]
    return all(f in figures for f in one["figures"]) and ("speaker" not in one or speaks(one["speaker"], event))


def holds(one, events):
    if one["kind"] == "nothing":
        return not events
    return any(agrees(one, e) for e in events) == (one["kind"] == "event")


def summary(event):
    def side(actors):
        return ", ".join(a["code"] for a in actors)
    parties = f"{side(event['source_actor'])} > {side(event['target_actor'])}" if event["target_actor"] else " + ".join(a["code"] for a in event["source_actor"])
    mode = f" mode={event['mode']}" if event["mode"] else ""
    return f"{event['event']} {parties} {event['factuality']} \"{event['trigger']['text']}\"{mode}"


def judged(cases, run):
    """Puts the expectations that fail ("missed") and what was found into each case; `run` codes a list of records."""
    records = [{"id": str(i), "text": c["text"], **({"date": c["date"]} if c["date"] else {})} for i, c in enumerate(cases)]
    for case, answer in zip(cases, run(records)):
        case["missed"] = [line for line in case["expected"] if not holds(parsed(line), answer["events"])]
        case["found"] = [summary(e) for e in answer["events"]]
    return cases


def share(flags):
    flags = list(flags)
    return round(100 * sum(flags) / len(flags), 2) if flags else None


def figures_of(cases):
    """Sentences and whole pairs that are right, in percent, with their numbers."""
    pairs = {}
    for case in cases:
        if case["pair"]:
            pairs.setdefault(case["pair"], []).append(not case["missed"])
    paired = [flag for flags in pairs.values() for flag in flags]
    return {"pairs_sentences": share(paired), "pairs_both": share(all(flags) for flags in pairs.values()), "sentences": len(paired), "pairs": len(pairs)}


def has_holder(given, answer):
    """True when the answer names the holder that the row names, be it in fewer words; a possessive ending does not count."""
    def words(text):
        return re.sub(r"['’]s?$", "", text or "")
    wanted, found = words(given.get("according_to")), words(answer.get("according_to"))
    if given["label"] not in ("alleged", "denied", "requested") or not wanted:
        return True
    return bool(found) and (wanted in found or found in wanted)


def is_read(given, answer):
    return given["label"] == answer.get("label") and has_holder(given, answer)


def factuality_figures(found):
    """Class, and class with holder, in percent; macro-F1 over the classes; what is denied or undone and was taken for fact."""
    scores = []
    for name in sorted({e["label"] for e, _ in found}):
        right = sum(1 for e, a in found if e["label"] == name == a.get("label"))
        total = sum(1 for e, _ in found if e["label"] == name) + sum(1 for _, a in found if a.get("label") == name)
        scores.append(200 * right / total)
    return {"accuracy": share(e["label"] == a.get("label") for e, a in found), "macro_f1": round(sum(scores) / len(scores), 2),
            "with_holder": share(is_read(e, a) for e, a in found),
            "unsafe": sum(1 for e, a in found if e["label"] in ("denied", "negated") and a.get("label") == "asserted"), "events": len(found)}


def files(folder=CORPORA):
    return sorted(glob.glob(os.path.join(folder, "coding", "*.dyad")))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyad", required=True)
    parser.add_argument("--corpora", default=CORPORA)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()

    def run(records):
        text = "".join(json.dumps(r) + "\n" for r in records)
        done = subprocess.run([args.dyad, "code", "--jsonl"], input=text, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    cases = judged([c for path in args.files or files(args.corpora) for c in cases_of(path)], run)
    if args.misses:
        for case in cases:
            if case["missed"]:
                print(f"{case['file']}:{case['line']} {case['pair'] or '-'} | {case['text']} | {' ; '.join(case['missed'])} | {'; '.join(case['found']) or 'nothing'}")
    print(json.dumps({"all_sentences": share(not c["missed"] for c in cases), "of": len(cases), **figures_of(cases)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
