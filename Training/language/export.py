#!/usr/bin/env python3
"""Write a trained model as the file that Dyad loads: 8-bit weights, scales, labels, word pieces.

    export.py --model FILE.pt --encoder DIR --data DIR --out language-en.dyad

Layout: "DYADW001", u32 length of a JSON header, the header (labels, tensors with type, shape and offset), data with
every tensor on a multiple of 64 bytes. Matrices are [output][input] with one scale an output. The inputs of the
query-key-value and the first feed-forward product, and of the heads, are evened out per channel before rounding
(c = sqrt(max|x| / max|w|), over calibration text), which the 8-bit product needs most.
"""
import argparse
import json
import os
import random
import struct

import numpy as np
import torch

import model as M
from train import Coder, collate, load_data


class Writer:
    def __init__(self):
        self.tensors, self.blobs, self.size = [], [], 0

    def add(self, name, array):
        array = np.ascontiguousarray(array)
        kind = {"int8": "i8", "float32": "f32", "uint8": "u8"}[str(array.dtype)]
        pad = -self.size % 64
        self.blobs.append(b"\0" * pad + array.tobytes())
        self.tensors.append({"name": name, "type": kind, "shape": list(array.shape), "offset": self.size + pad})
        self.size += pad + array.nbytes

    def matrix(self, name, weight, bias=None, divide=None):
        """weight [out][in]; `divide` are the factors c: inputs are divided by them, weights multiplied."""
        w = weight.detach().float().numpy().astype(np.float32)
        if divide is not None:
            w = w * divide[None, :]
        scale = np.abs(w).max(1) / 127.0
        scale[scale == 0] = 1.0
        self.add(name, np.clip(np.round(w / scale[:, None]), -127, 127).astype(np.int8))
        self.add(name + ".scale", scale.astype(np.float32))
        if bias is not None:
            self.add(name + ".bias", bias.detach().float().numpy().astype(np.float32))
        if divide is not None:
            self.add(name + ".divide", (1.0 / divide).astype(np.float32))

    def floats(self, name, tensor):
        self.add(name, tensor.detach().float().numpy().astype(np.float32))

    def write(self, path, header):
        header = dict(header, tensors=self.tensors)
        text = json.dumps(header, ensure_ascii=False).encode("utf-8")
        text += b" " * (-(len(text) + 12) % 64)
        with open(path, "wb") as f:
            f.write(b"DYADW001" + struct.pack("<I", len(text)) + text)
            for blob in self.blobs:
                f.write(blob)


@torch.no_grad()
def calibrate(encoder, batches):
    """Largest absolute input per channel of every product, over some batches."""
    peaks, hooks = {}, []

    def watch(name):
        def hook(module, inputs):
            x = inputs[0].float().abs().flatten(0, -2).amax(0)
            peaks[name] = torch.maximum(peaks[name], x) if name in peaks else x
        return hook

    for i, layer in enumerate(encoder.layers):
        hooks.append(layer.qkv.register_forward_pre_hook(watch(f"{i}.qkv")))
        hooks.append(layer.up.register_forward_pre_hook(watch(f"{i}.up")))
    for batch in batches:
        encoder(batch["ids"], batch["case"], batch["lengths"])
    for hook in hooks:
        hook.remove()
    return peaks


def balance(peak, weight):
    w = weight.detach().abs().amax(0).float()
    c = torch.sqrt(peak.clamp(min=1e-3) / w.clamp(min=1e-4))
    return c.numpy().astype(np.float32)


def write_encoder(out, encoder, peaks, prefix="", pieces=True):
    if pieces:
        out.matrix("pieces", encoder.pieces.weight)
        out.matrix("positions", encoder.positions.weight)
    out.floats(prefix + "case", encoder.case.weight)
    out.floats(prefix + "norm.weight", encoder.norm.weight)
    out.floats(prefix + "norm.bias", encoder.norm.bias)
    for i, layer in enumerate(encoder.layers):
        p = f"{prefix}layer.{i}."
        out.matrix(p + "qkv", layer.qkv.weight, layer.qkv.bias, balance(peaks[f"{i}.qkv"], layer.qkv.weight))
        out.matrix(p + "out", layer.out.weight, layer.out.bias)
        out.matrix(p + "up", layer.up.weight, layer.up.bias, balance(peaks[f"{i}.up"], layer.up.weight))
        out.matrix(p + "down", layer.down.weight, layer.down.bias)
        for n in (1, 2):
            norm = getattr(layer, f"norm{n}")
            out.floats(p + f"norm{n}.weight", norm.weight)
            out.floats(p + f"norm{n}.bias", norm.bias)


