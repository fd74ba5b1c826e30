public import DyadCore
import DyadModels
public import Foundation

/// Two actors marked in a sentence, as token ranges.
public struct MarkedPair: Sendable {
    public var tokens: [Token]
    /// Words of the source actor, one or more runs.
    public var source: [Range<Int>]
    public var target: [Range<Int>]

    /// A pair marked in a sentence.
    public init(tokens: [Token], source: [Range<Int>], target: [Range<Int>]) {
        self.tokens = tokens
        self.source = source
        self.target = target
    }
}

/// What the judge thinks of a pair.
public struct Verdict: Sendable {
    /// Probability of every event, and of "NONE".
    public var events: [String: Double]
    /// Probability of every mode; "" for none.
    public var modes: [String: Double]
    /// Probability of every context on its own.
    public var contexts: [String: Double]
}

/// The trained judge: which event, mode and contexts hold between two marked actors.
///
/// The encoder of the language model with layers of its own, which share the word-piece table; marked words carry a role
/// in the case table and stand between mark pieces (after Baldini Soares et al. 2019).
public final class JudgeModel: Sendable {
    /// Name of the weights file.
    public static let fileName = "judge-en.dyad"
    private let encoder: Encoder
    private let pieces: WordPieces
    private let hidden: Matrix
    private let outputs: Matrix
    private let labels: [String: [String]]
    private let level: Int32

    /// Loads the judge; the piece table is taken from the language model it was trained from.
    public init(url: URL, language: LanguageModel) throws(ModelError) {
        let file = try WeightsFile(url: url)
        encoder = try Encoder(
            file, pieces: language.encoder.pieceTable, positions: language.encoder.positionTable, prefix: "judge.")
        pieces = language.pieces
        hidden = try Matrix(file, "judge.hidden")
        outputs = try Matrix(file, "judge.outputs")
        labels = file.labels
        level = language.level
        let count = ["event", "mode", "context"].reduce(0) { $0 + (file.labels[$1]?.count ?? 0) }
        guard count == outputs.outputs, hidden.inputs == 4 * Encoder.width else {
            throw .damaged(file.path, "the judge's heads do not fit its labels")
        }
    }

    /// Loads the judge that comes with Dyad.
    public static func standard(language: LanguageModel) throws(ModelError) -> JudgeModel {
        guard let url = ModelLocation.file(fileName) else { throw .missing(fileName) }
        return try JudgeModel(url: url, language: language)
    }

    /// Verdicts on pairs, in order.
    public func judge(_ pairs: [MarkedPair], _ workspace: LanguageModel.Workspace) -> [Verdict] {
        var out: [Verdict] = []
        for start in stride(from: 0, to: pairs.count, by: 12) {
            out += batch(pairs[start..<min(start + 12, pairs.count)], workspace)
        }
        return out
    }

    private func batch(_ pairs: ArraySlice<MarkedPair>, _ workspace: LanguageModel.Workspace) -> [Verdict] {
        var ids: [Int32] = [], cases: [UInt8] = [], offsets: [Int32] = [0]
        for pair in pairs {
            let coded = encode(pair)
            ids += coded.ids
            cases += coded.cases
            offsets.append(Int32(ids.count))
        }
        let width = Encoder.width
        let memory = workspace.vectors.reserve((ids.count * width + pairs.count * 4 * width) * 4 + 64)
            .bindMemory(to: Float.self, capacity: ids.count * width + pairs.count * 4 * width)
        encoder.encode(ids: ids, cases: cases, offsets: offsets, out: memory, scratch: workspace.scratch, level: level)
        let summary = memory + ids.count * width
        for row in 0..<pairs.count {
            pool(memory, Int(offsets[row])..<Int(offsets[row + 1]), cases, into: summary + row * 4 * width)
        }
        var middle = [Float](repeating: 0, count: pairs.count * hidden.outputs)
        var scores = [Float](repeating: 0, count: pairs.count * outputs.outputs)
        middle.withUnsafeMutableBufferPointer { middle in
            scores.withUnsafeMutableBufferPointer { scores in
                guard let m = middle.baseAddress, let s = scores.baseAddress else { return }
                hidden.multiply(
                    summary, stride: 4 * width, rows: pairs.count, out: m, scratch: workspace.scratch, level: level)
                for i in 0..<middle.count { m[i] = Self.gelu(m[i]) }
                outputs.multiply(
                    m, stride: hidden.outputs, rows: pairs.count, out: s, scratch: workspace.scratch, level: level)
            }
        }
        return (0..<pairs.count).map { verdict(Array(scores[$0 * outputs.outputs..<($0 + 1) * outputs.outputs])) }
    }

