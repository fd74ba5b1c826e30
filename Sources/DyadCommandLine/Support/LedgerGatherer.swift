import DyadAnalysis
import DyadCore
import DyadExchange
import DyadPipeline
import Foundation

/// Codes files and merges what they tell.
struct LedgerGatherer {
    private(set) var ledger = Ledger.merge(events: [])
    /// Inputs that could not be read, each with the reason.
    private(set) var failures: [String] = []
    private var sightings: [Sighting] = []

    /// Reads and merges files.
    ///
    /// - Throws: `ExitCode` when the data for reading files is broken.
    static func gather(_ files: [URL], _ session: Session) throws -> LedgerGatherer {
        var out = LedgerGatherer()
        var events: [Event] = [], reports: [Report] = [], statements: [Statement] = []
        let reader = StatementReader()
        let matcher = SightingMatcher()
        try session.code(files) { _, outcome in
            switch outcome {
            case .failed(let reason), .refused(let reason): out.failures.append(reason)
            case .noted: break
            case .coded(let articles):
                for article in articles {
                    events += article.events
                    statements += reader.statements(in: article)
                    reports.append(report(article))
                    out.sightings += matcher.sightings(in: article)
                }
            }
        }
        out.ledger = Ledger.merge(events: events, reports: reports, statements: statements)
        return out
    }

    /// What is known about a report besides its events.
    static func report(_ article: AnnotatedArticle) -> Report {
        let document = article.article.document
        return Report(
            document: document.name, outlet: document.publisher ?? article.article.publisher,
            published: article.documentTime)
    }

    /// One JSON object for each happening: the records, and the words that come back to them without being coded.
    func incidents(_ ledger: Ledger) -> [String] {
        let mentions = SightingMatcher().matches(ledger.records, sightings)
        return ledger.records.enumerated().map { index, record in
            var seen: Set<String> = []
            var places: [(document: String, span: Span)] = []
            for place in record.tellings.map({ ($0.document, $0.triggerSpan) })
                + mentions[index].map({ (sightings[$0].document, sightings[$0].span) })
            where seen.insert("\(place.0) \(place.1.start)").inserted { places.append(place) }
            var writer = JSONWriter(capacity: 512)
            writer.object { writer in
                writer.key("incident"); writer.string(record.id)
                writer.key("reports")
                writer.array { writer in
                    for place in places {
                        writer.object {
                            $0.key("document"); $0.string(place.document)
                            $0.key("span"); $0.span(place.span) { $0 }
                        }
                    }
                }
            }
            return writer.text
        }
    }
}
