#!/usr/bin/env python3
"""Writes a web archive of invented pages for `dyad bench`: one gzip member for each record, as Common Crawl has them.

    python3 Benchmarks/make_archive.py /tmp/bench.warc.gz [MEGABYTES]
    dyad bench /tmp/bench.warc.gz

The same file comes out every time.
"""
import gzip
import io
import random
import sys

WORDS = """minister border port trade talks army river accord envoy monday officials town statement region council water
troops summit agreement company harbour police report deputy spokesman election crossing aid ceasefire dispute treaty""".split()


def sentence(source):
    return " ".join(source.choice(WORDS) + str(source.randrange(100)) * (source.random() < 0.1) for _ in range(source.randrange(8, 30))).capitalize() + "."


def page(source, number):
    menu = "".join(f'<li class="menu-item menu-item-{i}"><a href="/section/{source.choice(WORDS)}/{i}" title="{source.choice(WORDS)}">{source.choice(WORDS).title()}</a></li>\n' for i in range(60))
    script = "".join(f'window.dataLayer.push({{"id":{source.randrange(10**9)},"name":"{source.choice(WORDS)}","value":"{source.getrandbits(64):x}"}});\n' for _ in range(150))
    body = "".join(f"<p>{' '.join(sentence(source) for _ in range(4))}</p>\n" for _ in range(25))
    return (f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{sentence(source)}</title>\n<script>{script}</script></head>\n'
            f'<body><nav><ul>{menu}</ul></nav><article><h1>{sentence(source)}</h1>{body}</article><footer>Page {number}</footer></body></html>').encode()


def main():
    path, size = sys.argv[1], int(float(sys.argv[2] if len(sys.argv) > 2 else 60) * 1e6)
    source = random.Random(7)
    written = number = 0
    with open(path, "wb") as out:
        while written < size:
            number += 1
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(source, number)
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://bench.example/{number}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
                    f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode()
            record = head + block + b"\r\n\r\n"
            written += len(record)
            member = io.BytesIO()
            with gzip.GzipFile(fileobj=member, mode="wb", mtime=0, filename="") as file:
                file.write(record)
            out.write(member.getvalue())
    print(f"{path}: {number} records, {written / 1e6:.0f} MB unpacked")


if __name__ == "__main__":
    main()