    private static func gelu(_ x: Float) -> Float { 0.5 * x * (1 + Float(erf(Double(x) / 2.0.squareRoot()))) }

    /// Pieces and case rows: rows 16 to 31 for the source, 32 to 47 for the target.
    private func encode(_ pair: MarkedPair) -> (ids: [Int32], cases: [UInt8]) {
        let marks = [pieces.pieces("@")[0], pieces.pieces("#")[0]]
        var ids: [Int32] = [101], cases: [UInt8] = [8]
        var last = 0
        func role(_ index: Int) -> Int {
            pair.source.contains { $0.contains(index) } ? 1 : pair.target.contains { $0.contains(index) } ? 2 : 0
        }
        for index in 0...pair.tokens.count {
            let now = index < pair.tokens.count ? role(index) : 0
            if now != last {
                for r in [last, now] where r > 0 {
                    ids.append(marks[r - 1])
                    cases.append(UInt8(16 * r + 6))
                }
                last = now
            }
            guard index < pair.tokens.count else { break }
            let word = pieces.features(pair.tokens[index].form)
            ids += word.pieces
            cases += [UInt8](repeating: word.caseClass + UInt8(16 * now), count: word.pieces.count)
        }
        return (ids.prefix(254) + [102], cases.prefix(254) + [8])
    }

    /// First position, mean of the source, mean of the target, mean of all.
    private func pool(
        _ x: UnsafeMutablePointer<Float>, _ rows: Range<Int>, _ cases: [UInt8], into out: UnsafeMutablePointer<Float>
    ) {
        let width = Encoder.width
        var counts: [Float] = [0, 0, 0]
        for i in 0..<4 * width { out[i] = 0 }
        for i in 0..<width { out[i] = x[rows.lowerBound * width + i] }
        for row in rows {
            let role = Int(cases[row]) / 16
            counts[0] += 1
            if role > 0 { counts[role] += 1 }
            for i in 0..<width {
                let value = x[row * width + i]
                out[3 * width + i] += value
                if role > 0 { out[role * width + i] += value }
            }
        }
        for i in 0..<width {
            out[width + i] /= max(counts[1], 1)
            out[2 * width + i] /= max(counts[2], 1)
            out[3 * width + i] /= max(counts[0], 1)
        }
    }

    private func verdict(_ scores: [Float]) -> Verdict {
        let events = labels["event"] ?? [], modes = labels["mode"] ?? [], contexts = labels["context"] ?? []
        func softmax(_ range: Range<Int>) -> [Double] {
            let peak = scores[range].max() ?? 0
            let exps = scores[range].map { exp(Double($0 - peak)) }
            let total = exps.reduce(0, +)
            return exps.map { $0 / total }
        }
        let modeStart = events.count, contextStart = events.count + modes.count
        return Verdict(
            events: Dictionary(zip(events, softmax(0..<modeStart)), uniquingKeysWith: { $1 }),
            modes: Dictionary(zip(modes, softmax(modeStart..<contextStart)), uniquingKeysWith: { $1 }),
            contexts: Dictionary(
                zip(contexts, scores[contextStart...].map { 1 / (1 + exp(-Double($0))) }), uniquingKeysWith: { $1 }))
    }
}
