"""MiniLM-L6-H384 with a case embedding at its input, an affix branch and heads for tags, lemmas, trees and names."""
import json
import math

import torch
from torch import nn
import torch.nn.functional as F

WIDTH, LAYERS, HEADS, FEED = 384, 6, 12, 1536
AFFIX = 32
WORD = WIDTH + 3 * AFFIX
ARC, REL, NAME = 192, 96, 128


class Layer(nn.Module):
    def __init__(self, dropout=0.1):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, FEED)
        self.down = nn.Linear(FEED, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: the fused kernel is several times slower in bfloat16 on a CPU.
        scores = (q @ k.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5
        a = scores.masked_fill(~mask, -1e4).softmax(-1).to(v.dtype) @ v
        a = self.out(a.transpose(1, 2).reshape(b, n, WIDTH))
        x = self.norm1(x + F.dropout(a, self.dropout, self.training))
        f = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(f, self.dropout, self.training))


class Encoder(nn.Module):
    def __init__(self, vocabulary=30522, positions=512):
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Embedding(positions, WIDTH)
        self.case = nn.Embedding(16, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.case.weight)

    def forward(self, ids, case, lengths):
        n = ids.shape[1]
        x = self.pieces(ids) + self.positions.weight[:n] + self.case(case)
        x = F.dropout(self.norm(x), 0.1, self.training)
        mask = (torch.arange(n)[None, :] < lengths[:, None])[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self, path):
        from safetensors.torch import load_file
        w = load_file(path)
        w = {k.removeprefix("bert."): v.float() for k, v in w.items()}
        self.pieces.weight.data.copy_(w["embeddings.word_embeddings.weight"])
        self.positions.weight.data.copy_(w["embeddings.position_embeddings.weight"]
                                         + w["embeddings.token_type_embeddings.weight"][0])
        self.norm.weight.data.copy_(w["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(w["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                layer.qkv.__getattr__(kind).data.copy_(torch.cat(
                    [w[f"{p}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]))
                layer.out.__getattr__(kind).data.copy_(w[f"{p}attention.output.dense.{kind}"])
                layer.norm1.__getattr__(kind).data.copy_(w[f"{p}attention.output.LayerNorm.{kind}"])
                layer.up.__getattr__(kind).data.copy_(w[f"{p}intermediate.dense.{kind}"])
                layer.down.__getattr__(kind).data.copy_(w[f"{p}output.dense.{kind}"])
                layer.norm2.__getattr__(kind).data.copy_(w[f"{p}output.LayerNorm.{kind}"])


class Analyser(nn.Module):
    """All heads over one vector a word: mean of its first and last piece, and its affix embeddings."""

    def __init__(self, labels):
        super().__init__()
        self.labels = labels
        self.encoder = Encoder()
        self.affix = nn.Embedding(3 * 4096, AFFIX)
        nn.init.normal_(self.affix.weight, std=0.1)
        self.upos = nn.Linear(WORD, len(labels["upos"]))
        self.xpos = nn.Linear(WORD, len(labels["xpos"]))
        self.feats = nn.Linear(WORD, len(labels["feats"]))
        self.lemma = nn.Linear(WORD, len(labels["lemma"]))
        self.boundary = nn.Linear(WORD, 1)
        self.arc_dep = nn.Linear(WORD, ARC)
        self.arc_head = nn.Linear(WORD, ARC)
        self.arc_root = nn.Parameter(torch.zeros(ARC))
        self.arc_u = nn.Parameter(torch.empty(ARC + 1, ARC))
        nn.init.normal_(self.arc_u, std=1 / math.sqrt(ARC))
        self.rel_dep = nn.Linear(WORD, REL)
        self.rel_head = nn.Linear(WORD, REL)
        self.rel_root = nn.Parameter(torch.zeros(REL))
        self.rel_u = nn.Parameter(torch.empty(len(labels["deprel"]), REL + 1, REL + 1))
        nn.init.normal_(self.rel_u, std=0.3 / math.sqrt(REL))
        self.name_hidden = nn.Linear(WORD, NAME)
        self.names = nn.ModuleDict({s: nn.Linear(NAME, len(t)) for s, t in labels["names"].items()})
        self.drop = nn.Dropout(0.2)

    def words(self, batch):
        x = self.encoder(batch["ids"], batch["case"], batch["lengths"])
        rows = torch.arange(x.shape[0])[:, None]
        first, last = x[rows, batch["first"]], x[rows, batch["last"]]
        affix = self.affix(batch["affix"]).flatten(2)
        return torch.cat([(first + last) * 0.5, affix], -1)

    def arcs(self, h):
        dep = self.drop(F.leaky_relu(self.arc_dep(h), 0.1))
        head = self.drop(F.leaky_relu(self.arc_head(h), 0.1))
        root = self.arc_root.expand(head.shape[0], 1, ARC).to(head.dtype)
        head = torch.cat([root, head], 1)
        one = torch.ones(*dep.shape[:2], 1, dtype=dep.dtype)
        return torch.cat([dep, one], -1) @ self.arc_u.to(dep.dtype) @ head.transpose(1, 2)

    def relations(self, h, heads):
        """Scores of every relation for given heads (0 = root, else 1 + word index)."""
        dep = self.drop(F.leaky_relu(self.rel_dep(h), 0.1))
        head = self.drop(F.leaky_relu(self.rel_head(h), 0.1))
        root = self.rel_root.expand(head.shape[0], 1, REL).to(head.dtype)
        head = torch.cat([root, head], 1)
        head = head[torch.arange(h.shape[0])[:, None], heads]
        one = torch.ones(*dep.shape[:2], 1, dtype=dep.dtype)
        dep, head = torch.cat([dep, one], -1), torch.cat([head, one], -1)
        b, n, d = dep.shape
        left = dep.reshape(b * n, d) @ self.rel_u.to(dep.dtype).permute(1, 0, 2).reshape(d, -1)
        return (left.view(b * n, -1, d) @ head.reshape(b * n, d, 1)).view(b, n, -1)

    def forward(self, batch):
        h = self.drop(self.words(batch))
        n = F.gelu(self.name_hidden(h))
        n = self.drop(n)
        return {"h": h, "upos": self.upos(h), "xpos": self.xpos(h), "feats": self.feats(h), "lemma": self.lemma(h),
                "boundary": self.boundary(h).squeeze(-1), "arcs": self.arcs(h), "name_hidden": n}


def save(model, path, meta):
    torch.save({"state": model.state_dict(), "labels": model.labels, "meta": meta}, path)


def load(path):
    blob = torch.load(path, map_location="cpu")
    model = Analyser(blob["labels"])
    model.load_state_dict(blob["state"])
    return model, blob["meta"]
