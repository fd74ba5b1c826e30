"""Quick scores on gold tokens: tags, lemmas, attachment (greedy heads), names (Viterbi)."""
import torch

import data as D


def viterbi(scores, tags):
    """Best BIO path; an I- tag must follow a B- or I- tag of its type."""
    n, k = scores.shape
    allowed = torch.zeros(k, k)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            for i, other in enumerate(tags):
                if other[2:] != tag[2:]:
                    allowed[i, j] = -1e9
    best = scores[0] + torch.tensor([-1e9 if t.startswith("I-") else 0.0 for t in tags])
    back = []
    for t in range(1, n):
        table = best[:, None] + allowed
        best, arg = table.max(0)
        best = best + scores[t]
        back.append(arg)
    path = [int(best.argmax())]
    for arg in reversed(back):
        path.append(int(arg[path[-1]]))
    return [tags[i] for i in reversed(path)]


def spans(tags):
    out, start = set(), None
    for i, tag in enumerate(tags + ["O"]):
        if start is not None and not tag.startswith("I-"):
            out.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-"):
            start = i
    return out


@torch.no_grad()
def evaluate(model, coder, sentences, name_set="uner", chunk=24):
    from train import collate
    model.eval()
    hit = dict(upos=0, xpos=0, feats=0, lemma=0, uas=0, las=0)
    total = tp = fp = fn = 0
    order = sorted(sentences, key=lambda s: len(s.forms))
    labels = model.labels
    for i in range(0, len(order), chunk):
        group = [[s] for s in order[i:i + chunk]]
        batch = collate(group, coder)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            got = model(batch)
            w = batch["sentence"].shape[1]
            valid = batch["sentence"] >= 0
            mask = torch.cat([torch.ones(len(group), 1, dtype=torch.bool), valid], 1)[:, None, :].expand(-1, w, -1)
            eye = torch.cat([torch.zeros(w, 1, dtype=torch.bool), torch.eye(w, dtype=torch.bool)], 1)
            heads = got["arcs"].float().masked_fill(~mask | eye, -1e4).argmax(-1)
            rels = model.relations(got["h"], heads).argmax(-1)
            names = model.names[name_set](got["name_hidden"]).float()
        for r, (s,) in enumerate(group):
            n = len(s.forms)
            total += n
            pick = {k: got[k][r, :n].argmax(-1).tolist() for k in ("upos", "xpos", "feats", "lemma")}
            for j in range(n):
                hit["upos"] += labels["upos"][pick["upos"][j]] == s.upos[j]
                hit["xpos"] += labels["xpos"][pick["xpos"][j]] == s.xpos[j]
                hit["feats"] += labels["feats"][pick["feats"][j]] == s.feats[j]
                hit["lemma"] += D.apply_script(s.forms[j], labels["lemma"][pick["lemma"][j]]) == s.lemmas[j]
                if int(heads[r, j]) == s.heads[j]:
                    hit["uas"] += 1
                    hit["las"] += labels["deprel"][int(rels[r, j])].split(":")[0] == s.deprels[j].split(":")[0]
            if s.names:
                gold, mine = spans(s.names), spans(viterbi(names[r, :n], labels["names"][name_set]))
                tp, fp, fn = tp + len(gold & mine), fp + len(mine - gold), fn + len(gold - mine)
    out = {k: round(100 * v / total, 2) for k, v in hit.items()}
    if tp:
        out["names"] = round(200 * tp / (2 * tp + fp + fn), 2)
    model.train()
    return out
