#!/usr/bin/env python3
"""Kills a program that writes a store at random instants, and looks what is left.

    python3 Quality/kill_store.py [--dyad PROGRAM] [--kills 500] [--seed 1]

Each store begins with an older version of the documents. `dyad import events` brings the newer version and is killed
without warning, several times in a row on the same store. After every kill the file must open and pass SQLite's
integrity check; in the end an undisturbed run must give byte for byte the export of a store that was never disturbed.
No model is needed. The exit status is 1 when anything failed.
"""
import argparse
import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

COUNTRIES = [("TUR", "Turkey"), ("PAK", "Pakistan"), ("KEN", "Kenya"), ("PER", "Peru"), ("NOR", "Norway")]
EVENTS = [("AGREE", None, "promised"), ("CONSULT", "visit", "visited"), ("COOPERATE", None, "supplied"),
          ("ACCUSE", "disapprove", "accused"), ("AID", None, "gave")]
THINGS = ["helicopters", "trucks", "prisoners", "tonnes of wheat"]


def event(rng, document, start, day):
    """One event line and the length of its sentence."""
    (source, source_name), (target, target_name) = rng.sample(COUNTRIES, 2)
    kind, mode, verb = rng.choice(EVENTS)
    count, thing = rng.randint(2, 90), rng.choice(THINGS)
    text = f"On {day} {source_name} {verb} {target_name} {count} {thing}."
    at = text.index(source_name)
    to = text.rindex(target_name)
    trigger = text.index(verb)
    span = [start, start + len(text)]

    def actor(code, name, place):
        return [{"code": code, "name": name, "text": name, "span": [start + place, start + place + len(name)]}]

    identifier = hashlib.sha256(f"{document} {start} {text}".encode()).hexdigest()[:16]
    return {
        "id": identifier, "document": document, "publisher": f"Paper {len(document) % 3}", "published": day, "url": None,
        "event": kind, "mode": mode, "context": ["military"], "quad": 1, "intensity": 1.0, "cameo": None,
        "goldstein": None, "source_actor": actor(source, source_name, at), "target_actor": actor(target, target_name, to),
        "trigger": {"text": verb, "span": [start + trigger, start + trigger + len(verb)]},
        "date": {"value": day, "precision": "day", "basis": "stated", "text": day, "span": [start + 3, start + 13]},
        "place": None, "factuality": rng.choice(["asserted", "alleged", "denied", "planned"]), "holder": "officials",
        "attribution": [], "quantities": [
            {"value": count, "low": None, "high": None, "unit": "item", "of": thing, "approximate": False,
             "text": f"{count} {thing}", "span": span}],
        "span": span, "text": text, "confidence": 0.8,
        "explain": {"stage": "events", "rule": "test", "file": "test", "line": 1},
        "dyad_version": "test", "codebook_version": "test"}, len(text) + 1


def corpus(seed, path, documents=80):
    """Writes event lines; a different seed changes some of the documents."""
    with open(path, "w", encoding="utf-8") as out:
        for number in range(documents):
            rng = random.Random(number if number % 2 else number + 1000 * seed)
            start = 0
            for _ in range(4):
                day = f"2024-{number % 12 + 1:02d}-{rng.randint(1, 28):02d}"
                line, length = event(rng, f"report-{number}.txt", start, day)
                start += length
                out.write(json.dumps(line) + "\n")


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: {done.stderr.decode()}")
    return done.stdout


def digest(program, store):
    return hashlib.sha256(run(program, "store", "export", "--store", store)).hexdigest()


def integrity(store):
    """What SQLite says of the file, as another program sees it."""
    connection = sqlite3.connect(store)
    try:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()


def remove(store):
    for end in ("", "-wal", "-shm"):
        if os.path.exists(store + end):
            os.remove(store + end)


def copy(source, target):
    remove(target)
    with open(source, "rb") as old, open(target, "wb") as new:
        new.write(old.read())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyad", default=".build/release/dyad")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        old, new = os.path.join(folder, "old.jsonl"), os.path.join(folder, "new.jsonl")
        start, store = os.path.join(folder, "start.sqlite"), os.path.join(folder, "store.sqlite")
        corpus(1, old)
        corpus(2, new)
        run(options.dyad, "import", "events", old, "--store", start)
        copy(start, store)
        began = time.monotonic()
        run(options.dyad, "import", "events", new, "--store", store)
        length = time.monotonic() - began
        expected = digest(options.dyad, store)
        kills = late = stores = 0
        while kills < options.kills:
            copy(start, store)
            stores += 1
            for _ in range(min(rng.randint(1, 4), options.kills - kills)):
                process = subprocess.Popen(
                    [options.dyad, "import", "events", new, "--store", store], stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL)
                time.sleep(rng.random() * length)
                if process.poll() is not None:
                    # It had finished; only those count that were struck while they ran.
                    late += 1
                    continue
                process.kill()
                process.wait()
                kills += 1
                if kills % 7 == 0:
                    state = integrity(store)
                    if state != "ok":
                        failures += 1
                        print(f"kill {kills}: {state}")
            began = time.monotonic()
            run(options.dyad, "import", "events", new, "--store", store)
            length = 0.5 * length + 0.5 * max(time.monotonic() - began, 0.02)
            run(options.dyad, "store", "check", "--store", store)
            if integrity(store) != "ok" or digest(options.dyad, store) != expected:
                failures += 1
                print(f"store {stores}: the export differs from that of an undisturbed run")
    print(f"{kills} kills of {stores} stores, {late} more came after the end of a run: {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
