#!/usr/bin/env python3
"""Compare the actors of old PETRARCH dictionaries with the program's own, where both know a name.

    dictionaries.py --dyad PATH FILE [FILE...]

The files are actor dictionaries of PETRARCH, PETRARCH2 or UniversalPetrarch. They are imported with `dyad import petrarch`, and every
name with its dates is looked up with `dyad lexicon lookup`. Printed are counts and one line for each name whose state or body differs.
"""
import argparse
import csv
import os
import subprocess
import tempfile

# Other codes for the same state or body: those of KEDS and of older CAMEO.
SAME = {"SAF": "ZAF", "ROM": "ROU", "PAL": "PSE", "KSV": "KOS", "BUL": "BGR", "IGOUNO": "UNO", "IGOEUR": "EUR", "IGONAT": "NATO", "TIM": "TLS",
        "ZAR": "COD", "WSB": "PSE", "GZS": "PSE", "SIE": "SLE", "NGM": "NGO", "UAR": "EGY", "UNK": "GBR", "IGOEEU": "EUR", "INS": "IDN",
        "IGOCOPITP": "INTP", "IVO": "CIV", "JAP": "JPN", "KUW": "KWT", "LEB": "LBN", "LTH": "LTU", "NZE": "NZL", "MOM": "OMN", "ROC": "TWN",
        "USR": "SUN", "UAE": "ARE", "GMW": "DEU", "IBR": "WB", "ZAM": "ZMB", "ZBW": "ZWE", "EEC": "EUR"}


def rows(folder):
    with open(os.path.join(folder, "actors.tsv"), encoding="utf-8", newline="") as handle:
        return list(csv.DictReader((l for l in handle if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))


def written(name):
    """A name in capitals as a report writes it; short ones stay, they are acronyms."""
    if name != name.upper():
        return [name]
    return [" ".join(w if len(w) <= 3 and w.isalpha() and i == 0 and len(name) <= 4 else w.capitalize() for i, w in enumerate(name.split())), name]


def readings(dyad, name, date):
    done = subprocess.run([dyad, "lexicon", "lookup", name] + (["--date", date] if date else []), capture_output=True, text=True)
    return [l.split("\t") for l in done.stdout.splitlines() if l and not l.startswith("place\t") and (not date or "\tnot " not in l)]


def day(text, last):
    parts = text.split("-")
    return "-".join(parts + ["12", "28"][len(parts) - 1:]) if last else "-".join(parts + ["01", "01"][len(parts) - 1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dyad", required=True)
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "lexicon")
        subprocess.run([args.dyad, "import", "petrarch", *args.files, "--out", out], check=True, capture_output=True)
        entries = list({(r["name"], r["code"], r.get("sector"), r.get("from"), r.get("to")): r for r in rows(out)}.values())
    known = same = 0
    unknown, differ = [], []
    for row in entries:
        date = day(row["from"], False) if row.get("from") else day(row["to"], True) if row.get("to") else None
        found = []
        for name in [n for full in [row["name"]] + (row.get("names") or "").split("|") if full for n in written(full)]:
            found += readings(args.dyad, name, date)
        code = SAME.get(row["code"], row["code"])
        if not found:
            unknown.append(row["name"])
            continue
        known += 1
        if code in [f[0].split()[0] for f in found] or not code and not found:
            same += 1
        else:
            ours = sorted({f"{f[0]} {f[1]} ({f[4]})" for f in found})
            differ.append(f"{row['name']} {row.get('from', '')} {row.get('to', '')}: {row['code'] or 'nobody'} {row['sector']} there, here {'; '.join(ours)}")
    print(f"{len(entries)} entries, {known} known here, {same} with the same state or body, {len(differ)} differ, {len(unknown)} unknown here")
    for line in differ:
        print("differs:", line)
    for name in unknown:
        print("unknown:", name)


if __name__ == "__main__":
    main()
