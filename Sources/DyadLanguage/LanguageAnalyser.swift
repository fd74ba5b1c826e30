public import DyadCore

/// Text to analysed sentences: words, sentence starts, tags, trees, names.
///
/// The encoder reads windows of several sentences (a paragraph, when it is not too long), so that sentence ends are
/// found by the same pass that parses, and every sentence is read with its neighbours in view.
public struct LanguageAnalyser: Sendable {
    private let model: LanguageModel
    private let tokeniser: Tokeniser
    private let chains: PlaceChain?
    /// Words a window aims at; a paragraph that is longer is cut at the last sentence start found.
    private let windowWords = 110
    /// Words encoded together.
    private let batchWords = 420

    /// An analyser of a model and a tokeniser; with `chains`, places that enclose each other are names apart.
    public init(model: LanguageModel, tokeniser: Tokeniser, chains: PlaceChain? = nil) {
        self.model = model
        self.chains = chains
        self.tokeniser = tokeniser
    }

    /// A block of text to analyse.
    public struct Passage: Sendable {
        var span: Span
        var block: Int
        var label: BlockLabel
        /// True when the whole block is one sentence, as a headline is.
        var isWhole: Bool

        /// A passage of a document; headlines are one sentence.
        public init(span: Span, block: Int = 0, label: BlockLabel = .paragraph, isWhole: Bool = false) {
            self.span = span
            self.block = block
            self.label = label
            self.isWhole = isWhole
        }
    }

    /// Analyses passages of one document.
    public func sentences(
        in bytes: [UInt8], passages: [Passage], _ workspace: LanguageModel.Workspace
    ) -> [Sentence] {
        var jobs: [Job] = []
        for (index, passage) in passages.enumerated() {
            let tokens = tokeniser.tokens(in: bytes, span: passage.span)
            if !tokens.isEmpty { jobs.append(Job(passage: passage, order: index, tokens: tokens)) }
        }
        return finish(&jobs, workspace)
    }

    /// Analyses sentences whose words are given, each on its own.
    public func sentences(given: [[Token]], _ workspace: LanguageModel.Workspace) -> [Sentence] {
        var jobs = given.enumerated().filter { !$0.element.isEmpty }.map { index, tokens in
            Job(
                passage: Passage(
                    span: Span(tokens[0].span.start, tokens[tokens.count - 1].span.end), block: index, isWhole: true),
                order: index, tokens: tokens)
        }
        return finish(&jobs, workspace)
    }

    /// Words of a passage without analysis.
    public func words(in bytes: [UInt8], passage: Passage) -> [Token] {
        tokeniser.tokens(in: bytes, span: passage.span)
    }

    private struct Job {
        var passage: Passage
        var order: Int
        var tokens: [Token]
        var next = 0
        var sentences: [Sentence] = []
    }

    private func finish(_ jobs: inout [Job], _ workspace: LanguageModel.Workspace) -> [Sentence] {
        var open = Array(jobs.indices)
        while !open.isEmpty {
            var batch: [(job: Int, range: Range<Int>)] = []
            var words = 0
            for index in open where words < batchWords {
                let range = window(jobs[index], workspace)
                batch.append((index, range))
                words += range.count
            }
            let output = model.run(batch.map { jobs[$0.job].tokens[$0.range] }, workspace)
            var first = 0
            for (index, range) in batch {
                read(&jobs[index], range, output, first, workspace)
                first += range.count
            }
            open.removeAll { jobs[$0].next >= jobs[$0].tokens.count }
        }
        return jobs.flatMap(\.sentences)
    }

    /// The words of the next window of a job: as many as fit, the encoder's limit kept.
    private func window(_ job: Job, _ workspace: LanguageModel.Workspace) -> Range<Int> {
        let wanted = job.passage.isWhole ? job.tokens.count : min(job.tokens.count, job.next + windowWords)
        var end = job.next
        var pieces = 2
        while end < wanted {
            pieces += model.pieceCount(job.tokens[end].form, workspace)
            if pieces > model.longestWindow { break }
            end += 1
        }
        return job.next..<max(end, job.next + 1)
    }

    /// Cuts a window into sentences; the last one waits for the next window when the passage goes on.
    private func read(
        _ job: inout Job, _ range: Range<Int>, _ output: borrowing LanguageModel.Output, _ first: Int,
        _ workspace: LanguageModel.Workspace
    ) {
        var starts = [range.lowerBound]
        if !job.passage.isWhole {
            for w in range.dropFirst() where job.tokens[w].multiword > 0 {
                if model.boundary(output, first + w - range.lowerBound) > 0 { starts.append(w) }
            }
        }
        var end = range.upperBound
        if end < job.tokens.count, starts.count > 1, let last = starts.popLast() { end = last }
        for (index, start) in starts.enumerated() {
            let stop = index + 1 < starts.count ? starts[index + 1] : end
            var tokens = Array(job.tokens[start..<stop])
            let names = model.decode(&tokens, output, first: first + start - range.lowerBound, workspace)
            var sentence = Sentence(
                span: Span(tokens[0].span.start, tokens[tokens.count - 1].span.end), tokens: tokens,
                block: job.passage.block, label: job.passage.label)
            sentence.names = chains?.parted(names, tokens) ?? names
            job.sentences.append(sentence)
        }
        job.next = end
    }
}
