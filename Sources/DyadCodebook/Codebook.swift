public import DyadCore
import Foundation
import Yams

/// The ontology as data: definitions, modes, contexts, scores and the CAMEO codes behind them.
public struct Codebook: Sendable {
    /// What one event type means.
    public struct Entry: Sendable {
        public var definition: String
        public var quad: Int
        public var boundaries: [String]
        /// Definitions by mode.
        public var modes: [String: String]
    }

    public private(set) var version = ""
    public private(set) var entries: [EventType: Entry] = [:]
    /// Cue words by context.
    public private(set) var contextWords: [String: [String]] = [:]
    public private(set) var contextDefinitions: [String: String] = [:]
    private var scores: [String: Double] = [:]
    private var goldsteinScores: [String: Double] = [:]
    private var cameoCodes = CodeMapping()
    /// Event and mode of each CAMEO code.
    public private(set) var cameoEvents: [String: (event: String, mode: String)] = [:]
    /// PLOVER sector of each three-letter CAMEO role.
    public private(set) var cameoSectors: [String: String] = [:]

    /// Reads `codebook/` in the data folder.
    init(folder: URL, errors: inout [DataError]) {
        readDefinitions(folder, &errors)
        for row in Self.csv("codebook/plover_scores.csv", folder, &errors) where row.count >= 3 {
            scores[row[1].isEmpty ? row[0] : "\(row[0])/\(row[1])"] = Double(row[2])
        }
        for row in Self.csv("codebook/goldstein.csv", folder, &errors) where row.count >= 2 {
            goldsteinScores[row[0]] = Double(row[1])
        }
        for row in Self.csv("codebook/cameo.csv", folder, &errors) where row.count >= 4 {
            cameoCodes.add(row[0], event: row[1], mode: row[2], context: row[3])
            cameoEvents[row[0]] = (row[1], row[2])
        }
        for row in Self.csv("codebook/cameo_roles.csv", folder, &errors) where row.count >= 2 {
            cameoSectors[row[0]] = row[1]
        }
    }

    private mutating func readDefinitions(_ folder: URL, _ errors: inout [DataError]) {
        let name = "codebook/plover.yaml"
        guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
            errors.append(DataError(file: name, line: 0, column: 0, message: "the file is missing or is not UTF-8"))
            return
        }
        let root: [String: Any]
        do { root = try Yams.load(yaml: text) as? [String: Any] ?? [:] } catch let error as YamlError {
            errors.append(Self.mistake(error, in: name))
            return
        } catch {
            errors.append(DataError(file: name, line: 0, column: 0, message: error.localizedDescription))
            return
        }
        version = root["version"] as? String ?? "\(root["version"] ?? "unknown")"
        let events = root["events"] as? [String: Any] ?? root
        for type in EventType.allCases {
            guard let entry = events[type.rawValue] as? [String: Any] else {
                errors.append(DataError(file: name, line: 0, column: 0, message: "no entry for \(type.rawValue)"))
                continue
            }
            entries[type] = Entry(
                definition: entry["definition"] as? String ?? "", quad: entry["quad"] as? Int ?? type.quad,
                boundaries: entry["boundaries"] as? [String] ?? [], modes: Self.definitions(entry["modes"]))
        }
        for (context, value) in root["contexts"] as? [String: Any] ?? [:] {
            let fields = value as? [String: Any] ?? [:]
            contextWords[context] = (fields["words"] as? [Any] ?? []).map { "\($0)" }
            contextDefinitions[context] = fields["definition"] as? String ?? ""
        }
    }

    /// Yams knows the place of most mistakes.
    static func mistake(_ error: YamlError, in name: String) -> DataError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            DataError(file: name, line: mark.line, column: mark.column, message: problem)
        default: DataError(file: name, line: 0, column: 0, message: "\(error)")
        }
    }

    private static func definitions(_ value: Any?) -> [String: String] {
        (value as? [String: Any] ?? [:]).mapValues {
            $0 as? String ?? ($0 as? [String: Any])?["definition"] as? String ?? ""
        }
    }

    /// Rows of a comma-separated file without its header; quotes around a cell are taken off.
    private static func csv(_ name: String, _ folder: URL, _ errors: inout [DataError]) -> [[String]] {
        guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8) else {
            errors.append(DataError(file: name, line: 0, column: 0, message: "the file is missing or is not UTF-8"))
            return []
        }
        return Array(cells(text).dropFirst())
    }

    /// The cells of each line; a comma between quotes parts nothing.
    static func cells(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            var out = [""], isQuoted = false
            for character in line where character != "\r" {
                switch character {
                case "\"": isQuoted.toggle()
                case "," where !isQuoted: out.append("")
                default: out[out.count - 1].append(character)
                }
            }
            return out
        }
    }

    /// PLOVER score of an event, -10 to 10; the mode's own where there is one.
    public func intensity(_ type: EventType, mode: String?) -> Double? {
        mode.flatMap { scores["\(type.rawValue)/\($0)"] } ?? scores[type.rawValue]
    }

    /// The nearest CAMEO code of an event.
    public func cameo(_ type: EventType, mode: String?, contexts: [String]) -> String? {
        cameoCodes.code(type, mode: mode, contexts: contexts)
    }

    /// Goldstein score of a CAMEO code.
    public func goldstein(_ cameo: String) -> Double? { goldsteinScores[cameo] }

    /// True for a mode that the codebook names under an event.
    public func hasMode(_ mode: String, of type: EventType) -> Bool { entries[type]?.modes[mode] != nil }
}
