import DyadAnalysis
import DyadCore
import DyadPipeline
import DyadTesting
import Foundation
import Testing

/// `Tests/Corpora/claims/*.dyad`: reports, and the status that a claim must have after them.
///
/// Cases are written as in `Tests/Corpora/registers`. `claim contested "bomb market"` asks for the claim that holds most of
/// these words (their first four letters count); `never corroborated "…"` says which status it must not have.
@Suite struct ClaimStatusTests {
    private static let loaded = Result { try ClaimCase.all(in: Repository.corpora.appendingPathComponent("claims")) }
    static let cases = (try? loaded.get()) ?? []
    private static let allowance = RoundingAllowance(cases: cases.count)

    @Test func readsTheCorpus() throws {
        #expect(throws: Never.self) { try Self.loaded.get() }
        #expect(Self.cases.count > 30)
    }

    @Test(arguments: cases) func findsTheStatus(_ entry: ClaimCase) throws {
        let claims = try Self.claims(entry.reports)
        let found = claims.map { "\($0.status.rawValue) (\($0.reason)): \($0.proposition)" }.joined(
            separator: "\n           ")
        Self.allowance.record(
            entry.expectations.filter { !$0.holds(for: claims) }.map { line in
                (
                    "\(line.text)\n    found: \(found.isEmpty ? "nothing" : found)",
                    SourceLocation(fileID: "Corpora/\(entry.file)", filePath: entry.path, line: line.line, column: 1)
                )
            })
    }

    @Test(arguments: cases) func orderDoesNotMatter(_ entry: ClaimCase) throws {
        #expect(try Self.claims(entry.reports) == Self.claims(entry.reports.reversed()))
    }

    private static func claims(_ reports: [(name: String, date: CalendarDate?, text: String)]) throws -> [Claim] {
        var events: [Event] = [], statements: [Statement] = []
        for report in reports {
            let document = Document(name: report.name, text: report.text, published: report.date)
            let article = try Shipped.reader.get().read(text: document)
            events += article.events
            statements += StatementReader().statements(in: article)
        }
        return Ledger.merge(events: events, statements: statements).claims
    }
}

/// Reports and the claims that they must give.
struct ClaimCase: Sendable, CustomStringConvertible {
    var path: String
    var line: Int
    var reports: [(name: String, date: CalendarDate?, text: String)] = []
    var expectations: [ClaimExpectation] = []

    var file: String { URL(fileURLWithPath: path).lastPathComponent }
    var description: String { "\(file):\(line)" }

    static func all(in folder: URL) throws -> [ClaimCase] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".dyad") && !$0.hasPrefix("known-gaps")
        }
        return try names.sorted().flatMap { name in
            let url = folder.appendingPathComponent(name)
            return try read(String(contentsOf: url, encoding: .utf8), path: url.path)
        }
    }

    private static func read(_ text: String, path: String) throws -> [ClaimCase] {
        var out: [ClaimCase] = []
        var isText = false
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if line == "text" {
                out.append(ClaimCase(path: path, line: index + 1, reports: [("a.txt", nil, "")]))
                isText = true
            } else if line == "----" {
                isText = false
            } else if out.isEmpty || line.hasPrefix("#") {
                continue
            } else if isText, line == "====" {
                let name = String(UnicodeScalar(UInt8(97 + out[out.count - 1].reports.count))) + ".txt"
                out[out.count - 1].reports.append((name, nil, ""))
            } else if isText {
                let last = out[out.count - 1].reports.count - 1
                if line.hasPrefix("@") {
                    out[out.count - 1].reports[last].date = CalendarDate(String(line.dropFirst()))
                } else {
                    out[out.count - 1].reports[last].text += line + "\n"
                }
            } else if !line.isEmpty {
                out[out.count - 1].expectations.append(try ClaimExpectation(line, at: index + 1))
            }
        }
        return out
    }
}

/// One line below `----`.
struct ClaimExpectation: Sendable {
    var text: String
    var line: Int
    private var isNever: Bool
    private var status: LedgerStatus
    private var words: [String]

    init(_ text: String, at line: Int) throws {
        self.text = text
        self.line = line
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count == 3, ["claim", "never"].contains(parts[0]), let status = LedgerStatus(rawValue: parts[1])
        else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSLocalizedDescriptionKey: "line \(line): no claim"])
        }
        isNever = parts[0] == "never"
        self.status = status
        words = parts[2].split(separator: " ").map { String($0.filter { $0 != "\"" }.prefix(4)) }
    }

    func holds(for claims: [Claim]) -> Bool {
        func score(_ claim: Claim) -> Int {
            let text = claim.positions.map(\.text).joined(separator: " ").lowercased()
            return words.filter { text.contains($0) }.count
        }
        let best = claims.enumerated().max { (score($0.element), -$0.offset) < (score($1.element), -$1.offset) }?
            .element
        guard !isNever else { return best?.status != status }
        guard let best else { return false }
        return score(best) * 2 >= words.count && best.status == status
    }
}
