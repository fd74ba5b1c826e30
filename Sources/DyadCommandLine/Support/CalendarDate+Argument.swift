public import ArgumentParser
public import DyadCore

extension CalendarDate: ExpressibleByArgument {
    /// A day as YYYY-MM-DD; anything else is wrong usage.
    public init?(argument: String) { self.init(argument) }
}
