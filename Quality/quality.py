#!/usr/bin/env python3
"""Score the program on annotated sets and print one table.

    quality.py --dyad PATH --gold DIR [--scorers DIR] [--json FILE] [--only SET,SET] [--keep DIR]

DIR is looked through for the folders events, attribution, factuality, time, quantity, crossdoc, articles, and treebanks,
reports, seeds (the last three also beside DIR and in DIR/../data). A set is a file; its name ends at the first dot.
Scorers are the Python programs that lie beside the sets, or in --scorers. Every set found appears in the table, with
the reason when it cannot be scored. Figures are percent for F1 and accuracy. dyad_pairs and own_factuality are sentences of
Tests/Corpora; they need no DIR.
"""
import argparse
import calendar
import datetime
import glob
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import corpus
import ledger

TREEBANKS = [("en_ewt", "ewt"), ("en_gum_open", "gum"), ("en_pud", "pud")]
NAMES = [("ner-uner_ewt", "ner_ewt"), ("ner-uner_pud", "ner_pud")]
# Sets that are coded with dictionaries of their own, and which of petr_dictionaries belong to them.
DICTIONARIES = {"petr_unit_cameo": ["actors.up", "agents", "discards", "verbs.2.0"], "petr_unit_weis": ["actors", "agents", "discards", "verbs"]}
# Sets that are keyed in CAMEO are compared by Dyad's CAMEO codes; where their keys follow an older program, events are coded by its
# convention (Data/codebook/cameo/conventions). What Dyad's own coding reaches by PLOVER events stands beside it as plain_*.
CAMEO_KEYED = {"cameo_manual": [], "petr2_gsr": ["--convention", "petrarch"]}
# Which number of the factuality layer speaks of what a graded set asked its readers. UDS and MegaVeridicality asked whether it
# happened: a plan has not ("value"). MEANTIME marks certainty and polarity and keeps the time apart: a firm plan is certain ("certainty").
GRADED_FIELD = {"meantime": "certainty"}
# Recognizers-Text is tested in American English, where 5/7 is the seventh of May; the program learns the region from an address.
MONTH_FIRST = {"recognizers_datetime": {"url": "https://example.us/"}}
GROUPS = ["events", "attribution", "factuality", "time", "quantity", "crossdoc", "articles", "treebanks", "reports", "seeds"]


