import CDyadKernels
import DyadCore
import DyadModels
public import Foundation

/// The trained analyser: word forms in, tags, lemmas, trees, names and sentence starts out.
///
/// One encoder serves every task; see `Models/README.md` for what it was trained on and what it reaches. A model is
/// loaded once and shared by all threads; each thread brings its own `Workspace`.
public final class LanguageModel: Sendable {
    /// Memory of one thread: scratch space and the features of words seen before.
    ///
    /// One thread uses it at a time; ``WorkspacePool`` sees to that.
    public final class Workspace: @unchecked Sendable {
        let scratch = Scratch()
        let vectors = Scratch()
        let heads = Scratch()
        var cache: [String: WordFeatures] = [:]

        /// An empty workspace.
        public init() {}
    }

    /// Name of the model file.
    public static let fileName = "language-en.dyad"

    let encoder: Encoder
    let pieces: WordPieces
    private let affix: Table
    private let heads: Matrix
    private let offsets: [String: Range<Int>]
    private let arcRoot: [Float]
    private let arcU: [Float]
    private let relationRoot: [Float]
    private let relationU: Matrix
    private let nameWeights: [Float]
    private let nameBias: [Float]
    private let labels: [String: [String]]
    private let lemmas: [LemmaScript]
    private let lemmatiser: Lemmatiser
    private let names: NameDecoder
    private let arcWidth: Int
    private let relationWidth: Int
    let level: Int32

    /// Loads a model file; `irregular` names the lemmas of forms that the model may not have seen.
    public init(
        url: URL, level: KernelLevel = .current, irregular: IrregularForms = IrregularForms()
    ) throws(ModelError) {
        let file = try WeightsFile(url: url)
        encoder = try Encoder(file, pieces: Table(file, "pieces"), positions: Table(file, "positions"))
        let vocabulary = try file.lines("vocabulary")
        pieces = WordPieces(vocabulary: vocabulary)
        lemmatiser = Lemmatiser(lines: try file.lines("lemmas"), vocabulary: vocabulary, irregular: irregular)
        affix = try Table(file, "affix")
        heads = try Matrix(file, "heads")
        var table: [String: Range<Int>] = [:]
        var at = 0
        for name in file.order {
            let size = file.sizes[name] ?? 0
            table[name] = at..<at + size
            at += size
        }
        offsets = table
        arcRoot = try file.floats("arc_root")
        arcU = try file.floats("arc_u")
        relationRoot = try file.floats("rel_root")
        relationU = try Matrix(file, "rel_u")
        nameWeights = try file.floats("names")
        nameBias = try file.floats("names.bias")
        labels = file.labels
        lemmas = (file.labels["lemma"] ?? []).map(LemmaScript.init)
        names = NameDecoder(tags: file.labels["names"] ?? [])
        arcWidth = arcRoot.count
        relationWidth = relationRoot.count
        self.level = level.rawValue
        for name in [
            "upos", "xpos", "feats", "lemma", "boundary", "arc_dep", "arc_head", "rel_dep", "rel_head", "name_hidden",
        ]
        where table[name] == nil { throw .damaged(file.path, "the head \(name) is missing") }
        guard at == heads.outputs, affix.width * 3 + Encoder.width == heads.inputs else {
            throw .damaged(file.path, "the heads do not fit their sizes")
        }
    }

    /// Loads the model that comes with Dyad.
    public static func standard(
        level: KernelLevel = .current, irregular: IrregularForms = IrregularForms()
    ) throws(ModelError) -> LanguageModel {
        guard let url = ModelLocation.file(fileName) else { throw .missing(fileName) }
        return try LanguageModel(url: url, level: level, irregular: irregular)
    }

    /// Most pieces a window may have; the end marks are included.
    var longestWindow: Int { encoder.longest }

    /// Number of word pieces of a word.
    func pieceCount(_ form: String, _ workspace: Workspace) -> Int { features(form, workspace).pieces.count }

    private func features(_ form: String, _ workspace: Workspace) -> WordFeatures {
        if let known = workspace.cache[form] { return known }
        let made = pieces.features(form)
        if workspace.cache.count > 200_000 { workspace.cache.removeAll(keepingCapacity: true) }
        workspace.cache[form] = made
        return made
    }

