#!/usr/bin/env python3
"""Runs Dyad and other analysers on the same text, in turns, on one core each, and prints the ratios.

    python3 -m venv VENV && VENV/bin/pip install ufal.udpipe
    VENV/bin/python Benchmarks/peers.py train TRAIN.conllu MODEL.udpipe
    VENV/bin/python Benchmarks/peers.py run --udpipe MODEL.udpipe [--spacy NAME] [--text FOLDER]

Every analyser reads text and gives sentences, words, tags, lemmas and trees (Dyad and spaCy also names). The time counts
from loaded models to analysed text, in processor seconds, which other work on the machine disturbs least. Rounds
alternate; the best round of each counts. `train` makes a UDPipe model of a part of a treebank with few passes: as fast as a full one, but not as good.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def sentences_of(path, limit):
    """The first sentences of a CoNLL-U file, as text."""
    with open(path, encoding="utf-8") as file:
        return "\n\n".join(file.read().split("\n\n")[:limit]) + "\n\n"


def train(options):
    """Tokeniser, tagger and parser with UDPipe's own settings, except for the number of passes."""
    from ufal import udpipe

    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(sentences_of(options.treebank, options.sentences))
    data = udpipe.Sentences()
    error = udpipe.ProcessingError()
    sentence = udpipe.Sentence()
    while reader.nextSentence(sentence, error):
        data.append(sentence)
        sentence = udpipe.Sentence()
    print(f"{len(data)} sentences", file=sys.stderr)
    model = udpipe.Trainer.train(
        "morphodita_parsito", data, udpipe.Sentences(), "epochs=2", f"models=2;iterations={options.passes}",
        f"iterations={options.passes}", error)
    if error.occurred():
        sys.exit(f"training failed: {error.message}")
    with open(options.model, "wb") as file:
        file.write(model)


class Dyad:
    """`dyad bench`, which loads, reads the folder again and again, and reports its rate."""

    def __init__(self, program, level):
        self.program, self.level = program, level
        self.name = f"Dyad, {level or 'best kernel'}"

    def round(self, folder, seconds):
        environment = dict(os.environ, **({"DYAD_KERNEL": self.level} if self.level else {}))
        line = subprocess.run(
            [self.program, "bench", folder, "--seconds", str(seconds), "--json"], env=environment, check=True,
            capture_output=True, text=True).stdout
        return json.loads(line)["words_per_cpu_second"]


class Python:
    """An analyser in this process: `analyse` takes a text and gives the number of words."""

    def round(self, folder, seconds):
        texts = [open(path, encoding="utf-8").read() for path in sorted(glob.glob(os.path.join(folder, "*.txt")))]
        words, began = 0, time.process_time()
        while time.process_time() - began < seconds:
            words += sum(self.analyse(text) for text in texts)
        return words / (time.process_time() - began)


class UDPipe(Python):
    def __init__(self, path):
        from ufal import udpipe

        self.udpipe = udpipe
        self.model = udpipe.Model.load(path) or sys.exit(f"{path}: not a UDPipe model")
        self.name = "UDPipe 1"

    def analyse(self, text):
        tokenizer = self.model.newTokenizer(self.model.DEFAULT)
        tokenizer.setText(text)
        error = self.udpipe.ProcessingError()
        sentence = self.udpipe.Sentence()
        words = 0
        while tokenizer.nextSentence(sentence, error):
            self.model.tag(sentence, self.model.DEFAULT)
            self.model.parse(sentence, self.model.DEFAULT)
            words += len(sentence.words) - 1
            sentence = self.udpipe.Sentence()
        return words


class SpaCy(Python):
    def __init__(self, name):
        import spacy

        self.model = spacy.load(name)
        self.name = f"spaCy {spacy.__version__}, {self.model.meta['name']}"

    def analyse(self, text):
        paragraphs = [part for part in text.split("\n\n") if part.strip()]
        return sum(len(document) for document in self.model.pipe(paragraphs))


def run(options):
    systems = [Dyad(options.dyad, level) for level in options.levels.split(",")]
    systems += [UDPipe(path) for path in options.udpipe] + [SpaCy(name) for name in options.spacy]
    best = dict.fromkeys(systems, 0.0)
    for _ in range(options.rounds):
        for system in systems:
            best[system] = max(best[system], system.round(options.text, options.seconds))
    first = best[systems[0]]
    print(f"{options.rounds} rounds of {options.seconds} s each, {options.text}, {time.strftime('%Y-%m-%d')}\n")
    print("| system | words a CPU second | Dyad is faster by |\n| --- | ---: | ---: |")
    for system in systems:
        print(f"| {system.name} | {best[system]:,.0f} | {first / best[system]:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("train")
    one.add_argument("treebank")
    one.add_argument("model")
    one.add_argument("--sentences", type=int, default=2000)
    one.add_argument("--passes", type=int, default=2)
    one.set_defaults(call=train)
    two = commands.add_parser("run")
    two.add_argument("--dyad", default=".build/release/dyad")
    two.add_argument("--levels", default="avx512vnni,avx2,portable")
    two.add_argument("--udpipe", action="append", default=[])
    two.add_argument("--spacy", action="append", default=[])
    two.add_argument("--text", default="Examples")
    two.add_argument("--seconds", type=int, default=6)
    two.add_argument("--rounds", type=int, default=3)
    two.set_defaults(call=run)
    options = parser.parse_args()
    options.call(options)


if __name__ == "__main__":
    main()