def rows_of(path):
    with open(path, encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def date_rows(gold, answers):
    """Percent of the rows of dates and date ranges in which every expression has a right value.

    Days are compared, read as the set writes them: the last day of a range of values is not part of it, a range between two
    greater units ends where the last one begins ("2014 to 2018"), and what it calls "not resolved" must have no value.
    """
    given = {a["id"]: a.get("timexes", []) for a in answers}
    right = rows = 0
    for row in gold:
        if not row["timexes"] or any(t["type"] not in ("date", "daterange") for t in row["timexes"]):
            continue
        rows += 1
        right += all(date_is_right(t, [p for p in given.get(row["id"], []) if p["start"] < t["end"] and t["start"] < p["end"]])
                     for t in row["timexes"])
    return round(100 * right / rows, 2) if rows else None


def date_is_right(wanted, found):
    values = [v for p in found for v in (p.get("value"), (p.get("range") or {}).get("value")) if v]
    if "not resolved" in wanted["values"] and not values:
        return True
    if set(values) & set(wanted.get("timex") or []):
        return True
    days = [d for d in map(first_and_last, values) if d]
    # The end of a range that begins its last unit: 2018-01-01 for "2014/2018".
    days += [(first_and_last(a)[0], first_and_last(b)[0]) for a, _, b in (v.partition("/") for v in values)
             if b and first_and_last(a) and first_and_last(b)]
    for text in wanted["values"] + [t for t in wanted.get("timex") or [] if t and "X" not in t]:
        text = "/".join(text.strip("()").split(",")[:2]) if text.startswith("(") else text
        whole = first_and_last(text)
        if whole and (whole in days or (whole[0], day_before(whole[1])) in days and "/" in text):
            return True
    return False


def day_before(day):
    return day if day == ".." else (datetime.date.fromisoformat(day) - datetime.timedelta(1)).isoformat()


def first_and_last(value):
    """First and last day of an ISO 8601 value, ".." for an open end; None for anything else."""
    if "/" in value:
        a, b = (("..", "..") if end == ".." else first_and_last(end) for end in value.split("/", 1))
        return a and b and (a[0], b[1])
    if re.fullmatch(r"\d{2,3}", value):
        years = 10 ** (4 - len(value))
        return "%04d-01-01" % (int(value) * years), "%04d-12-31" % (int(value) * years + years - 1)
    match = re.fullmatch(r"(\d{4})(?:-(?:W(\d\d)(-WE)?|Q([1-4])|(\d\d)(?:-(\d\d))?))?", value)
    if not match:
        return None
    year, week, weekend, quarter, month, day = match.groups()
    try:
        if week:
            monday = datetime.date.fromisocalendar(int(year), int(week), 1)
            return (monday + datetime.timedelta(5 if weekend else 0)).isoformat(), (monday + datetime.timedelta(6)).isoformat()
        first = int(quarter) * 3 - 2 if quarter else int(month or 1)
        last = int(quarter) * 3 if quarter else int(month or 12)
        start = datetime.date(int(year), first, int(day or 1))
        end = start if day else datetime.date(int(year), last, calendar.monthrange(int(year), last)[1])
        return start.isoformat(), end.isoformat()
    except ValueError:
        return None


class Quality:
    def __init__(self, args):
        self.args = args
        self.out = {}
        self.skipped = []
        # What a row of the table needs said beside its figures.
        self.notes = {}
        self.work = args.keep or tempfile.mkdtemp(prefix="dyad-quality-")
        os.makedirs(self.work, exist_ok=True)
        self.program = {**os.environ}

    # ------------------------------------------------------------ finding things

    def folder(self, name):
        for base in (self.args.gold, os.path.join(self.args.gold, ".."), os.path.join(self.args.gold, "..", "data")):
            path = os.path.join(base, name)
            if os.path.isdir(path) and (base == self.args.gold or name in ("treebanks", "reports", "seeds")):
                return path
        return None

    def scorer(self, group, file):
        for base in (self.folder(group), self.args.scorers and os.path.join(self.args.scorers, group), self.args.scorers):
            if base:
                for path in (os.path.join(base, file), os.path.join(base, "..", "data", group, file)):
                    if os.path.isfile(path):
                        return path
        return None

    # ------------------------------------------------------------ running things

    def dyad(self, *words, text=None):
        done = subprocess.run([self.args.dyad, *words], input=text, capture_output=True, text=True, env=self.program)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"dyad {words[0]}: exit status {done.returncode}: {done.stderr.strip()[-300:]}")
        return done.stdout

    def filter(self, words, records):
        lines = self.dyad(*words, text="".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)).splitlines()
        if len(lines) != len(records):
            raise RuntimeError(f"dyad {words[0]}: {len(records)} records in, {len(lines)} lines out")
        return [json.loads(line) for line in lines]

    def run_scorer(self, path, *words):
        done = subprocess.run([sys.executable, path, *words], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{os.path.basename(path)}: exit status {done.returncode}: {done.stderr.strip()[-400:]}")
        return done.stdout

    def path(self, name):
        return os.path.join(self.work, name)

    def write(self, name, records):
        with open(self.path(name), "w", encoding="utf-8") as handle:
            for record in records:
                handle.write(json.dumps(record, ensure_ascii=False) + "\n")
        return self.path(name)

    def put(self, name, metrics):
        self.out.setdefault(name, {}).update({k: v for k, v in metrics.items() if v is not None})

    def attempt(self, name, work):
        if self.args.only and name not in self.args.only:
            return
        began = time.time()
        try:
            work()
            print(f"  {name}: {time.time() - began:.1f} s", file=sys.stderr, flush=True)
        except (RuntimeError, OSError, ValueError, KeyError, IndexError, subprocess.SubprocessError) as error:
            self.skipped.append((name, f"{type(error).__name__}: {error}"))

    # ------------------------------------------------------------ treebanks and names

    def treebanks(self, folder):
        score = self.scorer("treebanks", "score_conllu.py")
        for path in sorted(glob.glob(os.path.join(folder, "*"))):
            file = os.path.basename(path)
            if "train" in file:
                continue
            for prefix, name in TREEBANKS:
                if file.startswith(prefix) and file.endswith(".conllu"):
                    self.attempt(name, lambda p=path, n=name: self.treebank(score, p, n))
                    if name == "gum" and self.args.only and name not in self.args.only:
                        self.attempt("gum_coref", lambda p=path: self.coreference(p, self.analysed(p, "gum_coref")))
            for prefix, name in NAMES:
                if file.startswith(prefix) and file.endswith(".iob2"):
                    self.attempt(name, lambda p=path, n=name: self.names(score, p, n))

    def treebank(self, score, path, name):
        given = self.analysed(path, name)
        wanted = {"UPOS": "upos", "Lemma": "lemma", "UAS": "uas", "LAS": "las", "XPOS": "xpos", "Feats": "feats"}
        self.put(name, self.conllu(score, path, given, wanted))
        if name == "gum":
            self.put("gum_news", self.conllu(score, path, given, wanted, "--docs", "GUM_news"))
            self.coreference(path, given)
        raw, gold = self.raw(path, name)
        self.put(name, self.conllu(score, gold, raw, {"LAS": "raw_las", "Tokens": "raw_tokens", "Sentences": "raw_sentences", "Words": "raw_words"}))

    def analysed(self, path, name):
        """The program's analysis of a treebank's words."""
        given = self.path(name + ".given.conllu")
        with open(given, "w", encoding="utf-8") as handle:
            handle.write(self.dyad("annotate", "--conllu", path))
        return given

    def coreference(self, gold, system):
        """Chains of news and interviews; names and pronouns, the same head. `linked` leaves single mentions out."""
        score = os.path.join(os.path.dirname(os.path.abspath(__file__)), "coreference.py")
        words = (gold, system, "--docs", "GUM_news,GUM_interview", "--json")
        found = json.loads(self.run_scorer(score, *words))
        spans = json.loads(self.run_scorer(score, *words, "--spans"))
        self.put("gum_coref", {"conll": found["conll"], "lea": found["lea"]["f1"], "mentions": found["mentions"]["f1"],
                               "conll_linked": found["linked"]["conll"], "lea_linked": found["linked"]["lea"]["f1"],
                               "conll_spans": spans["conll"], "lea_spans": spans["lea"]["f1"]})

    def conllu(self, score, gold, system, wanted, *more):
        found = json.loads(self.run_scorer(score, gold, system, "--json", *more))
        table = {k.lower(): v for k, v in found.items()}
        return {short: value(table[long.lower()]) for long, short in wanted.items() if long.lower() in table}

    def raw(self, path, name):
        """Bare text of every document, paragraphs apart; the analysis of all of them in one file."""
        documents, paragraphs, words, inside = [], [], [], set()
        text, spaced = "", True
        with open(path, encoding="utf-8") as handle:
            for line in handle:
                line = line.rstrip("\n")
                if line.startswith("# newdoc"):
                    documents.append([])
                if line.startswith("# newpar") and "block" not in line or line.startswith("# newdoc"):
                    if not documents[-1] or documents[-1][-1]:
                        documents[-1].append([])
                if line.startswith("# text = "):
                    documents[-1][-1].append(line[9:])
        out = self.path(name + ".raw.conllu")
        with open(out, "w", encoding="utf-8") as handle:
            for index, document in enumerate(documents):
                file = self.path(f"{name}.{index}.txt")
                with open(file, "w", encoding="utf-8") as body:
                    body.write("\n\n".join(" ".join(p) for p in document if p) + "\n")
            files = [self.path(f"{name}.{index}.txt") for index in range(len(documents))]
            handle.write(self.dyad("annotate", "--conllu", "--plain", *files))
            for file in files:
                os.remove(file)
        return out, path

    def names(self, score, path, name):
        given, document = self.path(name + ".in.conllu"), None
        with open(path, encoding="utf-8") as source, open(given, "w", encoding="utf-8") as handle:
            number = 0
            for line in source:
                line = line.rstrip("\n")
                if line.startswith("# sent_id"):
                    prefix = line.split("=", 1)[1].strip().rsplit("-", 1)[0]
                    if prefix != document:
                        handle.write(f"# newdoc id = {prefix}\n")
                    document = prefix
                elif "\t" in line:
                    number += 1
                    handle.write(f"{number}\t{line.split(chr(9))[0]}\t_\tX\t_\t_\t{number - 1}\tdep\t_\t_\n")
                elif not line and number:
                    handle.write("\n")
                    number = 0
            handle.write("\n" if number else "")
        tags = []
        for line in self.dyad("annotate", "--conllu", given).splitlines():
            if line and not line.startswith("#") and line.split("\t")[0].isdigit():
                misc = dict(p.split("=", 1) for p in line.split("\t")[9].split("|") if "=" in p)
                tags.append(misc.get("Name", "O"))
        system, at = self.path(name + ".iob2"), 0
        with open(path, encoding="utf-8") as source, open(system, "w", encoding="utf-8") as handle:
            for line in source:
                line = line.rstrip("\n")
                if "\t" in line:
                    tag = tags[at] if not tags[at].endswith("GRP") else "O"
                    handle.write(f"{line.split(chr(9))[0]}\t{tag}\n")
                    at += 1
                else:
                    handle.write(line + "\n")
        found = json.loads(self.run_scorer(score, "--names", path, system, "--json"))
        self.put(name, {k: value(found.get(k)) for k in ("f1", "precision", "recall")})

    # ------------------------------------------------------------ events

    def events(self, folder):
        score = self.scorer("events", "score_events.py")
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
            name = os.path.basename(path).split(".")[0]
            if name == "plv_train":
                continue
            self.attempt(name, lambda p=path, n=name: self.event_set(score, p, n))

    def event_set(self, score, path, name):
        gold = rows_of(path)
        if gold[0]["task"] == "relation":
            answers = self.filter(["relate", "--jsonl"], [{"id": r["id"], "marked_text": r["marked_text"]} for r in gold])
            mine = [{"id": a["id"], "events": [{"source": None, "target": None, "plover": a["event"]}] if a["event"] else []} for a in answers]
            for row, record in zip(mine, gold):
                for event in row["events"]:
                    event["source"], event["target"] = record["events"][0]["source"], record["events"][0]["target"]
        else:
            records = [{"id": r["id"], "text": r["text"], **({"date": r["date"]} if r.get("date") else {})} for r in gold]
            answers = self.filter(["code", "--jsonl", *self.lexicon(path, name)], records)
            mine = [{"id": a["id"], "events": [p for e in a["events"] for p in cameo(e, name in DICTIONARIES)]} for a in answers]
            if name in CAMEO_KEYED:
                plain = self.scored_events(score, path, name + ".plain", mine)
                self.put(name, {"plain_" + k: v for k, v in event_metrics(plain).items()})
                self.notes[name] = " ".join(["by CAMEO code", *CAMEO_KEYED[name]]) + "; plain_* by PLOVER event"
                answers = self.filter(["code", "--jsonl", *CAMEO_KEYED[name]], records)
                mine = [{"id": a["id"], "events": [{**p, "plover": None} for e in a["events"] for p in cameo(e)]} for a in answers]
        self.put(name, event_metrics(self.scored_events(score, path, name, mine)))

    def scored_events(self, score, path, name, mine):
        """What the scorer finds; predictions and its own report are kept under the name."""
        system = self.write(name + ".pred.jsonl", mine)
        report = self.path(name + ".score.json")
        text = self.run_scorer(score, path, system, "--json", report)
        with open(self.path(name + ".score.txt"), "w") as handle:
            handle.write(text)
        return next(iter(json.load(open(report)).values()), {})

    def lexicon(self, path, name):
        """Words that make the program use the set's own dictionaries, imported; none when it has no such."""
        folder = os.path.join(os.path.dirname(path), "petr_dictionaries")
        files = [os.path.join(folder, "PETR.Validate." + part + ".txt") for part in DICTIONARIES.get(name, [])]
        if not files or not all(os.path.isfile(f) for f in files):
            return []
        out = self.path(name + ".lexicon")
        self.dyad("import", "petrarch", *files, "--out", out)
        # These sets hold what their own verbs say and nothing else.
        return ["--lexicon", out, "--own-verbs-only"]

    # ------------------------------------------------------------ whole reports

    def reports(self, name, folder):
        score = self.scorer("reports", "score_reports.py") or os.path.join(self.folder("reports") or "", "score_reports.py")
        keys = [json.load(open(p, encoding="utf-8")) for p in sorted(glob.glob(os.path.join(folder, "*.key.json")))]
        texts = []
        for key in keys:
            for base in (folder, self.args.scorers and os.path.join(self.args.scorers, name), self.args.scorers):
                if base and os.path.isfile(os.path.join(base, key["file"])):
                    texts.append(os.path.join(base, key["file"]))
                    break
        lines = self.dyad("code", *texts)
        system = self.path(name + ".events.jsonl")
        with open(system, "w", encoding="utf-8") as handle:
            handle.write(lines)
        more, counts = [], {}
        if os.path.isdir(os.path.join(folder, "clusters")):
            incidents, counts = self.clusters(folder)
            more = ["--incidents", incidents]
        found = json.loads(self.run_scorer(score, folder, system, "--json", *more))
        open(self.path(name + ".score.json"), "w").write(json.dumps(found))
        links = found.get("incidents")
        if links:
            counts = {"incidents": round(200 * links["links right"] / max(1, links["links made"] + links["links in key"]), 2), **counts}
        layers = self.path(name + ".layers.jsonl")
        with open(layers, "w", encoding="utf-8") as handle:
            handle.write(self.dyad("annotate", "--layers", "tokens,actors,coreference", *texts))
        own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "actors.py")
        people = json.loads(self.run_scorer(own, score, folder, system, layers, "--dyad", self.args.dyad))
        promises, lines = ledger.commitments_of(self.args.dyad, folder, texts)
        self.write(name + ".commitments.jsonl", lines)
        self.put(name, report_metrics(found) | counts | promises | people)

    # ------------------------------------------------------------ layers

    def attribution(self, folder):
        score = self.scorer("attribution", "score_attribution.py")
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
            name = os.path.basename(path).split(".")[0]
            self.attempt(name, lambda p=path, n=name: self.attribution_set(score, p, n))

    def attribution_set(self, score, path, name):
        gold = rows_of(path)
        answers = self.filter(["annotate", "--jsonl", "--layers", "attribution", "--offsets", "scalars"],
                              [{"id": r["id"], "text": r["text"], "date": r.get("date")} for r in gold])
        system = self.write(name + ".pred.jsonl", [{"id": a["id"], "attributions": a.get("attributions", [])} for a in answers])
        genre = ["--genre", "news"] if name.startswith("gum") else []
        found = json.loads(self.run_scorer(score, "--gold", path, "--pred", system, "--json", *genre))
        open(self.path(name + ".score.json"), "w").write(json.dumps(found))
        exact, partial = found.get("exact", {}), found.get("partial", {})
        self.put(name, {"cue": value(exact.get("cue")), "source": value(exact.get("source")), "content": value(exact.get("content")),
                        "content_overlap": value(partial.get("content")), "linked": value(found.get("relation_linked")),
                        "nominal": recall(found, "source:nominal"), "nested": recall(found, "nested:True")})

    def factuality(self, folder):
        score = self.scorer("factuality", "score_factuality.py")
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
            name = os.path.basename(path).split(".")[0]
            self.attempt(name, lambda p=path, n=name: self.factuality_set(score, p, n))

    def factuality_set(self, score, path, name):
        gold = rows_of(path)
        answers = self.filter(["annotate", "--jsonl", "--layers", "factuality", "--offsets", "scalars"],
                              [{"id": r["id"], "text": r["text"], "events": [{"start": e["start"], "end": e["end"]} for e in r["events"]]} for r in gold])
        graded = any("value" in e for r in gold for e in r["events"])
        for a in answers:
            for e in a.get("events", []):
                if graded:
                    e.pop("label", None)
                    e["value"] = e.get(GRADED_FIELD.get(name, "value"), e.get("value"))
        system = self.write(name + ".pred.jsonl", [{"id": a["id"], "events": a.get("events", [])} for a in answers])
        found = json.loads(self.run_scorer(score, "--gold", path, "--pred", system, "--json"))
        open(self.path(name + ".score.json"), "w").write(json.dumps(found))
        unsafe = sum(1 for r, a in zip(gold, answers) for g, e in zip(r["events"], a.get("events", []))
                     if g.get("label") in ("denied", "negated") and e.get("label") == "asserted")
        self.put(name, {"macro_f1": value(found.get("macro_f1")), "mae": found.get("mae"), "r": found.get("pearson", found.get("r")),
                        "unsafe": unsafe if not graded else None})

    def timexes(self, folder):
        score = self.scorer("time", "score_time.py")
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
            name = os.path.basename(path).split(".")[0]
            self.attempt(name, lambda p=path, n=name: self.time_set(score, p, n))

    def time_set(self, score, path, name):
        gold = rows_of(path)
        answers = self.filter(["annotate", "--jsonl", "--layers", "time", "--offsets", "scalars"],
                              [{"id": r["id"], "text": r["text"], "date": (r.get("ref_date") or r.get("ref") or "")[:10], **MONTH_FIRST.get(name, {})}
                               for r in gold])
        system = self.write(name + ".pred.jsonl", [{"id": a["id"], "timexes": a.get("timexes", [])} for a in answers])
        more = ["--ignore-types", "DURATION,SET,TIME", "--genre", "news", "--genre", "interview"] if name == "gum_dates" else []
        found = json.loads(self.run_scorer(score, "--gold", path, "--pred", system, "--json", *more))
        open(self.path(name + ".score.json"), "w").write(json.dumps(found))
        rows = {"rows": date_rows(gold, answers)} if name == "recognizers_datetime" else {}
        self.put(name, {k: value(found.get(k)) for k in ("strict", "relaxed", "value", "interval")} | {"relative": recall(found, "relative")} | rows)

    def quantity(self, folder):
        score = self.scorer("quantity", "score_quantity.py")
        for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))):
            name = os.path.basename(path).split(".")[0]
            self.attempt(name, lambda p=path, n=name: self.quantity_set(score, p, n))

    def quantity_set(self, score, path, name):
        gold = rows_of(path)
        answers = self.filter(["annotate", "--jsonl", "--layers", "quantity", "--offsets", "scalars"], [{"id": r["id"], "text": r["text"]} for r in gold])
        system = self.write(name + ".pred.jsonl", [{"id": a["id"], "quantities": [q for q in a.get("quantities", []) if q["value"] is not None]} for a in answers])
        found = json.loads(self.run_scorer(score, "--gold", path, "--pred", system, "--json"))
        open(self.path(name + ".score.json"), "w").write(json.dumps(found))
        self.put(name, {"value": value(found.get("value")), "value_unit": value(found.get("value_unit") or found.get("value+unit")), "full": value(found.get("full"))})

    # ------------------------------------------------------------ articles

    def articles(self, folder):
        plain = os.path.join(folder, "plain")
        if os.path.isdir(plain):
            self.attempt("articles_plain", lambda: self.plain(plain))
        for pages, name, gold in (("pages", "articles", "ground-truth.json"), ("meta_pages", "articles_meta", "meta-ground-truth.json")):
            if os.path.isdir(os.path.join(folder, pages)):
                self.attempt(name, lambda p=pages, n=name, g=gold: self.saved_pages(os.path.join(folder, p), n, os.path.join(folder, g)))

    def plain(self, folder):
        system = self.path("articles_plain.jsonl")
        with open(system, "w", encoding="utf-8") as handle:
            handle.write(self.dyad("article", *sorted(glob.glob(os.path.join(folder, "*.txt")))))
        text = self.run_scorer(self.scorer("articles", "score_articles.py"), "plain", folder, system)
        open(self.path("articles_plain.score.txt"), "w").write(text)
        self.put("articles_plain", article_metrics(text))

    def saved_pages(self, folder, name, gold):
        """Unpacks the pages, reads them in one run and scores the articles."""
        target = self.path(name + "_pages")
        os.makedirs(target, exist_ok=True)
        files = []
        for path in sorted(glob.glob(os.path.join(folder, "*.html.gz"))):
            files.append(os.path.join(target, os.path.basename(path)[:-3]))
            with gzip.open(path) as packed, open(files[-1], "wb") as handle:
                handle.write(packed.read())
        answers = {}
        for line in self.dyad("article", *files).splitlines():
            found = json.loads(line)
            article = found["articles"][0]
            answers[found["file"][:-len(".html")]] = {"articleBody": "\n".join([article["dateline"] or ""] + article["body"]), "title": article["title"],
                                                      "date": article["date"], "authors": article["byline"]}
        system = self.path(name + ".pred.json")
        with open(system, "w", encoding="utf-8") as handle:
            json.dump(answers, handle)
        text = self.run_scorer(self.scorer("articles", "score_articles.py"), "html", gold, system)
        open(self.path(name + ".score.txt"), "w").write(text)
        found = json.loads(text[text.index("{"):])
        self.put(name, {"f1": round(100 * found["f1"], 2), "exact": round(100 * found["accuracy"], 2)}
                 | {key: round(100 * found[full], 2) for key, full in (("date", "date_exact"), ("title", "title_exact"), ("author", "authors_exact")) if full in found})

    # ------------------------------------------------------------ merging

    def coreference_set(self, folder):
        """Given mentions of events, clustered over all documents; scored within topics, and over everything."""
        path = os.path.join(folder, "ecbplus.jsonl")
        path = path if os.path.isfile(path) else sorted(glob.glob(os.path.join(folder, "ecbplus*.jsonl")))[0]
        answers = self.filter(["merge", "--jsonl", "--offsets", "scalars"], [
            {"id": r["id"], "text": r["text"], "mentions": [m for m in r["mentions"] if m["kind"] == "event"]} for r in rows_of(path)])
        system = self.write("ecbplus.pred.jsonl", answers)
        score = self.scorer("crossdoc", "score_coref.py")
        for within, suffix in (("topic", ""), ("all", "_all")):
            found = json.loads(self.run_scorer(score, "--gold", path, "--pred", system, "--within", within, "--json"))
            self.put("ecbplus", {"conll" + suffix: found["conll_f1"], "lea" + suffix: found["lea"]["f1"]})

    def claim_pairs(self, folder):
        path = sorted(glob.glob(os.path.join(folder, "dyad_claim_pairs*.jsonl")))[0]
        answers = self.filter(["compare", "--jsonl"], [{"id": r["id"], "a": r["a"], "b": r["b"]} for r in rows_of(path)])
        system = self.write("dyad_claim_pairs.pred.jsonl", [{"id": a["id"], "label": a["label"]} for a in answers])
        found = json.loads(self.run_scorer(self.scorer("crossdoc", "score_pairs.py"), "--gold", path, "--pred", system, "--json"))
        self.put("dyad_claim_pairs", {"macro_f1": found["macro_f1"], "accuracy": found["accuracy"],
                                      "unsafe": found["contradiction_called_corroboration"]})

    def clusters(self, folder):
        """Happenings of the clusters of reports as the scorer reads them, and how many claims and corrections came out right."""
        lines, rights = [], {"claims": [0, 0], "corrections": [0, 0]}
        for path in sorted(glob.glob(os.path.join(folder, "clusters", "*.key.json"))):
            with open(path, encoding="utf-8") as handle:
                key = json.load(handle)
            files = [os.path.join(folder, f) for f in key["files"]]
            lines += self.dyad("merge", "--incidents", *files).splitlines()
            claims = [json.loads(line) for line in self.dyad("merge", "--claims", "--json", *files).splitlines()]
            for claim in key.get("claims", []):
                rights["claims"][1] += 1
                rights["claims"][0] += claim["final_status"] in statuses_of(claim, claims)
            for correction in key.get("corrections", []):
                rights["corrections"][1] += 1
                rights["corrections"][0] += is_corrected(correction, claims)
        name = self.path("incidents.jsonl")
        with open(name, "w", encoding="utf-8") as handle:
            handle.write("".join(line + "\n" for line in lines))
        return name, {k: round(100 * a / b, 2) for k, (a, b) in rights.items() if b}

    # ------------------------------------------------------------ all of it

    def run(self):
        for group in GROUPS:
            folder = self.folder(group)
            if not folder:
                continue
            if group == "crossdoc":
                self.attempt("ecbplus", lambda f=folder: self.coreference_set(f))
                self.attempt("dyad_claim_pairs", lambda f=folder: self.claim_pairs(f))
            elif group in ("reports", "seeds"):
                self.attempt(group, lambda g=group, f=folder: self.reports(g, f))
            else:
                {"events": self.events, "attribution": self.attribution, "factuality": self.factuality, "time": self.timexes,
                 "quantity": self.quantity, "articles": self.articles, "treebanks": self.treebanks}[group](folder)
        self.attempt("dyad_pairs", self.pairs)
        self.attempt("own_factuality", self.own_factuality)
        self.attempt("own_ledger", self.own_ledger)
        self.attempt("speed", self.speed)
        for name, metrics in self.out.items():
            cells = "  ".join(f"{k} {v:g}" if isinstance(v, (int, float)) else f"{k} {v}" for k, v in metrics.items())
            note = f"  ({self.notes[name]})" if name in self.notes else ""
            print(f"{name:22} {cells}{note}")
        for name, reason in self.skipped:
            print(f"{name:22} not scored: {reason}")
        if self.args.json:
            with open(self.args.json, "w") as handle:
                json.dump(self.out, handle, indent=1)
                handle.write("\n")

    # ------------------------------------------------------------ sentences of the project's own

    def pairs(self):
        """Minimal pairs and probes of Tests/Corpora/coding, those under known gaps too."""
        cases = corpus.judged([c for path in corpus.files() for c in corpus.cases_of(path)], lambda records: self.filter(["code", "--jsonl"], records))
        self.write("dyad_pairs.misses.jsonl", [c for c in cases if c["missed"]])
        self.put("dyad_pairs", corpus.figures_of(cases))

    def own_ledger(self):
        """What became of the promises and claims of Tests/Corpora/registers/commitments.dyad and Tests/Corpora/claims/statuses.dyad."""
        cases = ledger.judged(self.args.dyad)
        self.write("own_ledger.misses.jsonl", [c for c in cases if c["missed"]])
        self.put("own_ledger", ledger.figures_of(cases))

    def own_factuality(self):
        """Events given by their place in Tests/Corpora/factuality, those under known gaps too."""
        rows = [row for path in sorted(glob.glob(os.path.join(corpus.CORPORA, "factuality", "*.jsonl"))) for row in rows_of(path)]
        answers = self.filter(["annotate", "--jsonl", "--layers", "factuality", "--offsets", "scalars"],
                              [{"id": r["id"], "text": r["text"], "events": [{"start": e["start"], "end": e["end"]} for e in r["events"]]} for r in rows])
        found = [(r, e, a) for r, answer in zip(rows, answers) for e, a in zip(r["events"], answer.get("events", []))]
        self.write("own_factuality.misses.jsonl", [{"id": r["id"], "text": r["text"], "event": e, "found": a} for r, e, a in found if not corpus.is_read(e, a)])
        self.put("own_factuality", corpus.factuality_figures([(e, a) for _, e, a in found]))

    def speed(self):
        """Words and sentences a second of the whole language analysis on one core, and the peak of memory."""
        found = json.loads(self.dyad("bench", "--json"))
        self.put("speed", {k: found.get(k) for k in ("words_per_second", "sentences_per_second", "pages_per_second", "peak_mb")})


