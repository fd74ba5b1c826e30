#!/usr/bin/env python3
"""Train the language model: tags, lemmas, sentence starts, trees and names on one small encoder.

    train.py --data DIR --encoder DIR --out FILE [--minutes 60] [--threads 1]

DIR of --data holds the treebanks and name files named in Models/README.md; DIR of --encoder holds model.safetensors and
vocab.txt of all-MiniLM-L6-v2. The learning rate falls to nothing over the given time, so that any time gives a
finished model; the shipped one took what Models/README.md says.
"""
import argparse
import os
import random
import time

import torch
import torch.nn.functional as F

import data as D
from model import Analyser, load, save
from evaluate import evaluate, spans

NAME_TAGS = {"uner": "PER LOC ORG", "gum": "PER LOC ORG", "wikigold": "PER LOC ORG MISC",
             "crossner": "PER LOC ORG MISC", "re3d": "PER LOC ORG NAT"}


def tag_set(types):
    return ["O"] + [f"{p}-{t}" for t in types.split() for p in "BI"]


def load_data(folder):
    def names(file, kind):
        return D.read_names(os.path.join(folder, file), kind)

    train = []
    for bank, file, kind in (("en_ewt-ud", "ner-uner_ewt", "uner"), ("en_gum_open-ud", "ner-gum_open_silver", "gum")):
        sentences = D.read_conllu(os.path.join(folder, f"{bank}-train.conllu"))
        table = {s.sent_id: s for s in names(f"{file}-train.iob2", kind)}
        for s in sentences:
            other = table.get(s.sent_id)
            if other and len(other.forms) == len(s.forms):
                s.names, s.name_set = other.names, kind
        train.append(sentences)
    extra = names("ner-wikigold.iob2", "wikigold") + names("ner-crossner_politics-train.iob2", "crossner") \
        + names("ner-crossner_politics-dev.iob2", "crossner") + names("ner-re3d_open.iob2", "re3d")
    dev = D.read_conllu(os.path.join(folder, "en_ewt-ud-dev.conllu"))
    table = {s.sent_id: s for s in names("ner-uner_ewt-dev.iob2", "uner")}
    for s in dev:
        if len(table[s.sent_id].forms) == len(s.forms):
            s.names, s.name_set = table[s.sent_id].names, "uner"
    gum = D.read_conllu(os.path.join(folder, "en_gum_open-ud-dev.conllu"))
    return train, [s for s in extra if len(s.forms) <= 150], dev, gum


def label_sets(banks):
    every = [s for bank in banks for s in bank]
    flat = lambda get: (v for s in every for v in get(s))
    return {
        "upos": D.vocabulary(flat(lambda s: s.upos), 1),
        "xpos": D.vocabulary(flat(lambda s: s.xpos), 2),
        "feats": D.vocabulary(flat(lambda s: s.feats), 3),
        "lemma": D.vocabulary(flat(lambda s: [D.lemma_script(f, l) for f, l in zip(s.forms, s.lemmas)]), 3),
        "deprel": D.vocabulary(flat(lambda s: s.deprels), 4),
        "names": {k: tag_set(v) for k, v in NAME_TAGS.items()},
    }


class Coder:
    """Sentences to numbers."""

    def __init__(self, labels, vocab):
        self.vocab = vocab
        self.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items() if k != "names"}
        self.names = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels["names"].items()}
        self.cache = {}

    def word(self, form):
        got = self.cache.get(form)
        if got is None:
            got = self.cache[form] = (D.word_pieces(form, self.vocab), D.case_class(form), D.affix_ids(form))
        return got

    def encode(self, s):
        if "code" not in s.extra:
            get = lambda kind, values: [self.index[kind].get(v, -100) for v in values] if values else None
            s.extra["code"] = dict(
                words=[self.word(f) for f in s.forms], upos=get("upos", s.upos), xpos=get("xpos", s.xpos),
                feats=get("feats", s.feats), deprel=get("deprel", s.deprels),
                lemma=get("lemma", [D.lemma_script(f, l) for f, l in zip(s.forms, s.lemmas)] if s.lemmas else None),
                names=[self.names[s.name_set][t] for t in s.names] if s.names else None)
        return s.extra["code"]


def windows(bank, rng, single=0.4, limit=90):
    """Runs of sentences of one paragraph: (sentences, index of the first cut one or None)."""
    i = 0
    while i < len(bank):
        size, j = len(bank[i].forms), i + 1
        if rng.random() > single:
            most = rng.randint(30, limit)
            while j < len(bank) and bank[j].paragraph == bank[i].paragraph and bank[j].document == bank[i].document \
                    and size + len(bank[j].forms) <= most:
                size += len(bank[j].forms)
                j += 1
        yield bank[i:j], size
        i = j


