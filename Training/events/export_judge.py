#!/usr/bin/env python3
"""Write a trained judge as the file that Dyad loads beside the language model, whose piece table it shares.

    export_judge.py --model judge.pt --encoder DIR --sentences DIR --out judge-en.dyad
"""
import argparse
import os
import random
import sys

import torch

from train_judge import Judge, collate, encode, read_sentences
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "language"))
from export import Writer, calibrate, write_encoder  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "encoder", "sentences", "out"):
        parser.add_argument("--" + name, required=True)
    args = parser.parse_args()
    blob = torch.load(args.model, map_location="cpu")
    judge = Judge(blob["labels"])
    judge.load_state_dict(blob["state"])
    judge.eval()
    vocab = {w.rstrip("\n"): i for i, w in enumerate(open(os.path.join(args.encoder, "vocab.txt"), encoding="utf-8"))}
    rows = random.Random(3).sample(read_sentences(args.sentences), 160)
    batches = [collate([encode(r[3], vocab) for r in rows[i:i + 16]]) for i in range(0, 160, 16)]
    out = Writer()
    write_encoder(out, judge.encoder, calibrate(judge.encoder, batches), prefix="judge.", pieces=False)
    out.matrix("judge.hidden", judge.hidden.weight, judge.hidden.bias)
    heads = [judge.event, judge.mode, judge.context]
    out.matrix("judge.outputs", torch.cat([h.weight for h in heads]), torch.cat([h.bias for h in heads]))
    out.write(args.out, {"format": 1, "kind": "judge", "language": "en", "meta": blob["meta"], "labels": blob["labels"],
                         "sizes": {}, "order": []})
    print(args.out, os.path.getsize(args.out), "bytes", blob["meta"])


if __name__ == "__main__":
    main()