    /// What the heads say of a batch of windows: one row of `width` floats a word.
    struct Output: ~Copyable {
        let rows: UnsafeMutablePointer<Float>
        let width: Int
        let count: Int
    }

    /// Runs encoder and heads over windows of words.
    ///
    /// The result is valid until the workspace is used again.
    func run(_ windows: [ArraySlice<Token>], _ workspace: Workspace) -> Output {
        var ids: [Int32] = [], cases: [UInt8] = [], starts: [Int32] = [0]
        var firstLast: [(Int, Int)] = []
        var affixes: [(Int32, Int32, Int32)] = []
        for window in windows {
            ids.append(101)
            cases.append(8)
            for token in window {
                let word = features(token.form, workspace)
                firstLast.append((ids.count, ids.count + word.pieces.count - 1))
                ids.append(contentsOf: word.pieces)
                cases.append(contentsOf: repeatElement(word.caseClass, count: word.pieces.count))
                affixes.append(word.affixes)
            }
            ids.append(102)
            cases.append(8)
            starts.append(Int32(ids.count))
        }
        let width = Encoder.width, wordWidth = heads.inputs, words = firstLast.count
        let memory = workspace.vectors.reserve((ids.count * width + words * wordWidth) * 4 + 64)
            .bindMemory(to: Float.self, capacity: ids.count * width + words * wordWidth)
        encoder.encode(ids: ids, cases: cases, offsets: starts, out: memory, scratch: workspace.scratch, level: level)
        let wordRows = memory + ids.count * width
        for index in 0..<words {
            let row = wordRows + index * wordWidth
            let (a, b) = (memory + firstLast[index].0 * width, memory + firstLast[index].1 * width)
            for i in 0..<width { row[i] = (a[i] + b[i]) * 0.5 }
            for i in width..<wordWidth { row[i] = 0 }
            affix.add(Int(affixes[index].0), to: row + width)
            affix.add(Int(affixes[index].1), to: row + width + affix.width)
            affix.add(Int(affixes[index].2), to: row + width + 2 * affix.width)
        }
        let out = workspace.heads.reserve(words * heads.outputs * 4).bindMemory(
            to: Float.self, capacity: words * heads.outputs)
        heads.multiply(wordRows, stride: wordWidth, rows: words, out: out, scratch: workspace.scratch, level: level)
        return Output(rows: out, width: heads.outputs, count: words)
    }

    /// Score that a word begins a sentence; above 0 it does.
    func boundary(_ output: borrowing Output, _ word: Int) -> Float {
        output.rows[word * output.width + (offsets["boundary"]?.lowerBound ?? 0)]
    }

    /// Fills tags, lemmas, heads and relations of one sentence, and returns its names.
    func decode(
        _ tokens: inout [Token], _ output: borrowing Output, first: Int, _ workspace: Workspace
    ) -> [Name] {
        let n = tokens.count
        for i in 0..<n {
            let row = output.rows + (first + i) * output.width
            tokens[i].upos = label("upos", row)
            tokens[i].xpos = label("xpos", row)
            tokens[i].feats = label("feats", row)
            let script = argmax(row, offsets["lemma"] ?? 0..<1)
            let learned = lemmas.indices.contains(script) ? lemmas[script].apply(to: tokens[i].form) : tokens[i].form
            tokens[i].lemma = lemmatiser.lemma(tokens[i].form, tag: tokens[i].upos, learned: learned)
        }
        decodeTree(&tokens, output, first: first, workspace)
        return decodeNames(output, first: first, count: n)
    }

    private func label(_ kind: String, _ row: UnsafeMutablePointer<Float>) -> String {
        let best = argmax(row, offsets[kind] ?? 0..<1)
        return labels[kind]?[best] ?? "_"
    }

    private func argmax(_ row: UnsafeMutablePointer<Float>, _ range: Range<Int>) -> Int {
        var best = range.lowerBound
        for i in range where row[i] > row[best] { best = i }
        return best - range.lowerBound
    }

