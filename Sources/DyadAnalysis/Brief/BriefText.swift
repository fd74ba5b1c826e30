import DyadCore

/// A brief as plain text for a terminal or a mail.
public struct BriefText: Sendable {
    private let brief: Brief
    private let width: Int

    /// A brief to be printed in lines of at most a width.
    public init(_ brief: Brief, width: Int = 100) {
        self.brief = brief
        self.width = max(40, width)
    }

    /// The text, ended by a line feed.
    public var text: String {
        var page = Page(width: width)
        head(&page)
        guard brief.headline.events > 0 else {
            page.line("No event between the two was found.")
            return page.text
        }
        trend(&page)
        mainEvents(&page)
        for section in registers { register(section, &page) }
        for register in brief.registers { ledger(register, &page) }
        evidence(&page)
        return page.text
    }

    private var main: [BriefSection] { brief.sections.filter { $0.id.hasPrefix("main ") } }

    private var registers: [BriefSection] { brief.sections.filter { !$0.id.hasPrefix("main ") } }

    private func head(_ page: inout Page) {
        let title = "\(brief.sourceName) – \(brief.targetName)"
        page.line(title)
        page.line(String(repeating: "=", count: title.count))
        let numbers = brief.headline
        guard numbers.events > 0 else { return }
        page.paragraph(
            "\(counted(numbers.reports, "report")) from \(counted(numbers.outlets, "independent outlet")) "
                + "\(numbers.reports == 1 ? "tells" : "tell") of \(counted(numbers.events, "event"))\(spell(numbers))"
                + (numbers.tellings > numbers.events ? " (\(numbers.tellings) tellings)" : "") + ".")
        if let tenor { page.paragraph(tenor) }
    }

    private func spell(_ numbers: BriefHeadline) -> String {
        guard let from = numbers.from, let to = numbers.to else { return "" }
        return from == to ? " on \(DateText.text(from))" : " between \(DateText.text(from)) and \(DateText.text(to))"
    }

    /// One sentence on the tone of what happened.
    private var tenor: String? {
        let quads = brief.headline.quads
        let (good, bad) = (quads[0] + quads[1], quads[2] + quads[3])
        guard good + bad > 0 else { return nil }
        let tone =
            if bad == 0 { "Only cooperation" } else if good == 0 { "Only conflict" } else if good >= 2 * bad {
                "Mostly cooperation"
            } else if bad >= 2 * good { "Mostly conflict" } else { "Cooperation and conflict side by side" }
        let mean = brief.headline.meanIntensity.map { ", mean intensity \(signed($0))" } ?? ""
        return "\(tone): \(good) cooperative and \(bad) conflictual of what was told as fact or alleged"
            + " (\(quads[1] + quads[3]) in deeds)\(mean)."
    }

    private func trend(_ page: inout Page) {
        guard brief.trend.count > 1 else { return }
        page.head("Trend")
        page.line("            cooperation       conflict")
        page.line("           words  deeds    words  deeds     mean")
        for row in brief.trend {
            let counts = row.quads.map { $0 == 0 ? "·" : String($0) }
            let mean = row.meanIntensity.map(signed) ?? "·"
            page.line(
                left(row.period, 9) + right(counts[0], 7) + right(counts[1], 7) + right(counts[2], 9)
                    + right(counts[3], 7) + right(mean, 9) + "  \(citation(row.evidence))")
        }
    }

    private func mainEvents(_ page: inout Page) {
        guard !main.isEmpty else { return }
        page.head("Main events")
        for section in main {
            page.line("\(section.title)  (\(section.items.count + section.more))")
            for item in section.items {
                let quote = item.quote.map { ": “\(shortened($0))”" } ?? ""
                page.item(item.when, "\(item.text)\(mark(item))\(quote)", citation(item.evidence))
            }
            if section.more > 0 { page.line("  and \(section.more) more") }
        }
    }

    private func register(_ section: BriefSection, _ page: inout Page) {
        page.head(section.title)
        for item in section.items {
            page.item(item.when, item.text + mark(item), citation(item.evidence))
        }
        if section.more > 0 { page.line("  and \(section.more) more") }
    }

    private func ledger(_ register: BriefRegister, _ page: inout Page) {
        page.head(register.title)
        for line in register.lines {
            page.item(line.when, "\(line.text) (\(line.status))", citation(line.evidence))
        }
        if register.more > 0 { page.line("  and \(register.more) more") }
    }

    private func evidence(_ page: inout Page) {
        page.head("Evidence")
        let indent = String(brief.evidence.count).count + 3
        for item in brief.evidence {
            let outlet = item.publisher.map { ", \($0)" } ?? ""
            let day = item.published.map { ", \(DateText.text($0))" } ?? ""
            let label = left("[\(item.number)]", indent)
            page.hanging(label, "\(item.document)\(outlet)\(day): “\(oneLine(item.quote))”")
        }
    }

    /// Says how sure a merged event is where that is not plain from the words.
    private func mark(_ item: BriefItem) -> String {
        switch item.status {
        case .corroborated: " (\(item.outlets) outlets)"
        case .contested: " (contested)"
        default: ""
        }
    }
}

/// Lines of text, broken at a width.
private struct Page {
    let width: Int
    private(set) var text = ""

    init(width: Int) { self.width = width }

    mutating func line(_ content: String) { text += content + "\n" }

    mutating func head(_ title: String) {
        text += "\n\(title)\n\(String(repeating: "-", count: title.count))\n"
    }

    mutating func paragraph(_ content: String) { hanging("", content) }

    /// A dated line that ends with its evidence.
    mutating func item(_ when: String, _ content: String, _ citation: String) {
        hanging("  \(left(when, 15)) ", "\(content) \(citation)")
    }

    /// A label and words that are broken under themselves; a citation in brackets stays in one piece.
    mutating func hanging(_ label: String, _ content: String) {
        let indent = String(repeating: " ", count: label.count)
        var current = label
        var isEmpty = true
        for word in words(content) {
            if !isEmpty, current.count + 1 + word.count > width {
                text += current + "\n"
                current = indent
                isEmpty = true
            }
            current += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        text += current + "\n"
    }

    private func words(_ content: String) -> [Substring] {
        guard content.hasSuffix("]"), let bracket = content.lastIndex(of: "[") else {
            return content.split(separator: " ")
        }
        return content[..<bracket].split(separator: " ") + [content[bracket...]]
    }
}

/// `[1, 4, 7-9]`.
private func citation(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
        if let last = runs.last, last.upperBound == number - 1 {
            runs[runs.count - 1] = last.lowerBound...number
        } else {
            runs.append(number...number)
        }
    }
    let parts = runs.flatMap { run in
        run.count > 2 ? ["\(run.lowerBound)-\(run.upperBound)"] : run.map { String($0) }
    }
    return "[\(parts.joined(separator: ", "))]"
}

private func counted(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }

/// One decimal with its sign: `+2.5`.
private func signed(_ value: Double) -> String {
    let tenths = Int(abs(value) * 10 + 0.5)
    let sign = tenths == 0 ? "" : value < 0 ? "-" : "+"
    return "\(sign)\(tenths / 10).\(tenths % 10)"
}

private func oneLine(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

/// One line of at most 240 characters, cut between words; the evidence has the whole sentence.
private func shortened(_ text: String) -> String {
    let line = oneLine(text)
    guard line.count > 240 else { return line }
    let start = line.prefix(238)
    return (start.lastIndex(of: " ").map { start[..<$0] } ?? start) + " …"
}

private func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
}

private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
}
