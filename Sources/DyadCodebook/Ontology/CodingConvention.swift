public import DyadCore

/// How an older program would have coded what Dyad finds, for series that go on as they were begun.
///
/// A file `conventions/NAME.tsv` in the folder of a codebook; its lines change the codes of that codebook, the parties or the
/// choice of events, and say in words and by example what they do.
public struct CodingConvention: Sendable {
    /// What a line does.
    public enum Kind: String, Sendable, CaseIterable {
        /// An event with one of these codes gets another code.
        case code
        /// Such an event is left out.
        case leaveOut = "leave-out"
        /// A mutual event whose parties all stand in the subject has its place for the other side.
        case host
        /// A sentence that names a year so many years before the report is history: it is left out.
        case history
        /// Of several events with one code between the same two in a sentence the first stays.
        case once
    }

    /// One line.
    public struct Rule: Sendable {
        public var kind: Kind
        /// Codes that it speaks of.
        ///
        /// `03*` stands for all that begin so; empty for any.
        public var codes: [String]
        /// The new code.
        public var becomes: String
        /// For `history`: the number of years.
        public var years: Int?
        /// The conditions as written.
        public var pattern: String
        /// Lemmas of the trigger; empty for any word.
        public var heads: Set<String>
        /// `v`, `n`, `a`; empty for any part of speech.
        public var pos: String
        public var constraints: [SlotConstraint]
        public var example: String
        /// What must come of the example: `085 CAN > IRN`; after a minus what must not.
        public var expected: String
        public var file: String
        /// From 1.
        public var line: Int

        /// True when the line speaks of a code.
        public func speaks(of code: String) -> Bool {
            codes.isEmpty
                || codes.contains { $0.hasSuffix("*") ? code.hasPrefix($0.dropLast()) : $0 == code }
        }
    }

    /// The file's name without its ending.
    public var name: String
    /// In order of the file; of the lines that give a code the first that fits is taken.
    public var rules: [Rule]
}
