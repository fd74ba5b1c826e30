public import DyadCore

/// What is known about a report besides its events.
public struct Report: Sendable, Equatable {
    /// Name of the document.
    public var document: String
    /// The publisher; nil when unknown.
    public var outlet: String?
    /// Day of publication.
    public var published: CalendarDate?
    /// The same for copies of one text.
    public var bodyHash: String?
    /// Document that this one copies, whole or nearly; nil when it is no copy, or when nobody has looked.
    public var duplicateOf: String?
    /// News agency that the text credits.
    public var agency: String?

    /// A report; see the properties.
    public init(
        document: String, outlet: String?, published: CalendarDate? = nil, bodyHash: String? = nil,
        duplicateOf: String? = nil, agency: String? = nil
    ) {
        self.document = document
        self.outlet = outlet
        self.published = published
        self.bodyHash = bodyHash
        self.duplicateOf = duplicateOf
        self.agency = agency
    }
}
