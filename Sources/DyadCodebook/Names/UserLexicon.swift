public import Foundation

/// A user's actors alone, without the shipped ones: for measuring.
public struct UserLexicon: Sendable {
    private let own: OwnActors

    /// Reads `actors.tsv` of a folder, or its compiled form when that belongs to it.
    ///
    /// - Throws: ``DataErrors`` with every mistake of the file.
    public init(folder: URL) throws(DataErrors) {
        var errors: [DataError] = []
        own = OwnActors(folder: folder, errors: &errors)
        if !errors.isEmpty { throw DataErrors(errors: errors) }
    }

    /// True when it was taken from the compiled form.
    public var isCompiled: Bool { own.index?.isCompiled ?? false }

    /// Number of names.
    public var nameCount: Int { own.index?.names.count ?? 0 }

    /// How many readings a name has.
    public func readingCount(_ key: String) -> Int { own.readings(key).count }
}
