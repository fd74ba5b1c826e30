#!/usr/bin/env python3
"""What becomes of promises and claims: the cases of this project, and the commitments of answer keys.

    ledger.py --dyad PATH [--misses] [FILE.dyad ...]

reads the cases of promises and claims in Tests/Corpora (those under known gaps too) as the tests read them, and prints the share of
expectations that hold. With --misses those that do not are printed with what was found.

A commitment of a key is found when an entry of the register has one of its parties, no promisor who is none, its promise in one of its
reports, and enough of its words; every entry counts for one commitment. Its outcome is right only when it was found.
"""
import argparse
import json
import os
import re
import subprocess
import tempfile

CORPORA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Corpora")
FILES = ["registers/commitments.dyad", "registers/known-gaps-commitments.dyad", "claims/statuses.dyad", "claims/known-gaps-statuses.dyad"]
# Outcomes of the keys and the statuses that mean the same.
OUTCOMES = {"fulfilled": {"kept"}, "partly": {"partly"}, "missed": {"missed", "ended"}, "pending": {"promised", "unknown", "agreed", "talks"}}
# Least share of a commitment's words that must stand in the sentence of its promise.
SHARE = 0.4
# Words that say little about what is promised.
LIGHT = set("that this with from they their them have been will would which after before until unless into over more than were".split())


def cases_of(path):
    """Cases of a file: reports with their days, and expectations."""
    cases, part = [], "between"
    with open(path, encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            line = line.rstrip("\n")
            if part == "between" and line == "text":
                cases.append({"file": os.path.basename(path), "line": number, "reports": [{"text": ""}], "expected": []})
                part = "text"
            elif part == "text" and line == "----":
                part = "expected"
            elif part == "text" and line == "====":
                cases[-1]["reports"].append({"text": ""})
            elif part == "text" and line.startswith("@"):
                cases[-1]["reports"][-1]["date"] = line[1:]
            elif part == "text":
                cases[-1]["reports"][-1]["text"] += line + "\n"
            elif part == "expected" and not line:
                part = "between"
            elif part == "expected":
                cases[-1]["expected"].append(line)
    return cases


def dyad(program, *words):
    return subprocess.run([program, *words], capture_output=True, text=True, check=True).stdout


def register(program, paths, as_of=None, kind="agreements"):
    """Entries of a register over some files."""
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "s.sqlite")
        dyad(program, "code", *paths, "--store", store)
        return json.loads(dyad(program, "registers", kind, "--store", store, "--format", "json", *(["--as-of", as_of] if as_of else [])))


def judged(program, paths=None):
    """Every case with the expectations that do not hold and what was found."""
    out = []
    for path in paths or [os.path.join(CORPORA, f) for f in FILES]:
        for case in cases_of(path):
            with tempfile.TemporaryDirectory() as folder:
                name = os.path.join(folder, "case.jsonl")
                with open(name, "w", encoding="utf-8") as handle:
                    for number, report in enumerate(case["reports"]):
                        handle.write(json.dumps({"id": f"{number}", **report}) + "\n")
                out.append(case | judge(program, name, case["expected"]))
    return out


def judge(program, name, expected):
    found, missed = None, []
    for line in expected:
        words = re.findall(r'(?:[^\s"]|"[^"]*")+', line)
        if words[0] in ("claim", "never"):
            if found is None:
                found = [json.loads(x) for x in dyad(program, "merge", "--claims", "--json", name).splitlines()]
            if not claim_holds(words, found):
                missed.append(line)
        else:
            fields = dict(w.split("=", 1) for w in words[1:] if "=" in w)
            last = max((f["published"] for e in found or [] for f in e["steps"] if f.get("published")), default=None)
            found = register(program, [name], fields.get("as-of") or fields.get("open") or last)
            if not entry_holds(words, fields, found):
                missed.append(line)
    return {"missed": missed, "found": [brief(x) for x in found or []]}


def brief(entry):
    who = " ".join(f"{p['role']}={p['code']}" for p in entry.get("parties", []))
    if "proposition" in entry:
        who = " | ".join(f"{p['holder']} {p['stance']}: {p['text'][:90]}" for p in entry["positions"])
    return f"{entry['status']} {who} due={entry.get('due')} {entry.get('subject') or entry.get('proposition')}"


def claim_holds(words, found):
    wanted = [w[:4] for w in words[2].strip('"').split()]

    def score(claim):
        text = " ".join(p["text"] for p in claim["positions"]).lower()
        return sum(w in text for w in wanted)
    best = max(found, key=score, default=None)
    if words[0] == "never":
        return best is None or best["status"] != words[1]
    return best is not None and score(best) * 2 >= len(wanted) and best["status"] == words[1]


def entry_holds(words, fields, found):
    if words[0] in ("absent", "never"):
        return not any(e["status"] == words[2] for e in found) if len(words) > 2 and "=" not in words[2] else not found
    status = "promised" if "open" in fields else words[1]
    return any(e["status"] == status and all(field_holds(e, k, v) for k, v in fields.items()) for e in found)


def field_holds(entry, key, value):
    if key in ("as-of", "open"):
        return True
    if key in ("due", "category", "date"):
        return entry.get(key) == value
    return {p["code"] or p["name"].upper() for p in entry["parties"] if p["role"] == key} == set(value.split(","))


def figures_of(cases):
    """Shares of expectations that hold, by file, in percent."""
    out = {}
    for kind, word in (("promises", "commitments"), ("claims", "statuses")):
        own = [c for c in cases if word in c["file"]]
        if not own:
            continue
        total = sum(len(c["expected"]) for c in own)
        out[kind] = round(100 * (total - sum(len(c["missed"]) for c in own)) / max(1, total), 2)
        out[kind + "_cases"] = len(own)
    return out