def recall(found, kind):
    """Linked recall in percent of one kind of attribution, from "right/all" anywhere in the scorer's answer."""
    for entry in found.values():
        if isinstance(entry, dict) and isinstance(entry.get(kind), str) and "/" in entry[kind]:
            right, total = entry[kind].split()[0].split("/")
            return round(100 * int(right) / int(total), 2) if int(total) else None
    return None


def value(x):
    """A figure in percent, from a number, a fraction or a precision-recall-F1 record."""
    if isinstance(x, dict):
        x = x.get("f1", x.get("F1", x.get("f")))
    if isinstance(x, (int, float)):
        return round(x, 2)
    return None


class CameoActors:
    """Actor codes as CAMEO writes them: TURGOV, IGOUNO, and an armed group under its country (TURREB)."""

    def __init__(self):
        self.kinds = {}
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data", "lexicons", "en", "organisations.tsv")
        for line in open(path, encoding="utf-8"):
            cells = line.rstrip("\n").split("\t")
            if not line.startswith("#") and len(cells) >= 5 and cells[0]:
                self.kinds.setdefault(cells[0], (cells[2], cells[3], cells[4]))

    def code(self, text):
        body, _, sector = text.partition(" ")
        kind, country, own = self.kinds.get(body, (None, None, None))
        if kind in ("igo", "alliance"):
            return "IGO" + body + sector
        if kind in ("ngo", "rights-group"):
            return "NGO" + sector
        if kind in ("armed-group", "party") and country:
            return country + (own or "REB")
        return body + sector


