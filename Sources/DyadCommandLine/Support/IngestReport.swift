import DyadExchange
import DyadFetch
import DyadIngest

/// Account of an ingest: what was read, what was refused and why.
struct IngestReport {
    /// A file, or an article of it, that could not be read.
    struct Refusal {
        var file: String
        var reason: String
    }

    var files = 0
    var formats: [String: Int] = [:]
    var added = 0
    var changed = 0
    var unchanged = 0
    /// Documents of the store that are copies of another; nil when nothing was stored.
    var copies: Int?
    var refusals: [Refusal] = []
    var notes: [Refusal] = []
    var leftOut: [String: Int] = [:]
    /// Items of archives that are no articles, such as pictures.
    var skipped: [String: Int] = [:]

    /// Addresses that were asked for, by what came of it; empty when nothing was fetched.
    var fetched: [String: Int] = [:]

    /// Takes what came of an address.
    mutating func take(_ outcome: Fetcher.Outcome, of address: String) {
        switch outcome.kind {
        case .new: fetched["new", default: 0] += 1
        case .changed: fetched["changed", default: 0] += 1
        case .unchanged: fetched["unchanged", default: 0] += 1
        case .failed(let error):
            fetched["failed", default: 0] += 1
            let rest = outcome.file == nil ? "" : "; what was kept before is read"
            refusals.append(.init(file: address, reason: error.reason + rest))
        }
    }

    var articles: Int { added + changed + unchanged }

    /// Takes what a file gave.
    mutating func take(_ report: CollectionReport, of file: String) {
        // A file of which nothing could be read was refused, however politely.
        if report.documents == 0, report.refusals.isEmpty, let stop = report.stop {
            refusals.append(Refusal(file: file, reason: stop))
            return
        }
        files += 1
        formats[report.format, default: 0] += 1
        for (kind, count) in report.skipped { skipped[kind, default: 0] += count }
        refusals += report.refusals.map { Refusal(file: file, reason: $0.reason) }
        notes += report.notes.map { Refusal(file: file, reason: $0) }
    }

    /// The account in lines.
    var lines: [String] {
        var out: [String] = []
        if !fetched.isEmpty { out.append("fetched: \(Self.counts(fetched))") }
        out.append(
            "\(files) \(files == 1 ? "file" : "files") read, \(articles) \(articles == 1 ? "article" : "articles"): "
                + "\(added) new, \(changed) changed, \(unchanged) already there"
        )
        if let copies, copies > 0 { out.append("copies of other documents in the store: \(copies)") }
        if !formats.isEmpty { out.append("formats: \(Self.counts(formats))") }
        if !leftOut.isEmpty { out.append("left out, since no reports: \(Self.list(leftOut))") }
        if !skipped.isEmpty { out.append("passed over in archives: \(Self.list(skipped))") }
        out += Self.lines(notes).map { "note: \($0)" }
        if !refusals.isEmpty { out.append("refused: \(refusals.count)") }
        return out + Self.lines(refusals).map { "  \($0)" }
    }

    /// The entries of each file, but not all of very many.
    private static func lines(_ entries: [Refusal]) -> [String] {
        var out: [String] = []
        var shown: [String: Int] = [:]
        for entry in entries {
            shown[entry.file, default: 0] += 1
            if shown[entry.file, default: 0] <= 20 { out.append("\(entry.file): \(entry.reason)") }
        }
        for (file, count) in shown.sorted(by: { $0.key < $1.key }) where count > 20 {
            out.append("\(file): \(count - 20) more")
        }
        return out
    }

    /// Kinds with their numbers behind, in words that fit every number.
    private static func list(_ counts: [String: Int]) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) (\($0.value))" }.joined(
            separator: ", ")
    }

    private static func counts(_ counts: [String: Int]) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(
            separator: ", ")
    }

    /// The account as JSON.
    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            for (key, value) in [
                ("files", files), ("articles", articles), ("new", added), ("changed", changed),
                ("unchanged", unchanged), ("copies", copies),
            ] as [(String, Int?)] {
                writer.key(key)
                writer.integer(value)
            }
            for (key, counts) in [
                ("fetched", fetched), ("formats", formats), ("left_out", leftOut), ("passed_over", skipped),
            ] {
                writer.key(key)
                writer.object { writer in
                    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
                        writer.key(name)
                        writer.integer(count)
                    }
                }
            }
            for (key, list) in [("refused", refusals), ("notes", notes)] {
                writer.key(key)
                writer.array(list) { writer, entry in
                    writer.object {
                        $0.key("file"); $0.string(entry.file)
                        $0.key("reason"); $0.string(entry.reason)
                    }
                }
            }
        }
        return writer.text
    }
}
