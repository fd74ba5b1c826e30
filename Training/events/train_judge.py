#!/usr/bin/env python3
"""Train the judge: which PLOVER event, mode and contexts hold between two marked actors of a sentence.

    train_judge.py --sentences DIR --language FILE.pt --encoder DIR --out FILE.pt [--minutes 20]

DIR of --sentences holds TSV files (event, mode, context, sentence with <s>…</s> and <t>…</t>; the target may be missing). The encoder starts from
the language model. Marked words get a role in the case table (rows 16-31: source, 32-47: target) and a mark piece
before and after, after Baldini Soares et al. 2019 ("Matching the Blanks"); the heads read both roles, the first
position and the mean.
"""
import argparse
import csv
import glob
import json
import os
import random
import re
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "language"))
import data as D  # noqa: E402
import model as M  # noqa: E402

EVENTS = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
          "COERCE ASSAULT NONE").split()
SOURCE_MARK, TARGET_MARK = "@", "#"
WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?|[^\w\s]|_", re.UNICODE)


class Judge(nn.Module):
    def __init__(self, labels):
        super().__init__()
        self.labels = labels
        self.encoder = M.Encoder()
        self.encoder.case = nn.Embedding(48, M.WIDTH)
        self.hidden = nn.Linear(4 * M.WIDTH, 256)
        self.event = nn.Linear(256, len(labels["event"]))
        self.mode = nn.Linear(256, len(labels["mode"]))
        self.context = nn.Linear(256, len(labels["context"]))

    def forward(self, batch):
        x = self.encoder(batch["ids"], batch["case"], batch["lengths"])
        def mean(mask):
            m = mask.to(x.dtype)[..., None]
            return (x * m).sum(1) / m.sum(1).clamp(min=1)
        n = x.shape[1]
        valid = torch.arange(n)[None, :] < batch["lengths"][:, None]
        v = torch.cat([x[:, 0], mean(batch["case"].div(16, rounding_mode="floor") == 1),
                       mean(batch["case"].div(16, rounding_mode="floor") == 2), mean(valid)], -1)
        h = F.gelu(self.hidden(F.dropout(v, 0.2, self.training)))
        h = F.dropout(h, 0.2, self.training)
        return self.event(h), self.mode(h), self.context(h)


def words_of(marked):
    """Words with their role: 0 none, 1 source, 2 target."""
    out, role = [], 0
    for part in re.split(r"(</?[st]>)", marked):
        if part in ("<s>", "<t>"):
            role = 1 if part == "<s>" else 2
        elif part in ("</s>", "</t>"):
            role = 0
        else:
            out += [(w, role) for w in WORD.findall(part)]
    return out


def one_sided(row, rng):
    """The sentence, now and then without its target where the event needs none."""
    event, mode, _, sentence = row
    if (event == "PROTEST" or mode == "resign") and rng.random() < 0.2:
        return sentence.replace("<t>", "").replace("</t>", "")
    return sentence


def encode(marked, vocab, rng=None, drop=0.0, hide=0.0):
    """Piece ids and case rows; with rng, pieces are dropped and whole actors hidden at random."""
    ids, cases, last = [101], [8], 0
    hidden = {r for r in (1, 2) if rng and rng.random() < hide}
    words = words_of(marked)
    for word, role in words + [("", 0)]:
        if role != last:
            for r in (last, role):
                if r:
                    ids.append(vocab[SOURCE_MARK if r == 1 else TARGET_MARK])
                    cases.append(16 * r + 6)
            last = role
        if word:
            pieces = D.word_pieces(word, vocab)
            case = D.case_class(word) + 16 * role
            ids += [103 if (role in hidden) or (rng and rng.random() < drop) else p for p in pieces]
            cases += [case] * len(pieces)
    return ids[:254] + [102], cases[:254] + [8]


def collate(rows):
    n = max(len(r[0]) for r in rows)
    out = {"ids": torch.zeros(len(rows), n, dtype=torch.long), "case": torch.zeros(len(rows), n, dtype=torch.long),
           "lengths": torch.tensor([len(r[0]) for r in rows])}
    for i, (ids, cases) in enumerate(rows):
        out["ids"][i, :len(ids)] = torch.tensor(ids)
        out["case"][i, :len(cases)] = torch.tensor(cases)
    return out


def read_sentences(folder):
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "*.tsv"))):
        for r in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            s = r["sentence"] or ""
            if r["event"] in EVENTS and "<s>" in s:
                rows.append((r["event"], (r["mode"] or "").strip(), [c for c in (r["context"] or "").split("|") if c], s))
    return rows


def load_encoder(judge, path):
    state = torch.load(path, map_location="cpu")["state"]
    for name, value in judge.encoder.state_dict().items():
        source = state["encoder." + name]
        value.copy_(torch.cat([source] * 3) if name == "case.weight" else source)


YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD = {**{e: 1 for e in ("AGREE", "CONSULT", "SUPPORT")}, **{e: 2 for e in ("COOPERATE", "AID", "YIELD")},
        **{e: 3 for e in ("REQUEST", "ACCUSE", "REJECT", "THREATEN")},
        **{e: 4 for e in ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")}, "NONE": 0}


def macro(gold, mine):
    classes, total = sorted(set(gold)), 0.0
    for c in classes:
        tp = sum(g == c == m for g, m in zip(gold, mine))
        fp = sum(m == c != g for g, m in zip(gold, mine))
        fn = sum(g == c != m for g, m in zip(gold, mine))
        total += 2 * tp / (2 * tp + fp + fn) if tp else 0
    return round(100 * total / len(classes), 1)


@torch.no_grad()
def predict(judge, vocab, marked, size=48):
    judge.eval()
    order = sorted(range(len(marked)), key=lambda i: len(marked[i]))
    out = [None] * len(marked)
    for i in range(0, len(order), size):
        part = order[i:i + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = judge(collate([encode(marked[j], vocab) for j in part]))[0].float().softmax(-1)
        for j, p in zip(part, scores):
            out[j] = p
    judge.train()
    return out


def score(judge, vocab, gold):
    """Macro-F1 at root, quad and binary level, CONCEDE and RETREAT merged as in the ACL 2024 sets."""
    scores = predict(judge, vocab, [m for _, m in gold])
    mine = []
    for p in scores:
        merged = {}
        for e, v in zip(judge.labels["event"], p.tolist()):
            if e == "NONE" and not any(g == "NONE" for g, _ in gold):
                continue
            e = YIELD.get(e, e)
            merged[e] = merged.get(e, 0) + v
        mine.append(max(merged, key=merged.get))
    roots = [YIELD.get(e, e) for e, _ in gold]
    quads = lambda es: [QUAD[e] for e in es]
    return {"root": macro(roots, mine), "accuracy": round(100 * sum(a == b for a, b in zip(roots, mine)) / len(mine), 1),
            "quad": macro(quads(roots), quads(mine)),
            "binary": macro([q > 2 for q in quads(roots)], [q > 2 for q in quads(mine)])}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sentences", "language", "encoder", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--measure", help="JSON Lines with marked_text and a label, scored but never trained on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", help="go on from this judge at a third of the learning rate")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    rows = read_sentences(args.sentences)
    rng.shuffle(rows)
    held, rows = rows[:len(rows) // 20], rows[len(rows) // 20:]
    modes = [""] + sorted({r[1] for r in rows if r[1]})
    contexts = D.vocabulary((c for r in rows for c in r[2]), 8)
    labels = {"event": EVENTS, "mode": modes, "context": contexts}
    print(len(rows), "sentences", {e: sum(r[0] == e for r in rows) for e in EVENTS}, len(modes), "modes", flush=True)
    vocab = {w.rstrip("\n"): i for i, w in enumerate(open(os.path.join(args.encoder, "vocab.txt"), encoding="utf-8"))}
    judge = Judge(labels)
    load_encoder(judge, args.language)
    first = torch.load(args.start, map_location="cpu") if args.start else None
    if first:
        labels = judge.labels = first["labels"]
        modes, contexts = labels["mode"], labels["context"]
        judge = Judge(labels)
        judge.load_state_dict(first["state"])
    pace = 0.35 if first else 1.0
    judge.encoder.pieces.weight.requires_grad = False
    judge.encoder.positions.weight.requires_grad = False
    gold = [(json.loads(l)["events"][0]["plover"], json.loads(l)["marked_text"]) for l in open(args.measure)] if args.measure else []
    body = [p for n, p in judge.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in judge.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": body, "peak": 1e-4 * pace, "lr": 0}, {"params": heads, "peak": 6e-4 * pace, "lr": 0}],
                                  betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    mode_index = {m: i for i, m in enumerate(modes)}
    average = {n: p.detach().clone() for n, p in judge.named_parameters() if p.requires_grad}
    began, step, epoch, done, running = time.time(), 0, 0, False, 0.0
    while not done:
        epoch += 1
        order = sorted(rows, key=lambda r: len(r[3]) + rng.random() * 60)
        groups = [order[i:i + 32] for i in range(0, len(order), 32)]
        rng.shuffle(groups)
        for group in groups:
            part = (time.time() - began) / (args.minutes * 60)
            if part >= 1:
                done = True
                break
            for g in optimiser.param_groups:
                g["lr"] = g["peak"] * min(1, (step + 1) / 100) * max(0.01, 1 - part)
            judge.train()
            batch = collate([encode(one_sided(r, rng), vocab, rng, drop=0.06, hide=0.25) for r in group])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                event, mode, context = judge(batch)
            gold_event = torch.tensor([EVENTS.index(r[0]) for r in group])
            gold_mode = torch.tensor([mode_index.get(r[1], 0) for r in group])
            gold_context = torch.tensor([[float(c in r[2]) for c in contexts] for r in group])
            # An empty context cell means "not annotated".
            annotated = torch.tensor([[1.0 if r[2] else 0.0] for r in group])
            loss = F.cross_entropy(event.float(), gold_event, label_smoothing=0.05) \
                + 0.4 * F.cross_entropy(mode.float(), gold_mode) \
                + 2.0 * (F.binary_cross_entropy_with_logits(context.float(), gold_context, reduction="none") * annotated).mean()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            with torch.no_grad():
                decay = min(0.99, step / (step + 20))
                for n, p in judge.named_parameters():
                    if p.requires_grad:
                        average[n].lerp_(p, 1 - decay)
            step += 1
            running = 0.97 * running + 0.03 * float(loss.detach())
        if True:
            kept = {n: p.detach().clone() for n, p in judge.named_parameters() if n in average}
            with torch.no_grad():
                for n, p in judge.named_parameters():
                    if n in average:
                        p.copy_(average[n])
            print(f"{time.time()-began:5.0f}s epoch {epoch} loss {running:.3f} own", score(judge, vocab, [(r[0], r[3]) for r in held]),
                  "measured", score(judge, vocab, gold) if gold else "", flush=True)
            torch.save({"state": judge.state_dict(), "labels": labels, "meta": {"epochs": epoch, "sentences": len(rows)}}, args.out)
            with torch.no_grad():
                for n, p in judge.named_parameters():
                    if n in average:
                        p.copy_(kept[n])


if __name__ == "__main__":
    main()
