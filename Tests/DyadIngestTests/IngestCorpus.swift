import Foundation

/// One case of a corpus file: a text and what must be found in it.
struct IngestCase: Sendable, CustomStringConvertible {
    /// One line of the expectation: a keyword and its value.
    struct Expectation: Sendable {
        var keyword: String
        var value: String
        var line: Int
    }

    var file: String
    var line: Int
    var text: String
    var expectations: [Expectation]

    var description: String { "\(file):\(line)" }
}

/// Reads `Tests/Corpora/ingest`: `text`, the text up to `----`, then expectations up to a blank line.
enum IngestCorpus {
    /// The repository.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The cases of all files, in order.
    static let cases: [IngestCase] = {
        let folder = root.appendingPathComponent("Tests/Corpora/ingest")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".dyad") }.sorted().flatMap { name in
            let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
            return cases(in: text, file: name)
        }
    }()

    private static func cases(in text: String, file: String) -> [IngestCase] {
        var out: [IngestCase] = []
        var state = State.between
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            switch state {
            case .between where line == "text":
                out.append(IngestCase(file: file, line: index + 1, text: "", expectations: []))
                state = .text
            case .text where line == "----": state = .expectations
            case .text: out[out.count - 1].text += line + "\n"
            case .expectations where line.isEmpty: state = .between
            case .expectations: out[out.count - 1].expectations.append(expectation(line, at: index + 1))
            case .between: break
            }
        }
        return out
    }

    private enum State { case between, text, expectations }

    private static func expectation(_ line: String, at number: Int) -> IngestCase.Expectation {
        let parts = line.split(separator: " ", maxSplits: 1)
        let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        return IngestCase.Expectation(keyword: String(parts[0]), value: value, line: number)
    }
}
