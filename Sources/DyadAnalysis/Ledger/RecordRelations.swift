import DyadCodebook
import DyadCore

/// Finds records that have to do with each other without being one: the agreement signed during a visit.
struct RecordRelations {
    let lexicon: LedgerLexicon

    /// The records with their relations.
    func related(_ records: [EventRecord]) -> [EventRecord] {
        var out = records
        var byPair: [String: [Int]] = [:]
        for (index, record) in records.enumerated() {
            for document in Set(record.members.map(\.event.document)) {
                byPair["\(document)|\(Self.bodies(record).joined(separator: " "))", default: []].append(index)
            }
        }
        var seen: Set<[Int]> = []
        for group in byPair.values where group.count > 1 {
            for (place, i) in group.enumerated() {
                for j in group[(place + 1)...].prefix(20) where seen.insert([i, j]).inserted {
                    relate(&out, i, j)
                }
            }
        }
        for index in out.indices where out[index].related.count > 1 { out[index].related.sort { $0.id < $1.id } }
        return out
    }

    private func relate(_ records: inout [EventRecord], _ i: Int, _ j: Int) {
        let (left, right) = (records[i].lead, records[j].lead)
        guard let first = left.days, let second = right.days, first.first <= second.last, second.first <= first.last
        else { return }
        if lexicon.during.contains("\(left.type.rawValue) \(right.type.rawValue)") {
            records[j].related.append(RelatedRecord(id: records[i].id, relation: "during"))
        } else if lexicon.during.contains("\(right.type.rawValue) \(left.type.rawValue)") {
            records[i].related.append(RelatedRecord(id: records[j].id, relation: "during"))
        }
    }

    private static func bodies(_ record: EventRecord) -> [String] {
        Set((record.sourceActors + record.targetActors).compactMap(\.code.body)).sorted()
    }
}
