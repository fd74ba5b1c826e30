/// A statement with the day by which it is ordered.
struct PlacedStatement {
    var day: Int
    /// True when the day is the statement's own, and not that of its neighbours.
    var isDated: Bool
    var statement: RegisterStatement
}