def names_head(model, shares=(("gum", 0.3), ("wikigold", 0.3))):
    """The head of the main convention with a share of two others: their scores add up, so their weights do.

    The shares were chosen on the development part of UNER EWT.
    """
    tags = model.labels["names"]["uner"]
    weight, bias = model.names["uner"].weight.clone(), model.names["uner"].bias.clone()
    for name, share in shares:
        rows = [model.labels["names"][name].index(t) for t in tags]
        weight += share * model.names[name].weight[rows]
        bias += share * model.names[name].bias[rows]
    return weight, bias


def lemma_lexicon(banks):
    """Lines "form<tab>tag<tab>lemma" of the treebanks' words that always have one lemma; lower-case forms."""
    seen = {}
    for s in (s for bank in banks for s in bank):
        for form, tag, lemma in zip(s.forms, s.upos, s.lemmas):
            if tag in ("VERB", "AUX", "NOUN", "ADJ", "ADV") and form.isalpha():
                seen.setdefault((form.lower(), tag), {}).setdefault(lemma, []).append(1)
    lines = []
    for (form, tag), lemmas in sorted(seen.items()):
        best = max(lemmas, key=lambda l: len(lemmas[l]))
        if len(lemmas[best]) >= 0.9 * sum(len(v) for v in lemmas.values()):
            lines.append(f"{form}\t{tag}\t{best}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "encoder", "data", "out"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()
    model, meta = M.load(args.model)
    model.eval()
    vocab_lines = open(os.path.join(args.encoder, "vocab.txt"), encoding="utf-8").read().splitlines()
    coder = Coder(model.labels, {w: i for i, w in enumerate(vocab_lines)})
    banks, _, _, _ = load_data(args.data)
    rng = random.Random(5)
    sample = rng.sample([s for b in banks for s in b if 8 < len(s.forms) < 50], 160)
    batches = [collate([[s] for s in sample[i:i + 16]], coder) for i in range(0, 160, 16)]
    peaks = calibrate(model.encoder, batches)
    with torch.no_grad():
        words = torch.cat([model.words(b).flatten(0, 1) for b in batches]).abs().amax(0)

    out = Writer()
    write_encoder(out, model.encoder, peaks)
    out.matrix("affix", model.affix.weight)
    parts = ["upos", "xpos", "feats", "lemma", "boundary", "arc_dep", "arc_head", "rel_dep", "rel_head", "name_hidden"]
    layers = [getattr(model, p) for p in parts]
    weight, bias = torch.cat([l.weight for l in layers]), torch.cat([l.bias for l in layers])
    out.matrix("heads", weight, bias, balance(words, weight))
    out.floats("arc_root", model.arc_root)
    out.floats("arc_u", model.arc_u)
    out.floats("rel_root", model.rel_root)
    out.matrix("rel_u", model.rel_u.permute(0, 2, 1).reshape(-1, M.REL + 1))     # row (r, e), column d
    weight, bias = names_head(model)
    out.floats("names", weight)
    out.floats("names.bias", bias)
    out.add("vocabulary", np.frombuffer("\n".join(vocab_lines).encode("utf-8"), dtype=np.uint8))
    out.add("lemmas", np.frombuffer(lemma_lexicon(banks).encode("utf-8"), dtype=np.uint8))
    header = {"format": 1, "kind": "language", "language": "en", "meta": meta,
              "sizes": {p: l.weight.shape[0] for p, l in zip(parts, layers)}, "order": parts,
              "labels": {k: v for k, v in model.labels.items() if k != "names"} | {"names": model.labels["names"]["uner"]}}
    out.write(args.out, header)
    print(args.out, os.path.getsize(args.out), "bytes", meta)


if __name__ == "__main__":
    main()
