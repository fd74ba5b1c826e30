import DyadCore
import DyadExchange
import DyadIngest

/// An article as a line of JSON, which `dyad code --jsonl` takes as a record.
struct ArticleLine {
    let article: Article

    var document: Document { article.document }

    /// Changes when anything of the article does.
    var hash: String {
        var hash = StableHash()
        hash.combine(text)
        hash.combine(article.title ?? "")
        hash.combine((document.published ?? article.published)?.description ?? "")
        hash.combine(document.publisher ?? article.publisher ?? "")
        return String(hash.hex.prefix(16))
    }

    /// Paragraphs and subheadings, parted by empty lines, datelines included.
    var text: String {
        var out = ""
        var isOpen = false
        for block in article.blocks {
            switch block.label {
            case .dateline, .deskTag, .paragraph, .subheading:
                let words = document.text(block.span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
                if words.isEmpty { continue }
                if !out.isEmpty { out += isOpen ? " " : "\n\n" }
                out += words
                isOpen = block.label == .dateline || block.label == .deskTag
            default: break
            }
        }
        return out
    }

    /// The line, without a line feed.
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("id"); writer.string(document.name)
            writer.key("title"); writer.string(article.title)
            writer.key("date"); writer.string((document.published ?? article.published)?.description)
            writer.key("publisher"); writer.string(document.publisher ?? article.publisher)
            writer.key("url"); writer.string(document.url ?? article.metadata.first { $0.field == .url }?.value)
            writer.key("authors"); writer.array(article.byline) { $0.string($1) }
            writer.key("section"); writer.string(article.section)
            writer.key("deck"); writer.string(article.deck)
            writer.key("text"); writer.string(text)
            writer.key("captions"); writer.array(captions) { $0.string($1) }
            writer.key("comments"); writer.integer(article.comments.count)
            writer.key("hash"); writer.string(hash)
            writer.key("place")
            if let place = document.place { Self.write(place, &writer) } else { writer.null() }
            writer.key("notes"); writer.array(article.diagnostics.map(\.summary)) { $0.string($1) }
        }
        return writer.text
    }

    private var captions: [String] {
        article.blocks.filter { $0.label == .caption }.map {
            document.text($0.span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    private static func write(_ place: DocumentPlace, _ writer: inout JSONWriter) {
        writer.object {
            $0.key("file"); $0.string(place.file)
            $0.key("number"); $0.integer(place.number)
            $0.key("byte"); $0.integer(place.byte)
            $0.key("identifier"); $0.string(place.identifier)
        }
    }
}
