import DyadCore

/// Writes dates for readers.
enum DateText {
    /// `14 Oct 2015`, `Oct 2015`, `2015`; `by 15 Oct 2015` when only the publication dates the event; `undated`.
    static func text(_ date: EventDate?) -> String {
        guard let date else { return "undated" }
        let text = text(date.value)
        return date.basis == "publication" ? "by \(text)" : text
    }

    /// A day.
    static func text(_ day: CalendarDate) -> String { "\(day.day) \(months[day.month - 1]) \(day.year)" }

    private static func text(_ value: String) -> String {
        if value.contains("/") {
            return value.split(separator: "/").map { text(String($0)) }.joined(separator: " to ")
        }
        if let day = CalendarDate(value) { return text(day) }
        let parts = value.split(separator: "-")
        guard parts.count == 2, let month = Int(parts[1]), (1...12).contains(month) else { return value }
        return "\(months[month - 1]) \(parts[0])"
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
