#!/usr/bin/env python3
"""Score coreference inside documents: predicted against annotated `Entity=` brackets of CoNLL-U files.

    coreference.py GOLD.conllu SYSTEM.conllu [--docs PREFIX,PREFIX] [--all] [--spans] [--json]

Both files have the same words. Mentions are compared whose head is a proper noun or a pronoun by the gold tags (--all:
every mention). A predicted mention is a gold mention when both have the same head (--spans: the same first and last
word). Reported: mentions found; MUC, B3, CEAFe, CoNLL F1 (their mean) and LEA, with single mentions and without
(`linked`: entities of one compared mention left out on both sides).
"""
import argparse
import collections
import json
import re


def documents(path):
    out, name, words = [], None, []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            words = []
            out.append((line.split("=", 1)[1].strip(), words, []))
            fields = None
        elif line.startswith("# global.Entity"):
            out[-1][2].append(line.split("=", 1)[1].strip().split("-"))
        elif line and line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(cells)
            elif "-" in cells[0]:
                pass
    return [(name, words, (header or [["GRP", "etype", "head"]])[0]) for name, words, header in out]


def mentions(words, header):
    """(first, last, head, entity) of every bracket pair."""
    at = next((header.index(f) for f in ("minspan", "head") if f in header), None)
    open_, out = collections.defaultdict(list), []

    def close(entity, last):
        if open_[entity]:
            first, fields = open_[entity].pop()
            head = first
            if at is not None and at < len(fields) and fields[at].split(",")[0].isdigit():
                head = first + int(fields[at].split(",")[0]) - 1
            out.append((first, last, head, entity))

    for index, cells in enumerate(words):
        tag = next((p[7:] for p in cells[9].split("|") if p.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", tag):
            fields = part.strip("()").split("-")
            if part[0] == "(":
                open_[fields[0]].append((index, fields))
                if part[-1] == ")":
                    close(fields[0], index)
            else:
                close(fields[0], index)
    return out


def tree_head(words, offset, first, last):
    """The word of a range whose head lies outside it; `offset` gives each word the start of its sentence."""
    for i in range(first, last + 1):
        head = int(words[i][6])
        if head == 0 or not first <= offset[i] + head - 1 <= last:
            return i
    return last


def clusters(document, gold_words, every, spans):
    name, words, header = document
    offset, start = [], 0
    for i, cells in enumerate(gold_words):
        if cells[0] == "1":
            start = i
        offset.append(start)
    out = {}
    for first, last, head, entity in mentions(words, header):
        head = tree_head(gold_words, offset, first, last)
        if every or gold_words[head][3] in ("PROPN", "PRON"):
            key = (first, last) if spans else head
            out.setdefault((name, key), (name, entity))
    return out


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def groups(assignment):
    out = collections.defaultdict(set)
    for mention, entity in assignment.items():
        out[entity].add(mention)
    return out


def muc(keys, answer):
    right = total = 0
    for group in keys.values():
        parts = {answer[m] for m in group if m in answer}
        right += len(group) - len(parts) - sum(m not in answer for m in group)
        total += len(group) - 1
    return right / total if total else 0.0


def b3(keys, key_of, answers, answer):
    found = [len(keys[key_of[m]] & answers[answer[m]]) / len(keys[key_of[m]]) if m in answer else 0.0 for m in key_of]
    return sum(found) / len(found) if found else 0.0


def ceafe(keys, answers):
    overlap = collections.Counter()
    where = {m: e for e, group in answers.items() for m in group}
    for e, group in keys.items():
        for m in group:
            if m in where:
                overlap[e, where[m]] += 1
    phi = {pair: 2 * n / (len(keys[pair[0]]) + len(answers[pair[1]])) for pair, n in overlap.items()}
    total = assignment(phi)
    return total / len(answers) if answers else 0.0, total / len(keys) if keys else 0.0


def assignment(weights):
    """Largest sum of weights of disjoint pairs: components one by one, each by the Hungarian method."""
    left, right = collections.defaultdict(set), collections.defaultdict(set)
    for a, b in weights:
        left[a].add(b)
        right[b].add(a)
    seen, total = set(), 0.0
    for a in left:
        if a in seen:
            continue
        stack, rows, columns = [a], {a}, set()
        while stack:
            x = stack.pop()
            for b in left[x] - columns:
                columns.add(b)
                for y in right[b] - rows:
                    rows.add(y)
                    stack.append(y)
        seen |= rows
        total += hungarian([[weights.get((x, b), 0.0) for b in sorted(columns)] for x in sorted(rows)])
    return total


def hungarian(w):
    if len(w) > len(w[0]):
        w = [list(c) for c in zip(*w)]
    n, m, inf = len(w), len(w[0]), float("inf")
    u, v, p, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        p[0], j0, low, used = i, 0, [inf] * (m + 1), [False] * (m + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = p[j0], inf, 0
            for j in range(1, m + 1):
                if not used[j]:
                    c = -w[i0 - 1][j - 1] - u[i0] - v[j]
                    if c < low[j]:
                        low[j], way[j] = c, j0
                    if low[j] < delta:
                        delta, j1 = low[j], j
            for j in range(m + 1):
                if used[j]:
                    u[p[j]] += delta
                    v[j] -= delta
                else:
                    low[j] -= delta
            j0 = j1
            if p[j0] == 0:
                break
        while j0:
            p[j0] = p[way[j0]]
            j0 = way[j0]
    return sum(w[p[j] - 1][j - 1] for j in range(1, m + 1) if p[j])


def lea(keys, answer, answers):
    right = total = 0.0
    for group in keys.values():
        total += len(group)
        if len(group) == 1:
            m = next(iter(group))
            right += m in answer and len(answers[answer[m]]) == 1
            continue
        links = len(group) * (len(group) - 1) / 2
        parts = collections.Counter(answer[m] for m in group if m in answer)
        right += len(group) * sum(n * (n - 1) / 2 for n in parts.values()) / links
    return right / total if total else 0.0


def score(gold, system):
    keys, answers = groups(gold), groups(system)
    out = {}
    for name, p, r in (
            ("mentions", len(gold.keys() & system.keys()) / max(len(system), 1), len(gold.keys() & system.keys()) / max(len(gold), 1)),
            ("muc", muc(answers, gold), muc(keys, system)),
            ("b3", b3(answers, system, keys, gold), b3(keys, gold, answers, system)),
            ("ceafe", *ceafe(keys, answers)),
            ("lea", lea(answers, gold, keys), lea(keys, system, answers))):
        out[name] = {"p": round(100 * p, 2), "r": round(100 * r, 2), "f1": round(100 * f1(p, r), 2)}
    out["conll"] = round(sum(out[k]["f1"] for k in ("muc", "b3", "ceafe")) / 3, 2)
    return out


def linked(assignment):
    sizes = collections.Counter(assignment.values())
    return {m: e for m, e in assignment.items() if sizes[e] > 1}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("system")
    parser.add_argument("--docs", type=lambda t: tuple(t.split(",")), default=("",))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--spans", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--each", action="store_true", help="one line for each document")
    args = parser.parse_args()
    gold, system = {}, {}
    predicted = {d[0]: d for d in documents(args.system)}
    for document in documents(args.gold):
        if not document[0].startswith(args.docs) or document[0] not in predicted:
            continue
        one = clusters(document, document[1], args.all, args.spans)
        other = clusters(predicted[document[0]], document[1], args.all, args.spans)
        if args.each:
            print(document[0], score(one, other)["conll"], score(linked(one), linked(other))["conll"])
        gold.update(one)
        system.update(other)
    found = {**score(gold, system), "linked": score(linked(gold), linked(system))}
    print(json.dumps(found) if args.json else json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
