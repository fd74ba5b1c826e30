#!/usr/bin/env python3
"""Runs Dyad and trafilatura on the same saved pages, in turns, on one core each, and prints the ratio.

    python3 -m venv VENV && VENV/bin/pip install trafilatura lxml_html_clean
    VENV/bin/python Benchmarks/pages.py --pages FOLDER [--gold KEY.json --scorer score_articles.py]

FOLDER holds pages, .html or .html.gz; they are unpacked and read before the time counts. The time is that of the processor,
from the bytes of a page to its body, title, authors and date, which other work on the machine disturbs least. Rounds take
turns; the best round of each counts. With a key and a scorer the bodies that the two find are scored side by side.
Without trafilatura the script says so and measures Dyad alone.
"""

import argparse
import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"


def unpacked(folder):
    """The pages of a folder by their names without endings."""
    pages = {}
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.name.endswith(".html.gz"):
            pages[path.name[:-8]] = gzip.decompress(path.read_bytes())
        elif path.name.endswith(".html"):
            pages[path.name[:-5]] = path.read_bytes()
    if not pages:
        sys.exit(f"{folder}: no .html and no .html.gz files")
    return pages


class Dyad:
    """`dyad bench` on a folder of pages."""

    name = "Dyad"

    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def round(self, seconds):
        line = subprocess.run(
            [self.program, "bench", self.folder, "--seconds", str(seconds), "--json"], check=True, capture_output=True,
            text=True).stdout
        answer = json.loads(line)
        return answer["pages_per_second"], answer["peak_mb"]

    def articles(self, pages):
        files = [os.path.join(self.folder, f"{name}.html") for name in pages]
        out = subprocess.run(
            [self.program, "article", *files], check=True, capture_output=True, text=True).stdout
        found = {}
        for line in out.splitlines():
            answer = json.loads(line)
            article = answer["articles"][0]
            found[answer["file"].removesuffix(".html")] = {
                "articleBody": "\n".join([article["dateline"] or "", *article["body"]]), "title": article["title"], "date": article["date"],
                "authors": article["byline"]}
        return found


class Trafilatura:
    """One reading of trafilatura in a process of its own, so that its memory is its own too."""

    def __init__(self, name, folder, options):
        import trafilatura

        self.name, self.folder, self.options = f"trafilatura {trafilatura.__version__}{name}", folder, options

    def call(self, *arguments):
        command = [sys.executable, os.path.abspath(__file__), "peer", self.folder, json.dumps(self.options), *arguments]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def round(self, seconds):
        return tuple(self.call(str(seconds)))

    def articles(self, pages):
        return self.call("articles")


def peer(folder, options, task):
    """What the process of a peer does."""
    import trafilatura

    pages, options = unpacked(folder), json.loads(options)

    def read(page):
        return trafilatura.bare_extraction(page, **options)

    if task == "articles":
        found = {}
        for name, page in pages.items():
            got = read(page)
            got = got.as_dict() if hasattr(got, "as_dict") else got or {}
            authors = [part.strip() for part in (got.get("author") or "").split(";") if part.strip()]
            found[name] = {"articleBody": got.get("text") or "", "title": got.get("title"), "date": got.get("date"),
                           "authors": authors}
        print(json.dumps(found))
        return
    count, began = 0, time.process_time()
    while time.process_time() - began < float(task):
        for page in pages.values():
            read(page)
        count += len(pages)
    rate = count / (time.process_time() - began)
    print(json.dumps([rate, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))


def systems(options, folder):
    out = [Dyad(options.dyad, folder)]
    try:
        out.append(Trafilatura("", folder, {"include_comments": False, "with_metadata": True}))
        out.append(Trafilatura(", fast", folder, {"include_comments": False, "with_metadata": True, "fast": True}))
        out.append(Trafilatura(", body only", folder, {"include_comments": False}))
    except ImportError as error:
        print(f"trafilatura cannot be imported ({error}); Dyad alone is measured\n", file=sys.stderr)
    return out


def score(options, system, pages):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(system.articles(pages), file)
        file.flush()
        return subprocess.run(
            [sys.executable, options.scorer, "html", options.gold, file.name], check=True, capture_output=True,
            text=True).stdout.strip()


def main():
    if sys.argv[1:2] == ["peer"]:
        return peer(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", required=True)
    parser.add_argument("--dyad", default=".build/release/dyad")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gold")
    parser.add_argument("--scorer")
    options = parser.parse_args()
    pages = unpacked(options.pages)
    with tempfile.TemporaryDirectory() as folder:
        for name, page in pages.items():
            pathlib.Path(folder, f"{name}.html").write_bytes(page)
        all_systems = systems(options, folder)
        best, load = {}, []
        for _ in range(options.rounds):
            for system in all_systems:
                load.append(os.getloadavg()[0])
                rate, memory = system.round(options.seconds)
                old = best.get(system.name, (0, 0))
                best[system.name] = (max(old[0], rate), max(old[1], memory))
        print(f"{len(pages)} pages, {options.rounds} rounds of {options.seconds} s each, {time.strftime('%Y-%m-%d')}, "
              f"load of the machine {min(load):.1f} to {max(load):.1f}\n")
        print("| system | pages a CPU second | Dyad is faster by | peak MB |\n| --- | ---: | ---: | ---: |")
        first = best["Dyad"][0]
        for name, (rate, memory) in best.items():
            print(f"| {name} | {rate:.0f} | {first / rate:.1f} | {memory} |")
        if options.gold and options.scorer:
            for system in all_systems:
                print(f"\n{system.name}:\n{score(options, system, pages)}")


if __name__ == "__main__":
    main()
