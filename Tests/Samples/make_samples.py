#!/usr/bin/env python3
"""Writes the sample files of this folder: feeds, archives and encodings, whole, cut off and hostile.

    python3 Tests/Samples/make_samples.py

All texts are invented. The same files come out every time, so a change of them shows as a diff.
"""
import gzip
import io
import os
import zlib

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ingest")


def write(name, data):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8"))


def packed(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as file:
        file.write(data)
    return out.getvalue()


PARAGRAPHS = [
    "LOMÉ: Togo's trade minister told reporters on Tuesday that the port would open to Ghanaian trucks again from June.",
    "The two neighbours closed the crossing in March after a quarrel over fees, and both promised to publish a list of them.",
    "Accra's envoy thanked his hosts and said that a second meeting would be held before the rains.",
]


def page(title, paragraphs, charset="utf-8"):
    body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head>\n'
        f"<body><nav><a href='/'>Home</a> <a href='/world'>World</a></nav><article><h1>{title}</h1>\n{body}</article>\n"
        "<footer>All rights reserved.</footer></body></html>\n"
    )


COMMENTS = """Tonga and Samoa sign fishing accord

Published: 3 May 2021

APIA: Tonga signed an agreement with Samoa on Monday that lets boats of both countries fish in common waters.

Tonga's premier visited Apia for the ceremony and praised the accord.

Comments

Sione (Nuku'alofa) – 3 May 2021, 18:12
Well done, this is a great step. Long live the friendship of Tonga and Samoa!

Mele – 3 May 2021, 19:01 in reply to Sione
Not a good idea. Fiji was never asked, what a shame.

Rua – 3 May 2021, 19:40
How much does a licence cost?
"""

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Accord on fishing | Reef Daily</title>
<meta property="og:title" content="Accord on fishing"><meta property="article:published_time" content="2021-05-03T08:00:00Z">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Accord on fishing","author":[{"name":"Lupe Tui"}]}</script>
<style>p{color:red}</style></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Accord on fishing</h1>
<p>APIA &mdash; Tonga &amp; Samoa agreed on Monday that boats of both may fish in common waters, officials said.</p>
<figure><img src="a.jpg"><figcaption>Boats in Apia.</figcaption></figure><p>The accord holds for ten years.<br>It may be renewed.</p>
<table><tr><td>1</td><td>2</td></tr></table></article><section id="comments"><div class="comment"><b class="author">Sione</b>
<time datetime="2021-05-03T10:05">3 May</time><p>High time.</p></div></section><footer>&copy; Reef Daily</footer></body></html>
"""

# Feeds

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Gulf of Guinea Courier</title><link>https://courier.example/</link><language>en</language>
<item><title>Togo reopens port to Ghanaian trucks</title><link>https://courier.example/1</link>
<guid isPermaLink="false">courier-1</guid><pubDate>Tue, 14 May 2019 08:30:00 +0000</pubDate>
<dc:creator>Ama Lawson</dc:creator><category>Trade</category>
<description>The crossing had been closed since March.</description>
<content:encoded><![CDATA[<p>%s</p><p>%s</p><p>%s</p>]]></content:encoded></item>
<item><title>Envoy visits Lom&#233; &amp; Cotonou</title><link>https://courier.example/2</link>
<guid>https://courier.example/2</guid><pubDate>Wed, 15 May 2019 18:00:00 GMT</pubDate>
<description>Ghana&apos;s envoy met officials of Togo and Benin &#8211; his third trip this year.</description></item>
</channel></rss>
""" % tuple(PARAGRAPHS)

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Lake Desk</title><id>urn:lake</id><updated>2020-02-03T10:00:00Z</updated>
<entry><title type="html">Malawi &amp;amp; Tanzania meet over lake border</title><id>urn:lake:1</id>
<link rel="alternate" href="https://lake.example/1"/><link rel="self" href="https://lake.example/1.atom"/>
<published>2020-02-03T09:00:00+02:00</published><updated>2020-02-03T10:00:00Z</updated>
<author><name>Chisomo Phiri</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Malawi and Tanzania held talks in Mzuzu on Monday.</p>
<p>Neither side gave way, but they agreed to meet again.</p></div></content></entry>
<entry><title>Fishing rights debated</title><id>urn:lake:2</id><link href="https://lake.example/2"/>
<updated>2020-02-04T09:00:00Z</updated><summary>Fishermen from both shores sent letters to their governments.</summary></entry>
</feed>
"""

BROKEN = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Broken & Sons</title>
<item><title>Peru & Chile sign fishing accord</title><guid>b1</guid><pubDate>Mon, 06 Jan 2014 10:00:00 GMT</pubDate>
<description>The accord&hellip; ends a dispute &mdash; and R&D goes on &nosuch; as before.\x01</description></item>
<item><title>Second item is never closed</title><guid>b2</guid><description>Bolivia asked Chile for talks.
<item><title>Third item</title><guid>b3</guid><description><![CDATA[Chile <b>refused</b> & said so.]]></description></item>
</foo><item><title>Fourth < fifth</title><guid>b4</guid><description>Quito recalled its envoy.</description></item>
<item><title>Cut off in the mid"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://ridge.example/a</loc><news:news><news:publication><news:name>Ridge Observer</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2021-11-05</news:publication_date>
<news:title>Nepal and Bhutan agree on power line</news:title></news:news></url>
<url><loc>https://ridge.example/about</loc></url>
<url><loc>https://ridge.example/b</loc><news:news><news:publication><news:name>Ridge Observer</news:name></news:publication>
<news:publication_date>2021-11-06T07:00:00+05:45</news:publication_date><news:title>Thimphu hosts border talks</news:title>
</news:news></url></urlset>
"""

NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2018-09-02T12:00:00Z</sent></header><itemSet>
<newsItem guid="tag:wire.example,2018:text-1" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Harbour Wire"><name>Harbour Wire</name></provider><versionCreated>2018-09-02T11:58:00Z</versionCreated>
<firstCreated>2018-09-01T09:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>Fiji sends engineers to Vanuatu</headline><by>By Mere Tora</by><dateline>SUVA (HW) -</dateline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
<p>Fiji sent forty engineers to Vanuatu on Saturday after the eruption, the government said.</p>
<p>Port Vila had asked its neighbours for help two days before.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="tag:wire.example,2018:pic-1"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentMeta><headline>Ash over Ambae</headline></contentMeta><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>
"""

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>ferry</title><docdata><doc-id id-string="hw-77"/><date.issue norm="20170311T080000Z"/></docdata></head>
<body><body.head><hedline><hl1>Ferry line to Kiribati resumes</hl1></hedline><byline>By Tion Rui</byline>
<dateline><location>TARAWA, Kiribati</location></dateline></body.head><body.content>
<p>Kiribati and Tuvalu signed a contract on Friday for a weekly ferry.</p><p>The first one sails in May.</p>
</body.content></body></nitf>
"""

BILLION = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<rss version="2.0"><channel><title>&c;</title><item><title>&c;</title></item></channel></rss>
"""

EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&secret;</title></item></channel></rss>
"""


# Web archives


def record(kind, uri, block, content_type, length=None, number=1):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2019-05-20T06:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body, fields="Content-Type: text/html; charset=utf-8", status="200 OK"):
    return f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode() + body


def chunked(body, size=300):
    out = b""
    for start in range(0, len(body), size):
        part = body[start : start + size]
        out += f"{len(part):x}\r\n".encode() + part + b"\r\n"
    return out + b"0\r\n\r\n"


def records():
    http = "application/http; msgtype=response"
    plain = page("Togo reopens port", PARAGRAPHS).encode()
    turkish = page("Bakanlar Lome'de buluştu", [
        "Dışişleri Bakanı salı günü Lome'de meslektaşıyla görüştü ve limanın haziran ayında yeniden açılacağını söyledi.",
        "İki ülke, ücretler konusundaki anlaşmazlık yüzünden sınır kapısını mart ayında kapatmıştı."], "iso-8859-9")
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    deflated = raw.compress(plain) + raw.flush()
    html = "Content-Type: text/html"
    return [
        record("warcinfo", "", b"software: none\r\n", "application/warc-fields", number=1),
        record("request", "https://courier.example/1", b"GET /1 HTTP/1.1\r\n\r\n", "application/http; msgtype=request", number=2),
        record("response", "https://courier.example/1", answer(plain), http, number=3),
        record("response", "https://courier.example/chunks", answer(chunked(plain), html + "\r\nTransfer-Encoding: chunked"), http, number=4),
        record("response", "https://courier.example/gzip", answer(chunked(packed(plain)), html + "\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip"), http, number=5),
        record("response", "https://courier.example/deflate", answer(deflated, html + "\r\nContent-Encoding: deflate"), http, number=6),
        record("response", "https://courier.example/tr", answer(turkish.encode("iso-8859-9"), html), http, number=7),
        record("response", "https://courier.example/gone", answer(b"gone", html, "404 Not Found"), http, number=8),
        record("response", "https://courier.example/a.jpg", answer(b"\xff\xd8\xff\xe0", "Content-Type: image/jpeg"), http, number=9),
        record("revisit", "https://courier.example/1", b"", http, number=10),
        record("response", "https://courier.example/br", answer(b"\x8b\x03\x80", html + "\r\nContent-Encoding: br"), http, number=11),
    ]


