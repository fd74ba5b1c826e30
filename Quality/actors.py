#!/usr/bin/env python3
"""Actors of whole reports: both sides of an event, their sectors, and whether all names of one actor lead to it.

    actors.py SCORER KEYS EVENTS.jsonl LAYERS.jsonl [--dyad PATH] [--verbose]

SCORER is score_reports.py, whose rules for places, event types and codes are used. EVENTS are lines of `dyad code`, LAYERS of
`dyad annotate --layers actors,coreference`.

actors  of the key's events that some prediction tells at the right place with the right type: how many have one with both sides right.
        Sides count at the level of states and organisations, as in the scorer; a mutual event needs all its parties.
sector  of the events found with both sides right: of all sectors that the key names, how many are predicted for that side.
names   of the key's groups of names: how many lead to one actor, by every name. A name in the text counts by its mentions: most of them
        must have the code or the chain of the others. A name that the text does not have is looked up at the report's date.
"""
import argparse
import collections
import importlib.util
import json
import os
import re
import subprocess
import sys


def load_scorer(path):
    specification = importlib.util.spec_from_file_location("score_reports", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class Actors:
    def __init__(self, scorer, keys, events, layers, dyad=None):
        self.scorer, self.dyad, self.misses = scorer, dyad, []
        self.keys = scorer.load_keys(keys)
        self.events, self.layers = collections.defaultdict(list), {}
        for row in scorer.load_lines(events):
            self.events[os.path.basename(row["document"])].append(row)
        for line in open(layers, encoding="utf-8"):
            row = json.loads(line)
            self.layers[os.path.basename(row["id"])] = row

    def metrics(self):
        counts = collections.Counter()
        for key, text in self.keys:
            self.sides(key, text, counts)
            self.names(key, text, counts)
        return {k: round(100 * counts[k] / counts[k + " of"], 2) for k in ("actors", "sector", "names") if counts[k + " of"]}

    # ------------------------------------------------------------ both sides

    def sides(self, key, text, counts):
        s = self.scorer
        names = key.get("names") or []
        rows = [r for r in self.events[key["file"]] if r.get("event")]
        spots = [s.ranges_of(r, text) for r in rows]
        for event in key["events"]:
            places = [r for a in [event["anchor"]] + event.get("also", []) for r in s.occurrences(text, a)]
            near = [r for r, spot in zip(rows, spots) if s.event_agrees(r["event"], event)
                    and any(s.overlap(a, b) for a in spot for b in places)]
            if not near:
                continue
            counts["actors of"] += 1
            right = [r for r in near if any(s.actors_agree(u, event) for u in s.units_of(r, names))]
            counts["actors"] += bool(right)
            if not right:
                given = ["%s > %s" % (codes(r["source_actor"]), codes(r["target_actor"])) for r in near]
                self.misses.append("%s %s: %s > %s, but %s: %s" % (key["file"], event["event"], ",".join(event["source"]),
                                   ",".join(event.get("target", [])), " | ".join(given), event["anchor"]))
                continue
            best = max(right, key=lambda r: self.sectors(r, event)[0])
            good, all_ = self.sectors(best, event)
            counts["sector"] += good
            counts["sector of"] += all_
            if good < all_:
                self.misses.append("%s %s: sectors of %s > %s, but %s > %s: %s" % (key["file"], event["event"], ",".join(event["source"]),
                                   ",".join(event.get("target", [])), codes(best["source_actor"]), codes(best["target_actor"]), event["anchor"]))

    def sectors(self, row, event):
        """Sectors of the key that the prediction has for the same body, and all sectors of the key."""
        good = all_ = 0
        given = row["source_actor"] + row["target_actor"]
        for code in event["source"] + event.get("target", []):
            body, _, sector = code.partition(" ")
            if sector or body in self.scorer.SECTORS:
                all_ += 1
                wanted = self.scorer.canonical_code(sector or body)
                good += any(wanted in map(self.scorer.canonical_code, a["code"].split()) for a in given
                            if not sector or self.scorer.canonical_code(a["code"].split()[0]) == self.scorer.canonical_code(body))
        return good, all_

    # ------------------------------------------------------------ names of one actor

    def names(self, key, text, counts):
        published = (key.get("article") or {}).get("published")
        for group in key.get("names") or []:
            found = {name: self.resolve(name, key["file"], text, published) for name in [group["canonical"]] + group.get("variants", [])}
            told = {n: f for n, f in found.items() if f or n != group["canonical"]}
            one = any(all(actor in f for f in told.values()) for actor in set().union(*told.values())) if told else False
            counts["names of"] += 1
            counts["names"] += one
            if not one:
                self.misses.append("%s names of %s: %s" % (key["file"], group["canonical"], {n: sorted(map(str, f)) for n, f in found.items()}))

    def resolve(self, name, file, text, published):
        """The actors that a name leads to: bodies, and numbers of chains."""
        bare = re.sub(r"^the ", "", name, flags=re.I)
        votes = collections.Counter()
        starts = {t["span"][0] for s in self.layers.get(file, {}).get("sentences", []) for t in s["tokens"]}
        # What stands in bylines, datelines and comments is not read for actors.
        places = [s for s in self.scorer.occurrences(text, bare) if whole(text, s) and s[0] in starts]
        for start, end in places:
            here = set()
            inside = [m for m in self.layers.get(file, {}).get("actors", []) if max(start, m["span"][0]) < min(end, m["span"][1])]
            for mention in inside:
                # The last one is the head: "Kurdish guerrilla group PKK".
                if mention["span"][1] == max(m["span"][1] for m in inside):
                    body = mention["code"].split()[0]
                    if body not in self.scorer.SECTORS and body != "UNK":
                        here.add(self.scorer.canonical_code(body))
                    if mention["entity"]:
                        here.add(mention["entity"])
            votes.update(here)
        if places:
            return {a for a, n in votes.items() if 2 * n > len(places)}
        code = self.scorer.canonical_code(name)
        return {self.scorer.canonical_code(b) for b in self.looked_up(bare, published)} | ({code} if code == name.upper() else set())

    def looked_up(self, name, published):
        if not self.dyad:
            return []
        words = [self.dyad, "lexicon", "lookup", name] + (["--date", published] if published else [])
        done = subprocess.run(words, capture_output=True, text=True)
        return [l.split("\t")[0].split()[0] for l in done.stdout.splitlines()
                if l and not l.startswith("place\t") and "\tnot " not in l]


def codes(actors):
    return ",".join(a["code"] for a in actors)


def whole(text, span):
    raw = text.encode("utf-8")
    before, after = raw[:span[0]].decode("utf-8")[-1:], raw[span[1]:].decode("utf-8")[:1]
    return not before.isalnum() and not after.isalnum()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("scorer", "keys", "events", "layers"):
        parser.add_argument(name)
    parser.add_argument("--dyad")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    actors = Actors(load_scorer(args.scorer), args.keys, args.events, args.layers, args.dyad)
    print(json.dumps(actors.metrics()))
    if args.verbose:
        for miss in actors.misses:
            print(miss, file=sys.stderr)


if __name__ == "__main__":
    main()