    private func decodeTree(
        _ tokens: inout [Token], _ output: borrowing Output, first: Int, _ workspace: Workspace
    ) {
        let n = tokens.count, width = arcWidth
        guard let dep = offsets["arc_dep"], let head = offsets["arc_head"] else { return }
        func leaky(_ x: Float) -> Float { x >= 0 ? x : 0.1 * x }
        var left = [Float](repeating: 0, count: n * width)
        var right = [Float](repeating: 0, count: (n + 1) * width)
        for i in 0..<width { right[i] = arcRoot[i] }
        // left[w][j] = sum_i dep[w][i] U[i][j] + U[last][j]
        arcU.withUnsafeBufferPointer { u in
            left.withUnsafeMutableBufferPointer { left in
                for w in 0..<n {
                    let row = output.rows + (first + w) * output.width
                    for j in 0..<width { left[w * width + j] = u[width * width + j] }
                    for i in 0..<width {
                        let x = leaky(row[dep.lowerBound + i])
                        let base = i * width
                        for j in 0..<width { left[w * width + j] += x * u[base + j] }
                    }
                }
            }
        }
        for w in 0..<n {
            let row = output.rows + (first + w) * output.width
            for i in 0..<width { right[(w + 1) * width + i] = leaky(row[head.lowerBound + i]) }
        }
        var scores = [Float](repeating: 0, count: n * (n + 1))
        dyad_dot_all(
            level, left, Int32(n), Int32(width), right, Int32(n + 1), Int32(width), Int32(width), &scores, Int32(n + 1))
        let heads = TreeDecoder.decode(scores, count: n)
        decodeRelations(&tokens, heads, output, first: first, workspace)
    }

    private func decodeRelations(
        _ tokens: inout [Token], _ found: [Int], _ output: borrowing Output, first: Int, _ workspace: Workspace
    ) {
        guard let dep = offsets["rel_dep"], let head = offsets["rel_head"], let names = labels["deprel"] else { return }
        let n = tokens.count, width = relationWidth, wide = width + 1
        func leaky(_ x: Float) -> Float { x >= 0 ? x : 0.1 * x }
        var inputs = [Float](repeating: 1, count: n * wide)
        for w in 0..<n {
            let row = output.rows + (first + w) * output.width
            for i in 0..<width { inputs[w * wide + i] = leaky(row[dep.lowerBound + i]) }
        }
        var left = [Float](repeating: 0, count: n * relationU.outputs)
        left.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            relationU.multiply(inputs, stride: wide, rows: n, out: base, scratch: workspace.scratch, level: level)
        }
        var target = [Float](repeating: 1, count: wide)
        var scores = [Float](repeating: 0, count: names.count)
        for w in 0..<n {
            if found[w] < 0 {
                for i in 0..<width { target[i] = relationRoot[i] }
            } else {
                let row = output.rows + (first + found[w]) * output.width
                for i in 0..<width { target[i] = leaky(row[head.lowerBound + i]) }
            }
            left.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                dyad_dot_all(
                    level, target, 1, Int32(wide), base + w * relationU.outputs, Int32(names.count), Int32(wide),
                    Int32(wide), &scores, Int32(names.count))
            }
            tokens[w].head = found[w]
            tokens[w].relation = relation(scores, names, isRoot: found[w] < 0)
        }
    }

    /// The best relation; "root" only for the root.
    private func relation(_ scores: [Float], _ names: [String], isRoot: Bool) -> String {
        if isRoot { return "root" }
        var best = -1
        for i in names.indices where names[i] != "root" && (best < 0 || scores[i] > scores[best]) { best = i }
        return best >= 0 ? names[best] : "dep"
    }

    private func decodeNames(_ output: borrowing Output, first: Int, count n: Int) -> [Name] {
        guard let range = offsets["name_hidden"] else { return [] }
        let width = range.count, tags = nameBias.count
        var hidden = [Float](repeating: 0, count: n * width)
        for w in 0..<n {
            let row = output.rows + (first + w) * output.width
            for i in 0..<width { hidden[w * width + i] = row[range.lowerBound + i] }
        }
        dyad_gelu(level, &hidden, Int32(n * width))
        var scores = [Float](repeating: 0, count: n * tags)
        dyad_dot_all(
            level, hidden, Int32(n), Int32(width), nameWeights, Int32(tags), Int32(width), Int32(width), &scores,
            Int32(tags))
        for w in 0..<n { for t in 0..<tags { scores[w * tags + t] += nameBias[t] } }
        return names.decode(scores, count: n)
    }
}