CAMEO = CameoActors()


def cameo(event, is_own=False):
    """One event of an answer as the events scorer reads it: a pair, symmetric when nobody is on the other side.

    With `is_own` the actor codes are those of a dictionary of the set's own, whatever Dyad's lexicon means by them.
    """
    def actor(one):
        return {"code": one["code"].replace(" ", "") if is_own else CAMEO.code(one["code"]), "text": one["text"]}
    sources, targets = event["source_actor"], event["target_actor"]
    if not targets and len(sources) > 1:
        pairs = [(a, b) for i, a in enumerate(sources) for b in sources[i + 1:] if a["code"].split()[0] != b["code"].split()[0]]
        pairs = pairs or [(sources[0], sources[1])]
    else:
        pairs = [(a, b) for a in (sources or [None]) for b in (targets or [None])]
    return [{"source": actor(a) if a else None, "target": actor(b) if b else None, "plover": event["event"], "cameo": event["cameo"],
             "symmetric": not targets and len(sources) > 1} for a, b in pairs]


def event_metrics(found):
    """F1 in percent of a set of the events scorer; relation sets have macro-F1 by level."""
    def f1(key):
        return round(100 * found[key]["f1"], 2) if key in found else None
    level = next((l for l in ("country", "overlap") if f"source+target/{l}/dyads" in found), None)
    if level:
        return {"dyads": f1(f"source+target/{level}/dyads"), "dyads_root": f1(f"source+target+root/{level}/dyads"),
                "dyads_quad": f1(f"source+target+quad/{level}/dyads"), "root": f1("label_only/root"), "quad": f1("label_only/quad")}
    if "root_hit_rate" in found:
        return {"root_hits": round(100 * found["root_hit_rate"]["rate"], 2)}
    out = {}
    for level in ("binary", "quad", "root"):
        entry = found.get(level) or found.get(f"relation/{level}")
        if isinstance(entry, dict):
            macro = entry.get("macro_f1", entry.get("macro-F1", entry.get("f1")))
            out[level] = round(100 * macro, 2)
            if level == "root" and entry.get("accuracy") is not None:
                out["root_accuracy"] = round(100 * entry["accuracy"], 2)
    return out


