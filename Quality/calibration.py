#!/usr/bin/env python3
"""How often Dyad is right at each confidence: the reliability table.

    calibration.py --dyad PROGRAM --gold DIR [--fit]

Three kinds of evidence, each with a table of its own (bins of a tenth; n, mean confidence, share right) and the expected
calibration error (Naeini et al. 2015):

  pairs      `dyad relate` on plv_test: the probability of the named event against the label (CONCEDE and RETREAT merged).
  reports    coded events of whole reports and seeds, right where the answer key's scorer matches them; repetitions and
             headline lines that it leaves out of account are left out here, too.
  sentences  coded events of plover_gsr, right where both countries and the event agree. These sets annotate one event a
             sentence, so the share is a lower bound.

--fit prints the points of a monotone curve (isotonic regression) from the raw scores of `reports` and `sentences`, in the form
of Data/rules/en/confidence.tsv.
"""
import argparse
import glob
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import quality as Q  # noqa: E402

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


def lines(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def run(program, *words, text=None):
    return subprocess.run([program, *words], input=text, capture_output=True, text=True).stdout


def pairs(program, gold):
    path = next(iter(glob.glob(os.path.join(gold, "events", "plv_test*.jsonl"))), None)
    rows = Q.rows_of(path) if path else []
    answers = lines(run(program, "relate", "--jsonl", text="".join(json.dumps(r) + "\n" for r in rows)))
    out = []
    for row, answer in zip(rows, answers):
        if not answer.get("event"):
            continue
        merged = {}
        for event, p in answer["probabilities"].items():
            merged[YIELD.get(event, event)] = merged.get(YIELD.get(event, event), 0) + p
        best = max(merged, key=merged.get)
        want = row["events"][0]["plover"]
        out.append((merged[best], best == YIELD.get(want, want)))
    return out


def reports(program, gold):
    out = []
    for folder in ("reports", "seeds"):
        base = next((p for p in (os.path.join(gold, folder), os.path.join(gold, "..", folder)) if os.path.isdir(p)), None)
        scorer = os.path.join(gold, "..", "reports", "score_reports.py")
        if not base or not os.path.isfile(scorer):
            continue
        spec = importlib.util.spec_from_file_location("score_reports", scorer)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        coded = run(program, "code", *sorted(glob.glob(os.path.join(base, "*.txt"))))
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as handle:
            handle.write(coded)
            handle.flush()
            _, documents = module.run(base, handle.name)
        for _, document in documents:
            for row, verdict in zip(document["predictions"], document["verdicts"]):
                if verdict in ("correct", "optional"):
                    out.append((row["confidence"], True))
                elif verdict in ("wrong", "elsewhere", "forbidden"):
                    out.append((row["confidence"], False))
    return out


def sentences(program, gold):
    path = next(iter(glob.glob(os.path.join(gold, "events", "plover_gsr*.jsonl"))), None)
    rows = Q.rows_of(path) if path else []
    answers = lines(run(program, "code", "--jsonl", text="".join(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows)))
    out = []
    for row, answer in zip(rows, answers):
        body = lambda side: (side or {}).get("code", "")[:3]
        wanted = {(body(e.get("source")), body(e.get("target")), e["plover"]) for e in row["events"]}
        for event in answer["events"]:
            own = lambda side: [(a["code"] or "")[:3] for a in event[side]] or [""]
            found = {(s, t, event["event"]) for s in own("source_actor") for t in own("target_actor")}
            if not event["target_actor"]:
                found |= {(s, t, event["event"]) for s in own("source_actor") for t in own("source_actor")}
            out.append((event["confidence"], bool(found & wanted)))
    return out


def table(name, points):
    print(f"\n{name}: {len(points)} events")
    error = 0
    for low in range(0, 10):
        part = [p for p in points if low / 10 <= p[0] < (low + 1) / 10 or low == 9 and p[0] >= 1]
        if part:
            mean, right = sum(p for p, _ in part) / len(part), sum(r for _, r in part) / len(part)
            error += len(part) * abs(mean - right)
            print(f"  {low / 10:.1f}-{(low + 1) / 10:.1f}  n {len(part):4}  confidence {mean:.2f}  right {right:.2f}")
    if points:
        print(f"  expected calibration error {error / len(points):.3f}")


def isotonic(points):
    """Pool adjacent violators; blocks of (score, share right)."""
    blocks = []
    for score, right in sorted(points):
        blocks.append([score, float(right), 1])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            score, right, n = blocks.pop()
            blocks[-1] = [(blocks[-1][0] * blocks[-1][2] + score * n) / (blocks[-1][2] + n), blocks[-1][1] + right, blocks[-1][2] + n]
    return [(score, right / n) for score, right, n in blocks]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyad", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    found = {"pairs": pairs(args.dyad, args.gold), "reports": reports(args.dyad, args.gold), "sentences": sentences(args.dyad, args.gold)}
    for name, points in found.items():
        table(name, points)
    if args.fit:
        print("\nscore\tright")
        for score, right in isotonic(found["reports"] + found["sentences"]):
            print(f"{score:.3f}\t{right:.3f}")


if __name__ == "__main__":
    main()
