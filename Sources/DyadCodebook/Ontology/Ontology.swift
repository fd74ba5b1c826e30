public import DyadCore
public import Foundation

/// A codebook beside PLOVER: codes with their definitions, and lines that say which events they stand for.
///
/// A folder holds `codebook.yaml` (name, version, codes), `patterns.tsv` (events and words that give a code) and a
/// mapping from PLOVER events for what no pattern speaks of. CAMEO is shipped in this form.
public struct Ontology: Sendable {
    /// What a code means.
    public struct Code: Sendable, Equatable {
        public var definition: String
        /// The code that it refines.
        public var parent: String?
        /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        public var quad: Int?
        /// Conflict–cooperation score.
        public var score: Double?
        /// Line of the file, from 1.
        public var line: Int
    }

    public internal(set) var name: String
    public internal(set) var version = ""
    public internal(set) var codes: [String: Code] = [:]
    /// In order of the file.
    public internal(set) var patterns: [CodePattern] = []
    /// Conventions of older programs, by name.
    public internal(set) var conventions: [String: CodingConvention] = [:]
    var mapping = CodeMapping()
    private var byEvent: [EventType: [CodePattern]] = [:]

    init(name: String) { self.name = name }

    /// Reads a folder, called `label` in messages; the patterns may name word classes of the triggers.
    init(folder: URL, label: String, triggers: TriggerLexicon, errors: inout [DataError]) {
        var reader = OntologyReader(folder: folder, label: label, triggers: triggers)
        reader.read()
        self = reader.ontology
        errors += reader.errors
        // The most specific line first; among equals the first of the file.
        let ranked = patterns.enumerated().sorted {
            ($1.element.specificity, $0.offset) < ($0.element.specificity, $1.offset)
        }
        for type in EventType.allCases {
            byEvent[type] = ranked.map(\.element).filter { $0.events.isEmpty || $0.events.contains(type) }
        }
    }

    /// Lines that speak of an event, the most specific first.
    public func patterns(of type: EventType) -> [CodePattern] { byEvent[type] ?? [] }

    /// The code that the mapping gives to an event for which no pattern speaks.
    public func mapped(_ type: EventType, mode: String?, contexts: [String]) -> String? {
        mapping.code(type, mode: mode, contexts: contexts)
    }

    /// Codes that refine a code, in order.
    public func children(of code: String) -> [String] {
        codes.filter { $0.value.parent == code }.map(\.key).sorted()
    }
}
