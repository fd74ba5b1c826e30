import DyadCore
import DyadExchange

/// Records and claims as lines for people and as JSON.
enum LedgerText {
    /// A record: what, who, when, how sure, then its tellings with the reasons.
    static func text(_ record: EventRecord) -> String {
        let sources = record.sourceActors.map(\.code.description).joined(separator: " + ")
        let targets = record.targetActors.map(\.code.description).joined(separator: " + ")
        var lines = [
            "\(record.date?.value ?? "undated")  \(record.type.rawValue)\(record.mode.map { " \($0)" } ?? "")  "
                + "\(sources)\(targets.isEmpty ? "" : " > \(targets)")\(record.place.map { ", \($0.name)" } ?? "")",
            "  \(record.status.rawValue) (\(record.reason)); \(record.reports) reports, \(record.outlets) outlets; record \(record.id)",
        ]
        lines += record.figures.map { "  " + text($0) }
        for member in record.members {
            lines.append(
                "  - \(member.event.document) [\(member.outlet)] \(member.event.factuality.rawValue): \(member.event.text)"
            )
            if let joined = member.joined {
                lines.append("    joined \(joined), \(rounded(member.likeness)): \(member.reason)")
            }
        }
        lines += record.related.map { "  \($0.relation) \($0.id)" }
        return lines.joined(separator: "\n")
    }

    /// A claim: what, how sure, who takes which stance, the figures.
    static func text(_ claim: Claim) -> String {
        var lines = ["\(claim.status.rawValue)  \(claim.proposition)", "  \(claim.reason); claim \(claim.id)"]
        for position in claim.positions {
            let actor = position.actor.map { " (\($0))" } ?? ""
            lines.append(
                "  - \(position.holder)\(actor) \(position.stance.rawValue) [\(position.document)]: \(position.text)")
        }
        lines += claim.figures.map { "  " + text($0) }
        return lines.joined(separator: "\n")
    }

    private static func text(_ range: FigureRange) -> String {
        func number(_ value: Double?) -> String { value.map { plain($0) } ?? "?" }
        return "\(range.thing)\(range.unit.map { " (\($0))" } ?? ""): \(number(range.low)) – \(number(range.best)) – "
            + "\(number(range.high)); best: \(range.reason)"
    }

    /// Whole numbers without a point.
    private static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    /// A record as one JSON object.
    static func json(_ record: EventRecord) -> String {
        var writer = JSONWriter(capacity: 2048)
        writer.object { writer in
            writer.key("record"); writer.string(record.id)
            writer.key("event"); writer.string(record.type.rawValue)
            writer.key("mode"); writer.string(record.mode)
            writer.key("source_actor"); strings(record.sourceActors.map(\.code.description), &writer)
            writer.key("target_actor"); strings(record.targetActors.map(\.code.description), &writer)
            writer.key("date"); writer.string(record.date?.value)
            writer.key("place"); writer.string(record.place?.name)
            writer.key("status"); writer.string(record.status.rawValue)
            writer.key("reason"); writer.string(record.reason)
            writer.key("reports"); writer.integer(record.reports)
            writer.key("outlets"); writer.integer(record.outlets)
            writer.key("figures"); figures(record.figures, &writer)
            writer.key("tellings")
            writer.array { writer in
                for member in record.members {
                    writer.object { writer in
                        writer.key("id"); writer.string(member.event.id)
                        writer.key("document"); writer.string(member.event.document)
                        writer.key("outlet"); writer.string(member.outlet)
                        writer.key("factuality"); writer.string(member.event.factuality.rawValue)
                        writer.key("span"); writer.span(member.event.span) { $0 }
                        writer.key("text"); writer.string(member.event.text)
                        writer.key("joined"); writer.string(member.joined)
                        writer.key("likeness"); writer.number(rounded(member.likeness))
                        writer.key("reason"); writer.string(member.reason)
                    }
                }
            }
            writer.key("related")
            writer.array { writer in
                for other in record.related {
                    writer.object {
                        $0.key("record"); $0.string(other.id)
                        $0.key("relation"); $0.string(other.relation)
                    }
                }
            }
        }
        return writer.text
    }

    /// A claim as one JSON object.
    static func json(_ claim: Claim) -> String {
        var writer = JSONWriter(capacity: 2048)
        writer.object { writer in
            writer.key("claim"); writer.string(claim.id)
            writer.key("proposition"); writer.string(claim.proposition)
            writer.key("status"); writer.string(claim.status.rawValue)
            writer.key("reason"); writer.string(claim.reason)
            writer.key("record"); writer.string(claim.record)
            writer.key("positions")
            writer.array { writer in
                for position in claim.positions {
                    writer.object { writer in
                        writer.key("holder"); writer.string(position.holder)
                        writer.key("actor"); writer.string(position.actor)
                        writer.key("stance"); writer.string(position.stance.rawValue)
                        writer.key("document"); writer.string(position.document)
                        writer.key("span"); writer.span(position.span) { $0 }
                        writer.key("text"); writer.string(position.text)
                    }
                }
            }
            writer.key("figures"); figures(claim.figures, &writer)
        }
        return writer.text
    }

    private static func strings(_ values: [String], _ writer: inout JSONWriter) {
        writer.array { for value in values { $0.string(value) } }
    }

    private static func figures(_ ranges: [FigureRange], _ writer: inout JSONWriter) {
        writer.array { writer in
            for range in ranges {
                writer.object { writer in
                    writer.key("thing"); writer.string(range.thing)
                    writer.key("unit"); writer.string(range.unit)
                    writer.key("low"); writer.number(range.low)
                    writer.key("best"); writer.number(range.best)
                    writer.key("high"); writer.number(range.high)
                    writer.key("rule"); writer.string(range.rule)
                    writer.key("tellings")
                    writer.array { writer in
                        for telling in range.tellings {
                            writer.object { writer in
                                writer.key("value"); writer.number(telling.value)
                                writer.key("document"); writer.string(telling.document)
                                writer.key("holder"); writer.string(telling.holder)
                                writer.key("span"); writer.span(telling.span) { $0 }
                                writer.key("text"); writer.string(telling.text)
                                writer.key("withdrawn"); writer.boolean(telling.isWithdrawn)
                            }
                        }
                    }
                }
            }
        }
    }
}