def batches(banks, extra, rng, words):
    runs = [w for bank in banks for w in windows(bank, rng)] + [([s], len(s.forms)) for s in extra]
    rng.shuffle(runs)
    runs.sort(key=lambda w: w[1] + rng.random() * 12)
    group, width, out = [], 0, []
    for sentences, size in runs:
        if group and max(width, size) * (len(group) + 1) > words:
            out.append(group)
            group, width = [], 0
        group.append(sentences)
        width = max(width, size)
    out.append(group)
    rng.shuffle(out)
    return out


def recase(rng, words):
    """Headlines and shouting: the case classes of a whole run changed (pieces are uncased, shapes are not)."""
    roll = rng.random()
    if roll > 0.06:
        return [w[1] for w in words]
    to = 0 if roll < 0.03 else 2 if roll < 0.04 else 1
    return [to if w[1] in (0, 1, 2, 3, 7) else w[1] for w in words]


class NameSwaps:
    """Other names of the same type and length, so that the model learns names by their company and not by heart."""

    def __init__(self, sentences, lexicons=None):
        self.pool = {}
        for s in sentences:
            for start, end, kind in spans(s.names or []):
                self.add(kind, s.forms[start:end])
        for file, column, kind in (("people.tsv", "name", "PER"), ("organisations.tsv", "names", "ORG"), ("places.tsv", "name", "LOC")):
            path = lexicons and os.path.join(lexicons, file)
            if path and os.path.exists(path):
                lines = [l.rstrip("\n").split("\t") for l in open(path, encoding="utf-8") if not l.startswith("#")]
                at = lines[0].index(column)
                for cells in lines[1:]:
                    for name in cells[at].split("|") if at < len(cells) else []:
                        self.add(kind, name.split(" "))
        self.pool = {k: sorted(v) for k, v in self.pool.items()}

    def add(self, kind, forms):
        if 0 < len(forms) <= 4 and all(f and not any(c in f for c in "-,'’/") for f in forms):
            self.pool.setdefault((kind, len(forms)), set()).add(tuple(forms))

    def apply(self, s, rng, share):
        """New forms by index, or nothing."""
        out = {}
        for start, end, kind in spans(s.names) if s.names else []:
            choices = self.pool.get((kind, end - start))
            if choices and rng.random() < share:
                out.update(zip(range(start, end), rng.choice(choices)))
        return out


def collate(group, coder, rng=None, masked=0.0, swaps=None):
    rows = []
    for sentences in group:
        codes = [coder.encode(s) for s in sentences]
        if swaps:
            for k, s in enumerate(sentences):
                fresh = swaps.apply(s, rng, 0.4)
                if fresh:
                    c = dict(codes[k], words=list(codes[k]["words"]))
                    c["lemma"] = list(c["lemma"]) if c["lemma"] else None
                    for i, form in fresh.items():
                        c["words"][i] = coder.word(form)
                        if c["lemma"]:
                            c["lemma"][i] = -100
                    codes[k] = c
        words = [w for c in codes for w in c["words"]]
        case = recase(rng, words) if rng else [w[1] for w in words]
        ids, cases, first, last = [101], [8], [], []
        for (pieces, _, _), k in zip(words, case):
            first.append(len(ids))
            ids.extend(103 if rng and rng.random() < masked else p for p in pieces)
            cases.extend([k] * len(pieces))
            last.append(len(ids) - 1)
        rows.append((sentences, codes, words, ids + [102], cases + [8], first, last))
    b, n, w = len(rows), max(len(r[3]) for r in rows), max(len(r[2]) for r in rows)
    zeros = lambda *shape: torch.zeros(*shape, dtype=torch.long)
    out = {"ids": zeros(b, n), "case": zeros(b, n), "lengths": zeros(b), "first": zeros(b, w), "last": zeros(b, w),
           "affix": zeros(b, w, 3), "sentence": zeros(b, w) - 1, "heads": zeros(b, w) - 100, "start": torch.zeros(b, w),
           "names": zeros(b, w) - 100, "name_set": []}
    for kind in ("upos", "xpos", "feats", "lemma", "deprel"):
        out[kind] = zeros(b, w) - 100
    offset = torch.tensor([0, 4096, 8192])
    for r, (sentences, codes, words, ids, cases, first, last) in enumerate(rows):
        m = len(words)
        out["ids"][r, :len(ids)] = torch.tensor(ids)
        out["case"][r, :len(ids)] = torch.tensor(cases)
        out["lengths"][r] = len(ids)
        out["first"][r, :m] = torch.tensor(first)
        out["last"][r, :m] = torch.tensor(last)
        out["affix"][r, :m] = torch.tensor([x[2] for x in words]) + offset
        at = 0
        for k, (s, c) in enumerate(zip(sentences, codes)):
            e = at + len(s.forms)
            out["sentence"][r, at:e] = k
            out["start"][r, at] = 1
            for kind in ("upos", "xpos", "feats", "lemma", "deprel"):
                if c[kind]:
                    out[kind][r, at:e] = torch.tensor(c[kind])
            if s.heads:
                out["heads"][r, at:e] = torch.tensor([0 if h == 0 else at + h for h in s.heads])
            if c["names"]:
                out["names"][r, at:e] = torch.tensor(c["names"])
            at = e
        out["name_set"].append(sentences[0].name_set)
    return out


