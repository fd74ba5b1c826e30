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
    /// Phrases of a user's lexicon that stop the coding or name a subject.
    public let ownPhrases: OwnPhrases

    /// Reads a data folder, and a user's additional lexicon whose lines stand before those of the data folder.
    ///
    /// With `isAlone`, its triggers are the only ones.
    ///
    /// - Throws: ``DataErrors`` with every mistake of every file at once.
    public init(folder: URL, additional: URL? = nil, isAlone: Bool = false) throws(DataErrors) {
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
        gazetteer = Gazetteer(folder: folder, errors: &errors)
        cues = CueLexicon(folder: folder, errors: &errors)
        times = TimeLexicon(folder: folder, errors: &errors)
        quantities = QuantityLexicon(folder: folder, errors: &errors)
        ownPhrases = OwnPhrases(folder: additional, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    /// What an additional lexicon may hold.
    private static let ownFiles = ["actors.tsv", "agents.tsv", "discards.tsv", "issues.tsv", "triggers"]

    private static func isLexicon(_ folder: URL) -> Bool {
        ownFiles.contains { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
    }

    /// Reads the data that comes with Dyad, or the folder named by `DYAD_DATA`, and the additional lexicon that is given
    /// or named by `DYAD_LEXICON`.
    public static func standard(lexicon: String? = nil, isAlone: Bool = false) throws(DataErrors) -> Knowledge {
        let named = lexicon ?? ProcessInfo.processInfo.environment["DYAD_LEXICON"]
        let additional = named.flatMap { $0.isEmpty ? nil : URL(fileURLWithPath: $0) }
        guard let folder = DataLocation.folder() else {
            let named = ProcessInfo.processInfo.environment["DYAD_DATA"]
            let message =
                named.map { "DYAD_DATA names \($0), which holds no codebook/plover.yaml" }
                ?? "the data folder was not found: set DYAD_DATA to it, or keep dyad_DyadData.resources beside the program"
            throw DataErrors(errors: [DataError(file: "Data", line: 0, column: 0, message: message)])
        }
        return try Knowledge(folder: folder, additional: additional, isAlone: isAlone)
    }
}
