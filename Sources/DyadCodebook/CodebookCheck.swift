import DyadCore
public import Foundation
import Yams

/// Looks through the files of the PLOVER codebook for what its reader lets pass: unknown keys and names, scores out of
/// range, modes that no definition names.
public struct CodebookCheck {
    /// In the order of the files.
    public private(set) var mistakes: [DataError] = []
    private let folder: URL
    private var modes: [EventType: Set<String>] = [:]

    /// Reads `codebook/` in a data folder.
    public init(folder: URL) {
        self.folder = folder
        readDefinitions()
        readScores()
        readCodes()
    }

    private mutating func note(_ file: String, _ line: Int, _ column: Int, _ message: String) {
        mistakes.append(DataError(file: file, line: line, column: column, message: message))
    }

    /// A file that cannot be read is told by the reader that needs it.
    private func text(_ file: String) -> String? {
        try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }

    // MARK: - Definitions

    private mutating func readDefinitions() {
        let file = "codebook/plover.yaml"
        guard let text = text(file), let root = try? Yams.compose(yaml: text)?.mapping else { return }
        for (key, value) in root {
            switch key.string ?? "" {
            case "version": break
            case "events": for (name, entry) in value.mapping ?? [:] { readEvent(name, entry, file) }
            case "contexts":
                for (name, entry) in value.mapping ?? [:] { readFields(name, entry, ["definition", "words"], file) }
            default: unknown(key, "version, events, contexts", file)
            }
        }
    }

    private mutating func readEvent(_ name: Node, _ entry: Node, _ file: String) {
        guard let type = EventType(rawValue: name.string ?? "") else {
            return note(file, line(name), column(name), "\(name.string ?? "this") is no PLOVER event")
        }
        readFields(name, entry, ["definition", "quad", "boundaries", "modes"], file)
        if let quad = entry["quad"], quad.int != type.quad {
            note(file, line(quad), column(quad), "\(type.rawValue) has quad \(type.quad)")
        }
        if let boundaries = entry["boundaries"], boundaries.sequence == nil {
            note(file, line(boundaries), column(boundaries), "boundaries is a list of sentences")
        }
        var names: Set<String> = []
        for (mode, definition) in entry["modes"]?.mapping ?? [:] {
            if !names.insert(mode.string ?? "").inserted {
                note(file, line(mode), column(mode), "\(mode.string ?? "") stands twice")
            }
            if (definition.string ?? definition["definition"]?.string ?? "").isEmpty {
                note(file, line(mode), column(mode), "the mode \(mode.string ?? "") has no definition")
            }
        }
        modes[type] = names
    }

    private mutating func readFields(_ name: Node, _ entry: Node, _ allowed: [String], _ file: String) {
        for (key, _) in entry.mapping ?? [:] where !allowed.contains(key.string ?? "") {
            unknown(key, allowed.joined(separator: ", "), file)
        }
        if (entry["definition"]?.string ?? "").isEmpty {
            note(file, line(name), column(name), "\(name.string ?? "this") has no definition")
        }
    }

    private mutating func unknown(_ key: Node, _ allowed: String, _ file: String) {
        note(file, line(key), column(key), "\(key.string ?? "this") is none of \(allowed)")
    }

    private func line(_ node: Node) -> Int { node.mark?.line ?? 0 }
    private func column(_ node: Node) -> Int { node.mark?.column ?? 0 }

    // MARK: - Tables

    /// Cells of a table with the number of their line; the header is left out.
    private func rows(_ file: String) -> [(line: Int, cells: [String])] {
        (text(file) ?? "").split(separator: "\n", omittingEmptySubsequences: false).enumerated().dropFirst()
            .filter { !$0.element.isEmpty }
            .map { ($0.offset + 1, Codebook.cells(String($0.element)).first ?? []) }
    }

    private mutating func readScores() {
        let file = "codebook/plover_scores.csv"
        for (line, cells) in rows(file) {
            guard cells.count >= 3 else {
                note(file, line, 0, "event, mode and score are expected")
                continue
            }
            guard let type = EventType(rawValue: cells[0]) else {
                note(file, line, 1, "\(cells[0]) is no PLOVER event")
                continue
            }
            if !cells[1].isEmpty, modes[type]?.contains(cells[1]) == false {
                note(file, line, 2, "\(cells[1]) is no mode of \(cells[0])")
            }
            if !(-10...10).contains(Double(cells[2]) ?? .infinity) {
                note(file, line, 3, "a score is a number from -10 to 10")
            }
        }
        let goldstein = "codebook/goldstein.csv"
        for (line, cells) in rows(goldstein) where !(-10...10).contains(cells.count > 1 ? Double(cells[1]) ?? 99 : 99) {
            note(goldstein, line, 2, "a score is a number from -10 to 10")
        }
    }

    private mutating func readCodes() {
        let file = "codebook/cameo.csv"
        for (line, cells) in rows(file) {
            if cells.count < 4 {
                note(file, line, 0, "code, event, mode and context are expected")
            } else if EventType(rawValue: cells[1]) == nil {
                note(file, line, 2, "\(cells[1]) is no PLOVER event")
            }
        }
    }
}
