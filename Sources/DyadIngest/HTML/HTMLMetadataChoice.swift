import DyadCore

/// Chooses among the statements of a page; those not chosen are kept with it.
struct HTMLMetadataChoice {
    private let finds: [MetadataFind]
    private let lexicon: BlockLexicon

    init(finds: [MetadataFind], lexicon: BlockLexicon, url: String?) {
        self.finds = finds
        self.lexicon = lexicon
    }

    private func first(_ field: MetadataFind.Field, _ sources: [String]) -> String? {
        for source in sources {
            if let find = finds.first(where: { $0.field == field && $0.source == source }) { return find.value }
        }
        return finds.first { $0.field == field && $0.source.hasPrefix("meta ") }?.value
    }

    var publisher: String? { first(.publisher, ["json-ld", "meta og:site_name"]) }
    var section: String? { first(.section, ["json-ld", "meta article:section"]) }
    var deck: String? { first(.deck, [OutletReading.source, "json-ld", "meta og:description"]) }
}

// Headline.
extension HTMLMetadataChoice {
    /// What the page tells search engines, unless it was cut short there; else the printed headline that other
    /// statements bear out; else the first told.
    var title: String? {
        if let ruled = values(OutletReading.source).first { return ruled }
        let headlines = values("text h1")
        let told = finds.filter { $0.field == .title && $0.source != "text h1" }.map(\.value)
        let data = values("json-ld")
        let shown = headlines.first { headline in told.contains { agrees($0, headline) } }
        if let best = data.first(where: { shown.map(HTMLLabeller.key) == HTMLLabeller.key($0) }) ?? data.first {
            let isCut = shown.map { HTMLLabeller.key($0).hasPrefix(HTMLLabeller.key(best.trimmedEllipsis)) } ?? false
            return isCut && shown.map { $0.count > best.count } == true ? shown : withoutOutlet(best, mayCut: false)
        }
        if let shown {
            return told.first { HTMLLabeller.key($0) == HTMLLabeller.key(shown) && $0.count > shown.count } ?? shown
        }
        let best = first(.title, ["meta og:title", "itemprop headline", "title"]) ?? headlines.first
        return best.map { withoutOutlet($0, mayCut: true) }
    }

    private func values(_ source: String) -> [String] {
        finds.filter { $0.field == .title && $0.source == source }.map(\.value)
    }

    /// The same words, one of them perhaps with the outlet's name behind.
    private func agrees(_ told: String, _ headline: String) -> Bool {
        let told = HTMLLabeller.key(told), headline = HTMLLabeller.key(headline)
        return headline.count >= 8 && (told == headline || told.hasPrefix(headline))
    }

    /// Without the outlet's name, or without whatever stands behind a bar.
    private func withoutOutlet(_ title: String, mayCut: Bool) -> String {
        for mark in [" | ", " - ", " – ", " — ", " » ", " :: "] {
            guard let range = title.ranges(of: mark).last else { continue }
            let tail = title[range.upperBound...]
            let isOutlet = publisher.map { HTMLLabeller.key($0) == HTMLLabeller.key(String(tail)) } ?? false
            if isOutlet || (mayCut && mark == " | ") { return String(title[..<range.lowerBound]) }
        }
        return title
    }
}

// Authors.
extension HTMLMetadataChoice {
    /// Names from the best source that has any.
    var authors: [String] {
        for source in [OutletReading.source, "json-ld", "itemprop author", "json-ld organisation", "json-ld page"] {
            let names = cleaned(finds.filter { $0.field == .author && $0.source == source }.map(\.value))
            if !names.isEmpty { return names }
        }
        return cleaned(finds.filter { $0.field == .author && $0.source.hasPrefix("meta ") }.map(\.value))
    }

    private func cleaned(_ values: [String]) -> [String] {
        var out: [String] = []
        for value in values where !value.contains("://") && !value.hasPrefix("@") && !value.contains("facebook.com") {
            for name in split(value) where !out.contains(where: { $0.lowercased() == name.lowercased() }) {
                out.append(name)
            }
        }
        return out
    }

    private func split(_ value: String) -> [String] {
        var text = value
        for opening in ["By ", "by ", "BY "] where text.hasPrefix(opening) { text.removeFirst(opening.count) }
        for joiner in [" and ", " & ", ";", " und ", " et ", " y "] { text = text.replacing(joiner, with: ",") }
        return text.split(separator: ",").map { $0.singleSpaced }.filter { !$0.isEmpty }
    }
}

// Date.
extension HTMLMetadataChoice {
    /// The day of first publication and the words that gave it.
    var published: (date: CalendarDate, text: String)? {
        for source in [
            OutletReading.source, "json-ld", "meta article:published_time", "itemprop datePublished", "meta",
            "json-ld page", "time",
        ] {
            for find in finds
            where find.field == .published
                && (find.source == source || (source == "meta" && find.source.hasPrefix("meta ")))
            {
                if let date = date(find.value) { return (date, find.value) }
            }
        }
        return nil
    }

    /// An ISO day, or a date in words.
    private func date(_ text: String) -> CalendarDate? {
        if let date = CalendarDate(text) { return date }
        let bytes = Array(text.utf8)
        if bytes.count >= 8, bytes.prefix(8).allSatisfy({ (0x30...0x39).contains($0) }) {
            let digits = text.prefix(8)
            if let date = CalendarDate("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))") {
                return date
            }
        }
        let pieces = PieceReader.pieces(of: bytes, in: 0..<min(bytes.count, 120))
        return PublicationReader(lexicon: lexicon).dates(in: pieces).first?.date
    }
}

extension String {
    /// Without the dots that stand for what was cut off.
    fileprivate var trimmedEllipsis: String {
        for ending in ["...", "…"] where hasSuffix(ending) { return String(dropLast(ending.count)) }
        return self
    }
}