def loss_of(model, batch):
    got = model(batch)
    valid = batch["sentence"] >= 0
    has_tree = batch["heads"] >= 0
    total = 0.0

    def ce(scores, gold, weight=1.0):
        if (gold >= 0).any():
            return weight * F.cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=-100)
        return 0.0

    for kind in ("upos", "xpos", "feats", "lemma"):
        total = total + ce(got[kind], batch[kind], 0.4)
    if has_tree.any():
        same = batch["sentence"][:, :, None] == batch["sentence"][:, None, :]
        same &= ~torch.eye(same.shape[1], dtype=torch.bool)
        same = torch.cat([torch.ones(*same.shape[:2], 1, dtype=torch.bool), same], -1)
        arcs = got["arcs"].float().masked_fill(~same, -1e4)
        total = total + ce(arcs, batch["heads"])
        relations = model.relations(got["h"], batch["heads"].clamp(min=0))
        total = total + ce(relations, torch.where(has_tree, batch["deprel"], -100), 0.8)
        start = F.binary_cross_entropy_with_logits(got["boundary"].float(), batch["start"], reduction="none")
        weight = has_tree.float()
        total = total + 2.0 * (start * weight).sum() / weight.sum()
    for name_set in set(batch["name_set"]) - {None}:
        rows = torch.tensor([s == name_set for s in batch["name_set"]])
        scale = {"uner": 1.5, "gum": 0.4, "wikigold": 0.7, "crossner": 0.7, "re3d": 0.3}[name_set]
        share = rows.float().mean().item()
        total = total + ce(model.names[name_set](got["name_hidden"][rows]), batch["names"][rows], scale * share)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--words", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", help="go on from this model, at a quarter of the learning rate")
    parser.add_argument("--lexicons", help="folder of people.tsv, organisations.tsv, places.tsv: more names to swap in")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    banks, extra, dev, gum = load_data(args.data)
    vocab = {line.rstrip("\n"): i for i, line in enumerate(open(os.path.join(args.encoder, "vocab.txt"), encoding="utf-8"))}
    labels = label_sets(banks)
    print({k: len(v) for k, v in labels.items()}, flush=True)
    model = Analyser(labels)
    model.encoder.load_pretrained(os.path.join(args.encoder, "model.safetensors"))
    if args.start:
        model, _ = load(args.start)
        labels = model.labels
    pace = 0.25 if args.start else 1.0
    swaps = NameSwaps([s for s in banks[0] + banks[1] + extra if s.name_set != "re3d"], args.lexicons)
    model.encoder.pieces.weight.requires_grad = False
    model.encoder.positions.weight.requires_grad = False
    coder = Coder(labels, vocab)
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.layers") or n.startswith("encoder.norm")]
    known = {id(p) for p in body}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW([{"params": body, "lr": 0, "peak": 2e-4 * pace}, {"params": heads, "lr": 0, "peak": 1e-3 * pace}],
                                  betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    average = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}
    began, step, epoch, seen, running, last_check = time.time(), 0, 0, 0, 0.0, time.time()
    budget = args.minutes * 60
    done = False
    while not done:
        epoch += 1
        for group in batches(banks, extra, rng, args.words):
            part = (time.time() - began) / budget
            if part >= 1:
                done = True
                break
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * min(1.0, (step + 1) / 150) * max(0.01, 1 - part)
            model.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, collate(group, coder, rng, masked=0.04, swaps=swaps))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            decay = min(0.998, step / (step + 50))
            if step % 4 == 0:
                with torch.no_grad():
                    for n, p in model.named_parameters():
                        if p.requires_grad:
                            average[n].lerp_(p, 1 - decay ** 4)
            step += 1
            seen += sum(len(s.forms) for r in group for s in r)
            running = 0.98 * running + 0.02 * float(loss.detach())
            if step % 100 == 0:
                print(f"{time.time()-began:6.0f}s step {step} epoch {epoch} words {seen} ({seen/(time.time()-began):.0f}/s) loss {running:.3f}", flush=True)
            if time.time() - last_check > 480:
                check(model, average, coder, dev[:600], gum[:150], args.out, dict(seen=seen, epoch=epoch))
                last_check = time.time()
    check(model, average, coder, dev, gum, args.out, dict(seen=seen, epoch=epoch))


def check(model, average, coder, dev, gum, path, meta):
    """Swap in the averaged weights, score, save, swap back."""
    kept = {n: p.detach().clone() for n, p in model.named_parameters() if n in average}
    with torch.no_grad():
        for n, p in model.named_parameters():
            if n in average:
                p.copy_(average[n])
    print(meta, "EWT", evaluate(model, coder, dev), "GUM", evaluate(model, coder, gum), flush=True)
    save(model, path, meta)
    with torch.no_grad():
        for n, p in model.named_parameters():
            if n in average:
                p.copy_(kept[n])


if __name__ == "__main__":
    main()