def archives():
    all_records = records()
    write("pages.warc", b"".join(all_records))
    members = [packed(item) for item in all_records]
    write("pages.warc.gz", b"".join(members))
    whole = b"".join(members)
    write("cut-off.warc.gz", whole[: len(b"".join(members[:6])) + len(members[6]) // 2])
    damaged = bytearray(whole)
    place = len(b"".join(members[:3])) + len(members[3]) // 2
    damaged[place : place + 6] = b"\x00\xff\x00\xff\x00\xff"
    write("damaged.warc.gz", bytes(damaged))
    http = "application/http; msgtype=response"
    body = answer(page("Togo reopens port", PARAGRAPHS).encode())
    lying = record("response", "https://courier.example/1", body, http, length=len(body) + 5000)
    write("wrong-length.warc.gz", packed(lying) + packed(all_records[2]))
    huge = record("response", "https://courier.example/1", body, http, length=10**18)
    write("huge-length.warc", all_records[2] + huge + all_records[2])
    bomb = record("response", "https://courier.example/1", answer(packed(b"\0" * 30_000_000), "Content-Type: text/html\r\nContent-Encoding: gzip"), http)
    write("body-bomb.warc.gz", packed(bomb) + packed(all_records[2]))
    write("bomb.warc.gz", packed(record("response", "https://courier.example/1", b" " * 40_000_000, http)) + packed(all_records[2]))
    write("strange.warc", b"these bytes are no record\r\n\r\n" + all_records[2] + b"\0\0\0\0")
    text = "\n".join(PARAGRAPHS).encode()
    write("text.warc.wet", record("conversion", "https://courier.example/1", text, "text/plain", number=1))
    write("text.warc.wet.gz", packed(record("conversion", "https://courier.example/1", text, "text/plain", number=1)))


# Encodings

TURKISH = [
    "Dışişleri Bakanı Şule Çağlayan, Perşembe günü Lizbon'da Portekizli meslektaşıyla görüştü.",
    "Görüşmede gümrük işlemleri, öğrenci değişimi ve deniz taşımacılığı ele alındı; iki ülke ağustosta yeniden buluşacak.",
    "Şirketler ışıklı tabelaları söktü, çünkü belediye yeni kuralları yürürlüğe koymuştu.",
]
ARABIC = [
    "التقى وزير الخارجية نظيره البرتغالي في لشبونة يوم الخميس وبحثا التجارة والتبادل الطلابي.",
    "وقال الوزير إن البلدين سيجتمعان مرة أخرى في شهر أغسطس وإن الشركات رحبت بالقرار.",
]
RUSSIAN = [
    "Министр иностранных дел встретился в четверг в Лиссабоне со своим португальским коллегой.",
    "Стороны обсудили торговлю и обмен студентами и договорились встретиться снова в августе.",
]
GERMAN = [
    "Der Außenminister traf am Donnerstag in Lissabon seinen portugiesischen Kollegen und sprach über Zölle.",
    "Beide Länder wollen sich im August wieder treffen, hieß es; größere Fragen blieben offen.",
]
NAMES = [
    "Şimşek and Çağlayan met in Eskişehir on Monday and signed an accord on tariffs, their offices said.",
    "Akdoğan, the mayor of Muğla, said that he had not been told; Işık and Güneş, two deputies, asked for a vote.",
]


def encodings():
    for name, text, encoding in [
        ("turkish-1254.txt", TURKISH, "cp1254"), ("turkish-8859-9.txt", TURKISH, "iso-8859-9"),
        ("turkish-utf8.txt", TURKISH, "utf-8"), ("turkish-utf16.txt", TURKISH, "utf-16"),
        ("arabic-1256.txt", ARABIC, "cp1256"), ("russian-1251.txt", RUSSIAN, "cp1251"),
        ("german-1252.txt", GERMAN, "cp1252"), ("turkish-names-1254.txt", NAMES, "cp1254"),
    ]:
        write(name, "\n\n".join(text).encode(encoding) + b"\n" * (encoding != "utf-16"))
    write("turkish-undeclared.html", page("Bakanlar buluştu", TURKISH).replace('<meta charset="utf-8">', "").encode("cp1254"))
    write("arabic-mislabelled.html", page("لقاء", ARABIC, "windows-1252").encode("utf-8"))
    write("mixed-languages.txt", "\n\n".join([
        "Ministers meet in Lisbon",
        "LISBON: Turkey and Portugal agreed on Thursday to meet again in August, officials of both countries said.",
        TURKISH[1], ARABIC[1],
        "The Portuguese minister thanked his colleague and said that students would profit from the accord.",
    ]) + "\n")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    write("feed.rss", RSS)
    write("feed.atom", ATOM)
    write("broken.rss", BROKEN)
    write("news-sitemap.xml", SITEMAP)
    write("newsml.xml", NEWSML)
    write("nitf.xml", NITF)
    write("billion-laughs.rss", BILLION)
    write("external-entity.rss", EXTERNAL)
    write("feed.rss.gz", packed(RSS.encode()))
    write("twice.gz", packed(packed(RSS.encode())))
    write("cut-off.gz", packed(RSS.encode() * 40)[:-400])
    write("windows-1254.rss", RSS.replace('encoding="UTF-8"', 'encoding="windows-1254"')
          .replace("Gulf of Guinea Courier", "Şişli Haber").encode("cp1254"))
    write("comments.txt", COMMENTS)
    write("page.html", PAGE)
    archives()
    encodings()


if __name__ == "__main__":
    main()
