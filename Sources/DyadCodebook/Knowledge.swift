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

    /// Reads a data folder.
    ///
    /// - Throws: ``DataErrors`` with every mistake of every file at once.
    public init(folder: URL) throws(DataErrors) {
        var errors: [DataError] = []
        self.folder = folder
        codebook = Codebook(folder: folder, errors: &errors)
        triggers = TriggerLexicon(folder: folder, errors: &errors)
        actors = ActorLexicon(folder: folder, errors: &errors)
        references = ReferenceLexicon(folder: folder, errors: &errors)
        gazetteer = Gazetteer(folder: folder, errors: &errors)
        cues = CueLexicon(folder: folder, errors: &errors)
        times = TimeLexicon(folder: folder, errors: &errors)
        quantities = QuantityLexicon(folder: folder, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    /// Reads the data that comes with Dyad, or the folder named by `DYAD_DATA`.
    public static func standard() throws(DataErrors) -> Knowledge {
        guard let folder = DataLocation.folder() else {
            let named = ProcessInfo.processInfo.environment["DYAD_DATA"]
            let message =
                named.map { "DYAD_DATA names \($0), which holds no codebook/plover.yaml" }
                ?? "the data folder was not found: set DYAD_DATA to it, or keep dyad_DyadData.resources beside the program"
            throw DataErrors(errors: [DataError(file: "Data", line: 0, column: 0, message: message)])
        }
        return try Knowledge(folder: folder)
    }
}
