public import DyadCore
public import Foundation

/// A file of texts, each with the events that must be found in it.
///
/// The form is described in `CONTRIBUTING.md`: a header (`# name:`, `# about:`, `# date:`, `# form: report`), then cases
/// separated by blank lines, each the word `text`, the text, `----`, and one expectation a line:
///
///     event  REQUEST  TUR > PAK  asserted  "seeks"  mode=assist
///     event  CONSULT  TUR + PAK
///     never  ASSAULT  PAK > IND  asserted
///     nothing
public struct CorpusFile: Sendable {
    /// Path, for messages.
    public var path: String
    /// `# name:`, empty when there is none.
    public var name = ""
    /// `# about:`, empty when there is none.
    public var about = ""
    /// Day on which the texts were published.
    public var date: CalendarDate?
    /// True for saved pages with title, captions and comments; false for bare paragraphs.
    public var isReport = false
    public var cases: [CorpusCase] = []

    /// Reads the text of a file; all mistakes are thrown at once.
    public init(_ text: String, path: String) throws(CorpusMistakes) {
        self.path = path
        var reading = Reading(path: path)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.hasSuffix("\r") ? line.dropLast() : line
            if case .between = reading.state, line.hasPrefix("#") {
                readHeader(line.dropFirst(), at: index + 1, &reading)
            } else {
                reading.read(String(line), at: index + 1)
            }
        }
        reading.close()
        guard reading.mistakes.isEmpty else { throw CorpusMistakes(reading.mistakes) }
        cases = reading.cases.map {
            var one = $0; one.date = date; one.isReport = isReport; return one
        }
    }

    private mutating func readHeader(_ line: Substring, at number: Int, _ reading: inout Reading) {
        let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2 else { return }
        switch parts[0] {
        case "name": name = parts[1]
        case "about": about = parts[1]
        case "form" where parts[1] == "report": isReport = true
        case "date":
            date = CalendarDate(parts[1])
            if date == nil { reading.mistakes.append("\(path):\(number): \(parts[1]) is no day, write YYYY-MM-DD") }
        default: break
        }
    }

    /// The files of a folder whose names end in `.dyad`, in order of name.
    public static func files(in folder: URL) throws -> [CorpusFile] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".dyad") }
        return try names.sorted().map { name in
            let url = folder.appendingPathComponent(name)
            return try CorpusFile(String(contentsOf: url, encoding: .utf8), path: url.path)
        }
    }
}

/// A text and what must be found in it.
public struct CorpusCase: Sendable, CustomStringConvertible {
    public var path: String
    /// Line of the word `text`.
    public var line: Int
    public var text = ""
    /// Day of publication, from the head of the file.
    public var date: CalendarDate?
    public var isReport = false
    public var expectations: [Expectation] = []

    /// `passive.dyad:12`.
    public var description: String { "\(URL(fileURLWithPath: path).lastPathComponent):\(line)" }
}

/// Mistakes in a corpus file, each with file and line.
public struct CorpusMistakes: Error, CustomStringConvertible, Equatable {
    public var lines: [String]
    public var description: String { lines.joined(separator: "\n") }

    init(_ lines: [String]) { self.lines = lines }
}

/// Where the reader of a corpus file stands.
private struct Reading {
    enum State { case between, text, expectations }

    let path: String
    var state = State.between
    var cases: [CorpusCase] = []
    var mistakes: [String] = []
    private var lines: [String] = []
    /// True once the open case has a line of expectation, right or wrong.
    private var hasExpectation = false

    init(path: String) { self.path = path }

    mutating func read(_ line: String, at number: Int) {
        switch state {
        case .between where line.isEmpty: break
        case .between where line == "text":
            cases.append(CorpusCase(path: path, line: number))
            (lines, hasExpectation) = ([], false)
            state = .text
        case .between: mistakes.append("\(path):\(number): a case begins with the word text")
        case .text where line == "----":
            cases[cases.count - 1].text = lines.joined(separator: "\n")
            state = .expectations
        case .text: lines.append(line)
        case .expectations where line.isEmpty: close()
        case .expectations:
            hasExpectation = true
            do throws(ExpectationMistake) {
                cases[cases.count - 1].expectations.append(try Expectation(line, at: number))
            } catch { mistakes.append("\(path):\(number): \(error.message)") }
        }
    }

    /// The end of a case or of the file.
    mutating func close() {
        guard let last = cases.last else { return }
        switch state {
        case .between: return
        case .text: mistakes.append("\(path):\(last.line): the text is not closed by ----")
        case .expectations where !hasExpectation:
            mistakes.append("\(path):\(last.line): the case expects nothing; say nothing, if that is meant")
        case .expectations: break
        }
        state = .between
    }
}
