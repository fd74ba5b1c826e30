#!/usr/bin/env python3
"""Writes the packed samples of this folder: Word files and ZIP archives, whole, cut off, encrypted and hostile.

All texts are invented, and so are the outlets. Run it in this folder; the files come out the same every time.
"""
import struct
import zlib

STAMP = (0, 33)  # 1 January 1980, midnight


def pack(members, level=9, flags=0):
    """A ZIP archive of (name, bytes)."""
    out, directory = b"", b""
    for name, data in members:
        packer = zlib.compressobj(level, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        name = name.encode()
        head = struct.pack("<HHHHHIIIHH", 20, flags, 8, *STAMP, zlib.crc32(data), len(packed), len(data), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + head[:26] + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        out += b"PK\3\4" + head + name + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return out + directory + b"PK\5\6" + end


def word(paragraphs):
    def escaped(text):
        return text.replace("&", "&amp;").replace("<", "&lt;")

    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escaped(p)}</w:t></w:r></w:p>' for p in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.encode())]


NEXIS = [
    "Date and Time: Wednesday, June 14, 2023 9:12:00 AM GMT",
    "Job Number: 1234567",
    "Documents (2)",
    "1. Lomar and Teska reopen the mountain road",
    "Client/Matter: -None-",
    "Search Terms: Lomar and Teska",
    "2. Teska halts grain sales & blames Lomar",
    "Client/Matter: -None-",
    "Lomar and Teska reopen the mountain road",
    "The Alder Post",
    "June 2, 2023 Friday",
    "First Edition",
    "Copyright 2023 Alder Post Media All Rights Reserved",
    "Section: WORLD; Pg. 4",
    "Length: 61 words",
    "Byline: Ana Sol and Ben Ott",
    "Highlight: Lorries pass again after two years",
    "Body",
    "LOMAR CITY — Lomar reopened the mountain road to Teska on Thursday, two years after a landslide.",
    "The two transport ministers met at the pass and signed a plan for repairs.",
    "“We are neighbours,” said Teska’s minister.",
    "Graphic",
    "The ministers at the pass. Photo: Cara Lund",
    "Load-Date: June 3, 2023",
    "End of Document",
    "Teska halts grain sales & blames Lomar",
    "Teska Times",
    "June 9, 2023",
    "Copyright 2023 Teska Times Company",
    "Length: 40 words",
    "Body",
    "Teska stopped selling grain to Lomar on Wednesday and blamed late payments.",
    "Lomar rejected the charge.",
    "Classification",
    "Language: ENGLISH",
    "Publication-Type: Newspaper",
    "Load-Date: June 10, 2023",
    "End of Document",
]


def write(name, data):
    with open(name, "wb") as file:
        file.write(data)


whole = pack(word(NEXIS))
write("nexis-uni.docx", whole)
write("nexis-uni-cut-off.docx", whole[: len(whole) * 2 // 3])
write("encrypted.docx", pack(word(NEXIS), flags=1))
write("letter.docx", pack(word(["Quarn recalls its envoy", "3 March 2022", "Quarn recalled its envoy from Velia on Monday."])))
write("mislabelled.doc", whole)
write("bomb.docx", pack([("word/document.xml", b"\0" * 20_000_000)]))
write("several.zip", pack([("a/nexis.docx", whole), ("note.txt", b"Quarn and Velia hold talks\n\nQuarn held talks with Velia on Tuesday.\n"), ("inner.zip", pack([("x.txt", b"x")]))]))
write("entities.docx", pack([("word/document.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]><w:document><w:p><w:t>&c;</w:t></w:p></w:document>')]))


def rtf(paragraphs):
    def escaped(text):
        out = ""
        for sign in text:
            if sign in "\\{}":
                out += "\\" + sign
            elif ord(sign) < 128:
                out += sign
            else:
                out += f"\\u{ord(sign)}?"
        return out

    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator Sample;}{\info{\title None}}{\header Page 1\par}" + "\n"
    return (head + "".join(r"\pard\f0 " + escaped(p) + r"\par" + "\n" for p in paragraphs) + "}").encode()


write("nexis-uni.rtf", rtf(NEXIS))
write("nexis-uni-cut-off.rtf", rtf(NEXIS)[:1000])
write("deep.rtf", b"{\\rtf1 " + b"{" * 20_000)