def report_metrics(found):
    """Percent, except the counts of forbidden and incident hits."""
    attributes = found.get("attributes", {})
    def share(key):
        return round(100 * attributes[key]["accuracy"], 2) if key in attributes else None
    return {"f1": round(100 * found["f1"], 2), "precision": round(100 * found["precision"], 2), "recall": round(100 * found["recall"], 2),
            "mode": share("mode"), "date": share("date"), "place": share("place"), "status": share("status"),
            "source": share("attribution (any)"),
            "quantities": round(100 * found.get("quantities", {}).get("recall", 0), 2), "forbidden": found["forbidden"]}


# What the keys of the clusters call a status, and what the ledger calls it.
STATUSES = {"contested": ["contested"], "denied": ["refuted"], "retracted": ["refuted"], "unverified": ["unverified", "unsupported"],
            "corroborated": ["settled"], "reported": ["settled"]}


def statuses_of(claim, found):
    """Statuses of the found claim that shares most words and documents with a claim of a key."""
    words = set(re.findall(r"[a-z0-9]{4,}", (claim["about"] + " " + " ".join(p["says"] + " " + p["source"] for p in claim["positions"])).lower()))
    files = {p["file"] for p in claim["positions"]}

    def likeness(one):
        text = " ".join(p["text"] + " " + p["holder"] for p in one["positions"]).lower()
        here = {p["document"] for p in one["positions"]}
        return len(words & set(re.findall(r"[a-z0-9]{4,}", text))) / max(1, len(words)) + len(files & here) / max(1, len(files))
    best = max(found, key=likeness, default=None)
    return STATUSES.get(best["status"], []) if best else []


def is_corrected(correction, found):
    """True when a claim holds the old figure as withdrawn and the new one beside it."""
    for claim in found:
        for figure in claim["figures"]:
            here = [t for t in figure["tellings"] if t["document"] == correction["file"]]
            if any(t["withdrawn"] and t["value"] == correction["from"] for t in here) and any(not t["withdrawn"] and t["value"] == correction["to"] for t in here):
                return True
    return False


def article_metrics(text):
    found = json.loads(text[text.index("{"):])
    exact, comments = found["exact"], found["comments"]
    return {"f1": round(100 * found["body"]["f1"], 2), "exact": round(100 * found["paragraphs_exact"]["f1"], 2),
            "date": round(100 * exact["date"], 2), "title": round(100 * exact["title"], 2), "author": round(100 * exact["byline"], 2),
            "leaked": found["leaked_lines"], "comments": round(100 * comments["f1"], 2),
            "replies": round(100 * found["comment_fields"]["reply_to"], 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dyad", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--scorers")
    parser.add_argument("--json")
    parser.add_argument("--only", type=lambda t: set(t.split(",")))
    parser.add_argument("--keep", help="folder for predictions and the scorers' own reports")
    Quality(parser.parse_args()).run()


if __name__ == "__main__":
    main()