# ------------------------------------------------------------ answer keys

def stems(text):
    return {w[:5] for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in LIGHT}


def fit(commitment, entry):
    """How well an entry is a commitment of a key; 0 when it is another."""
    parties = set(commitment["parties"])
    made = [s for s in entry["steps"] if s["step"] not in ("done", "undone", "partly")]
    files = {r["file"] for r in commitment.get("reported", [])}
    bodies = {p["code"] for p in entry["parties"] if p["code"]}
    promisors = {p["code"] for p in entry["parties"] if p["role"] == "promisor" and p["code"]}
    if not parties & bodies or promisors - parties or files and not files & {os.path.basename(s["document"]) for s in made}:
        return 0
    wanted = stems(commitment["what"])
    # A sentence may hold two promises, so that its other words count for less.
    inside, around = stems(entry["subject"]), stems(" ".join(s["quote"] for s in made))
    share = max(len(wanted & inside), 0.8 * len(wanted & (inside | around))) / max(1, len(wanted))
    return share if share >= SHARE else 0


def matched(commitments, entries):
    """Pairs of commitment and entry, best first, each once."""
    ranked = sorted(((fit(c, e), i, j) for i, c in enumerate(commitments) for j, e in enumerate(entries)), key=lambda x: (-x[0], x[1], x[2]))
    pairs, left, right = {}, set(), set()
    for value, i, j in ranked:
        if value and i not in left and j not in right:
            pairs[i] = entries[j]
            left.add(i)
            right.add(j)
    return pairs, right


def wanted_outcome(commitment):
    """The last thing that a key says came of a commitment; None where it says so in free words."""
    if "follow_ups" in commitment:
        return ([f["status"] for f in commitment["follow_ups"]] or ["pending"])[-1]
    return None if commitment.get("follow_up") else "pending"


class Tally:
    """Counts over reports and clusters."""

    def __init__(self):
        self.found = self.keys = self.right = self.entries = self.outcomes = self.judged = self.dues = self.dated = 0
        self.lines = []

    def add(self, name, commitments, entries, besides=()):
        pairs, used = matched(commitments, entries)
        # What only the key of a single report lists is no mistake.
        also = matched(list(besides), [e for j, e in enumerate(entries) if j not in used])[1]
        self.keys += len(commitments)
        self.found += len(pairs)
        self.entries += len(entries)
        self.right += len(used) + len(also)
        for number, commitment in enumerate(commitments):
            entry, outcome = pairs.get(number), wanted_outcome(commitment)
            if outcome:
                self.judged += 1
                self.outcomes += bool(entry) and entry["status"] in OUTCOMES[outcome]
            if commitment.get("due") and commitment["due"][:4].isdigit():
                self.dated += 1
                self.dues += bool(entry) and same_due(entry["due"], commitment["due"])
            self.lines.append({"set": name, "what": commitment["what"], "wanted": outcome, "found": entry and brief(entry)})
        for number, entry in enumerate(entries):
            if number not in used:
                self.lines.append({"set": name, "what": None, "found": brief(entry)})

    def metrics(self, prefix):
        out = {prefix + "_recall": percent(self.found, self.keys), prefix + "_precision": percent(self.right, self.entries)}
        return out | {prefix + "_outcomes": percent(self.outcomes, self.judged), prefix + "_due": percent(self.dues, self.dated)}


def same_due(found, wanted):
    """The same day, or a month whose last day is meant."""
    return bool(found) and (found == wanted or len(found) == 7 and wanted.startswith(found) and wanted[8:] >= "28")


def percent(a, b):
    return round(100 * a / b, 2) if b else None


def commitments_of(program, folder, texts):
    """Metrics of the commitments in the keys of reports and of their clusters, and a line for each commitment and entry."""
    paths = {os.path.basename(p): p for p in texts}
    keys = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".key.json"):
            with open(os.path.join(folder, name), encoding="utf-8") as handle:
                key = json.load(handle)
            keys[key["file"]] = key
    single, cluster = Tally(), Tally()
    if not any(key.get("commitments") for key in keys.values()):
        return {}, []
    for file, key in keys.items():
        single.add(file, key.get("commitments", []), register(program, [paths[file]]))
    out = single.metrics("commitments")
    base = os.path.join(folder, "clusters")
    for name in sorted(os.listdir(base)) if os.path.isdir(base) else []:
        with open(os.path.join(base, name), encoding="utf-8") as handle:
            key = json.load(handle)
        besides = [c for f in key["files"] for c in keys.get(f, {}).get("commitments", [])]
        cluster.add(name, key.get("commitments", []), register(program, [paths[f] for f in key["files"]]), besides)
    if cluster.keys:
        out |= cluster.metrics("followed")
    return out, single.lines + cluster.lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyad", required=True)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--keys", help="folder of answer keys: print the commitments one by one")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    if options.keys:
        texts = [os.path.join(options.keys, f) for f in os.listdir(options.keys) if f.endswith(".txt")]
        metrics, lines = commitments_of(options.dyad, options.keys, texts)
        for line in lines if options.misses else []:
            print(json.dumps(line, ensure_ascii=False))
        print(json.dumps(metrics))
        return
    cases = judged(options.dyad, options.files)
    for case in cases:
        if options.misses and case["missed"]:
            print(f"{case['file']}:{case['line']}")
            for line in case["missed"]:
                print("    wanted", line)
            for line in case["found"]:
                print("    found ", line)
    print(json.dumps(figures_of(cases)))


if __name__ == "__main__":
    main()
