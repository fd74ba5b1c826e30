"""Readers of treebanks and name files, and the lexical features shared with DyadLanguage (Swift).

Everything here that looks at the form of a word has a twin in Sources/DyadLanguage; the exported model carries test
vectors so that a difference between the two is found by a test and not by a user.
"""
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

HASH_ROWS = 4096
MAX_PIECES = 8


@dataclass
class Sentence:
    forms: list
    upos: list = None
    xpos: list = None
    feats: list = None
    lemmas: list = None
    heads: list = None
    deprels: list = None
    names: list = None          # BIO tags
    name_set: str = None        # which name convention the tags follow
    document: str = ""
    paragraph: int = 0
    sent_id: str = ""
    extra: dict = field(default_factory=dict)


def read_conllu(path):
    out, rows, document, paragraph, sent_id = [], [], "", 0, ""
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                document, paragraph = line.split("=", 1)[1].strip(), paragraph + 1
            elif line.startswith("# newpar") and "block" not in line:
                paragraph += 1
            elif line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif not line:
                if rows:
                    out.append(Sentence(
                        forms=[r[1] for r in rows], lemmas=[r[2] for r in rows], upos=[r[3] for r in rows],
                        xpos=[r[4] for r in rows], feats=[r[5] for r in rows], heads=[int(r[6]) for r in rows],
                        deprels=[r[7] for r in rows], document=document, paragraph=paragraph, sent_id=sent_id))
                rows = []
            elif line[0] != "#":
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
    return out


TYPE_MAP = {
    "crossner": {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG",
                 "country": "LOC", "location": "LOC", "election": "MISC", "event": "MISC", "misc": "MISC"},
    "re3d": {"Organisation": "ORG", "Person": "PER", "Location": "LOC", "Nationality": "NAT"},
}


def read_names(path, name_set):
    out, forms, tags, sent_id = [], [], [], ""
    table = TYPE_MAP.get(name_set)

    def flush():
        if forms:
            out.append(Sentence(forms=list(forms), names=bio(tags), name_set=name_set, sent_id=sent_id,
                                document=f"{name_set}-{len(out)}", paragraph=len(out)))
        forms.clear()
        tags.clear()

    def mapped(tag):
        if tag == "O" or table is None:
            return tag
        kind = table.get(tag[2:])
        return f"{tag[:2]}{kind}" if kind else "O"

    with open(path, encoding="utf-8") as handle:
        for line in handle:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
            elif line.startswith("# newdoc"):
                flush()
            elif not line:
                flush()
            elif "\t" in line:
                form, tag = line.split("\t")[:2]
                forms.append(form)
                tags.append(mapped(tag))
                if name_set == "re3d" and form in (".", "?", "!") and len(forms) > 3:
                    flush()
    flush()
    return out


def bio(tags):
    """IOB2 with stray I- tags turned into B-."""
    out, last = [], "O"
    for tag in tags:
        if tag.startswith("I-") and last[2:] != tag[2:]:
            tag = "B-" + tag[2:]
        out.append(tag)
        last = tag
    return out


# ---------------------------------------------------------------- lexical features (twins in Swift)

def normalise(word):
    """BERT's uncased normalisation: lower case, accents stripped, control characters out."""
    word = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in word if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))


def is_punct(c):
    code = ord(c)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def word_pieces(word, vocab):
    """Word-piece ids of one word, at most MAX_PIECES (the first ones and the last)."""
    parts, run = [], ""
    for c in normalise(word):
        if c.isspace():
            if run:
                parts.append(run)
            run = ""
        elif is_punct(c) or 0x4E00 <= ord(c) <= 0x9FFF:
            if run:
                parts.append(run)
            parts.append(c)
            run = ""
        else:
            run += c
    if run:
        parts.append(run)
    ids = []
    for part in parts:
        ids.extend(greedy(part, vocab))
    if not ids:
        ids = [vocab["[UNK]"]]
    if len(ids) > MAX_PIECES:
        ids = ids[:MAX_PIECES - 1] + ids[-1:]
    return ids


def greedy(part, vocab):
    if len(part) > 64:
        return [vocab["[UNK]"]]
    ids, start = [], 0
    while start < len(part):
        end = len(part)
        while end > start:
            piece = part[start:end] if start == 0 else "##" + part[start:end]
            if piece in vocab:
                ids.append(vocab[piece])
                break
            end -= 1
        if end == start:
            return [vocab["[UNK]"]]
        start = end
    return ids


def case_class(word):
    """0 lower, 1 Title, 2 UPPER, 3 miXed, 4 digits, 5 digits with others, 6 no letter or digit, 7 one capital."""
    upper = sum(c.isupper() for c in word)
    lower = sum(c.islower() for c in word)
    digit = sum(c.isdigit() for c in word)
    if digit:
        return 4 if digit == len(word) else 5
    if not upper and not lower:
        return 6
    if not upper:
        return 0
    if not lower:
        return 7 if upper == 1 else 2
    return 1 if word[0].isupper() and upper == 1 else 3


def shape(word):
    out = ""
    for c in word:
        kind = "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c
        if not (len(out) >= 3 and out[-3:] == kind * 3):
            out += kind
    return out


def fnv(text, seed):
    """FNV-1a, 32 bits, over UTF-8; the seed is hashed first as one byte."""
    h = 2166136261
    h = ((h ^ seed) * 16777619) & 0xFFFFFFFF
    for b in text.encode("utf-8"):
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def affix_ids(word):
    """Hashed rows of prefix-3, suffix-3 and shape."""
    low = word.lower()
    return [fnv(low[:3], 1) % HASH_ROWS, fnv(low[-3:], 2) % HASH_ROWS, fnv(shape(word), 3) % HASH_ROWS]


# ---------------------------------------------------------------- lemma scripts

def lemma_script(form, lemma):
    """Shortest edit of the lower-cased form: case mode, prefix and suffix cut and added. 'c|cut|add' or '=word'."""
    low = form.lower()
    if lemma == form and form != low:
        return "K|0|"                                   # keep the case
    lowered = lemma.lower()
    mode = "L" if lemma == lowered else "T" if lemma == lowered[:1].upper() + lowered[1:] else None
    if mode is None:
        return "K|0|" if lemma.lower() == low else "=" + lemma
    common = 0
    while common < min(len(low), len(lowered)) and low[common] == lowered[common]:
        common += 1
    cut, add = len(low) - common, lowered[common:]
    if common == 0 and len(low) > 2 or cut > 6:
        return "=" + lemma
    return f"{mode}|{cut}|{add}"


def apply_script(form, script):
    if script.startswith("="):
        return script[1:]
    mode, cut, add = script.split("|", 2)
    if mode == "K":
        return form
    low = form.lower()
    cut = int(cut)
    base = (low[:-cut] if cut else low) if cut <= len(low) else low
    out = base + add
    return out[:1].upper() + out[1:] if mode == "T" else out


def vocabulary(values, minimum):
    counts = Counter(values)
    return [v for v, n in counts.most_common() if n >= minimum]
