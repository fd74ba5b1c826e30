import DyadData
public import Foundation

/// All knowledge of the data folder, read once and shared.
public struct Knowledge: Sendable {
    /// The folder it was read from.
    public let folder: URL
    public let codebook: Codebook
    public let triggers: TriggerLexicon
    public let actors: ActorLexicon
    public let references: ReferenceLexicon
    public let gazetteer: Gazetteer
    public let cues: CueLexicon
    public let times: TimeLexicon
    public let quantities: QuantityLexicon
    /// CAMEO down to four digits; nil when the folder holds none.
    public let cameo: Ontology?
    /// A codebook of the user's choice, beside PLOVER.
    public let own: Ontology?
    /// Phrases of a user's lexicon that stop the coding or name a subject.
    public let ownPhrases: OwnPhrases

    /// Reads a data folder, and a user's additional lexicon whose lines stand before those of the data folder.
    ///
    /// - Parameters:
    ///   - folder: the data folder.
    ///   - additional: a folder of the user's own actors, roles and triggers.
    ///   - isAlone: true when its triggers are to be the only ones.
    ///   - own: a second codebook: a folder of files, or the name of one that is shipped.
    /// - Throws: ``DataErrors`` with every mistake of every file at once.
    public init(
        folder: URL, additional: URL? = nil, isAlone: Bool = false, own: String? = nil
    ) throws(DataErrors) {
        var errors: [DataError] = []
        self.folder = folder
        if let additional, !Self.isLexicon(additional) {
            let message = "no additional lexicon: the folder holds none of \(Self.ownFiles.joined(separator: ", "))"
            errors.append(DataError(file: additional.relativePath, line: 0, column: 0, message: message))
        }
        codebook = Codebook(folder: folder, errors: &errors)
        triggers = TriggerLexicon(
            folder: folder, additional: additional, isAlone: isAlone && additional != nil, errors: &errors)
        actors = ActorLexicon(folder: folder, additional: additional, errors: &errors)
        references = ReferenceLexicon(folder: folder, errors: &errors)
        gazetteer = Gazetteer(folder: folder, additional: additional, errors: &errors)
        cues = CueLexicon(folder: folder, errors: &errors)
        times = TimeLexicon(folder: folder, errors: &errors)
        quantities = QuantityLexicon(folder: folder, errors: &errors)
        cameo = Self.shipped("cameo", folder, triggers, &errors)
        if let own { self.own = Self.ontology(own, folder, triggers, &errors) } else { self.own = nil }
        ownPhrases = OwnPhrases(folder: additional, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    /// What an additional lexicon may hold.
    private static let ownFiles = ["actors.tsv", "agents.tsv", "discards.tsv", "issues.tsv", "triggers", "places"]

    private static func isLexicon(_ folder: URL) -> Bool {
        ownFiles.contains { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
    }

    /// Reads the data that comes with Dyad, or the folder named by `DYAD_DATA`, and the additional lexicon that is given
    /// or named by `DYAD_LEXICON`, and a second codebook where one is named.
    public static func standard(lexicon: String? = nil, isAlone: Bool = false, own: String? = nil) throws(DataErrors)
        -> Knowledge
    {
        let named = lexicon ?? ProcessInfo.processInfo.environment["DYAD_LEXICON"]
        let additional = named.flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
        guard let folder = DataLocation.folder() else {
            let named = ProcessInfo.processInfo.environment["DYAD_DATA"]
            let message =
                named.map { "DYAD_DATA names \($0), which holds no codebook/plover.yaml" }
                ?? "the data folder was not found: set DYAD_DATA to it, or keep dyad_DyadData.resources beside the program"
            throw DataErrors(errors: [DataError(file: "Data", line: 0, column: 0, message: message)])
        }
        return try Knowledge(folder: folder, additional: additional, isAlone: isAlone, own: own)
    }

    /// Names of the ontologies in a data folder.
    public static func ontologies(in folder: URL) -> [String] {
        let place = folder.appendingPathComponent("codebook")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        return names.filter { isOntology(place.appendingPathComponent($0)) }.sorted()
    }

    private static func isOntology(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("codebook.yaml").path)
    }

    private static func shipped(
        _ name: String, _ folder: URL, _ triggers: TriggerLexicon, _ errors: inout [DataError]
    ) -> Ontology? {
        let place = folder.appendingPathComponent("codebook/\(name)")
        guard isOntology(place) else { return nil }
        return Ontology(folder: place, label: "codebook/\(name)", triggers: triggers, errors: &errors)
    }

    /// An ontology by the name of a shipped one, or by its folder.
    private static func ontology(
        _ name: String, _ folder: URL, _ triggers: TriggerLexicon, _ errors: inout [DataError]
    ) -> Ontology? {
        if !name.contains("/"), let found = shipped(name.lowercased(), folder, triggers, &errors) { return found }
        let place = URL(fileURLWithPath: name)
        guard isOntology(place) else {
            let shipped = ontologies(in: folder).joined(separator: ", ")
            let message = "no codebook: a folder with codebook.yaml is expected, or one of \(shipped)"
            errors.append(DataError(file: name, line: 0, column: 0, message: message))
            return nil
        }
        let label = name.hasSuffix("/") ? String(name.dropLast()) : name
        return Ontology(folder: place, label: label, triggers: triggers, errors: &errors)
    }
}
