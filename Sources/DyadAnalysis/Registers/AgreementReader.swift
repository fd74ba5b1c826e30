import DyadCodebook
import DyadCore

/// Finds agreements, promises with their due days, and what may follow them up.
struct AgreementReader {
    private let lexicon: RegisterLexicon
    private let maker: StatementMaker
    private let parts: AgreementParts
    private let followUps: FollowUpReader
    private var promises: PromiseReader
    /// The last promise, whose beginning the next sentence may date.
    private var last: (id: String, block: Int, sentence: Int)?

    init(lexicon: RegisterLexicon, maker: StatementMaker) {
        self.lexicon = lexicon
        self.maker = maker
        parts = AgreementParts(lexicon: lexicon, maker: maker)
        followUps = FollowUpReader(lexicon: lexicon, parts: parts)
        promises = PromiseReader(lexicon: lexicon, parts: parts)
    }

    /// The statements of an article.
    static func statements(_ views: [SentenceView], _ lexicon: RegisterLexicon, _ maker: StatementMaker)
        -> [[RegisterStatement]]
    {
        var reader = AgreementReader(lexicon: lexicon, maker: maker)
        var out: [[RegisterStatement]] = []
        var due: [String: String] = [:]
        for view in views {
            if let day = reader.beginning(view), let last = reader.last { due[last.id] = due[last.id] ?? day }
            out.append(reader.statements(view))
        }
        return out.map { sentence in
            sentence.map { statement in
                var dated = statement
                dated.due = statement.due ?? due[statement.id]
                return dated
            }
        }
    }

    private mutating func statements(_ view: SentenceView) -> [RegisterStatement] {
        var out: [RegisterStatement] = []
        for token in view.tokens.indices {
            let found = promises.statements(token, view)
            out += found
            if found.isEmpty, let statement = agreement(token, view) { out.append(statement) }
        }
        for statement in out where statement.bodies.count > 1 {
            promises.earlier.append(statement.parties.filter { $0.code != nil })
        }
        if let promise = out.last(where: { $0.step == "promised" && $0.due == nil && !$0.isRecalled }) {
            last = (promise.id, view.block, view.index)
        }
        return out + followUps.statements(view)
    }

    /// "The new regime is to start on Wednesday": the day of the promise just told.
    private func beginning(_ view: SentenceView) -> String? {
        guard let last, view.block == last.block, view.index - last.sentence <= 1,
            let root = view.tokens.indices.first(where: { view.tokens[$0].head < 0 })
        else { return nil }
        let verbs = [root] + view.children(root, "xcomp")
        guard let verb = verbs.first(where: { lexicon.kind("agreements-begin", view.lemma($0)) != nil }),
            let subject = view.subject(verb), view.actors(at: subject).isEmpty
        else { return nil }
        return parts.due(verb, view)?.value
    }

    // MARK: - Agreements

    /// "signed an agreement to set up a commission", "suspended the treaty", "did not carry out its promise".
    private func agreement(_ token: Int, _ view: SentenceView) -> RegisterStatement? {
        guard view.isVerb(token), let cue = lexicon.cue("agreements", view.phrase(token), "v"), cue.step != "promised",
            let object = object(token, view), let kind = lexicon.kind("agreements", view.lemma(object))
        else { return nil }
        let isNegated = view.isNegated(token)
        let step = isNegated ? cue.negated : cue.step
        guard !step.isEmpty, !view.isPossible(token) else { return nil }
        let isPromise = kind == "commitment"
        if isPromise, step == "agreed" || step == "talks" { return nil }
        var out = maker.statement(
            .agreements, step: view.isFuture(token) && step == "agreed" ? "talks" : step, view: view,
            at: view.tokens[object].span)
        out.category = kind
        out.subject = parts.shortened(view, object)
        let inside = view.members(object, without: ["parataxis"])
        let places = view.actors.filter { $0.isPlace }
        let named = inside.filter { token in !places.contains { $0.tokens.contains(token) } }
        out.words = parts.words(named, view).filter { lexicon.kind("agreements", $0) == nil }
        out.marks = parts.marks(inside, view)
        if isPromise, out.words.isEmpty { return nil }
        setParties(&out, token, object, isPromise, view)
        guard out.bodies.count > 1 || isPromise && !out.bodies.isEmpty else { return nil }
        maker.date(&out, at: view.tokens[token].span, view)
        return out
    }

    private func object(_ token: Int, _ view: SentenceView) -> Int? {
        let object =
            view.children(token, "obj").first
            ?? view.children[token].first { view.tokens[$0].relation == "nsubj:pass" }
            ?? view.nouns(of: token, with: ["from", "on", "with", "to"]).first
        guard let object, view.tokens[object].upos == "PRON", view.tokens[token].relation == "acl:relcl" else {
            return object
        }
        return view.tokens[token].head
    }

    private func setParties(
        _ out: inout RegisterStatement, _ token: Int, _ object: Int, _ isPromise: Bool, _ view: SentenceView
    ) {
        var subject = parts.subjects(token, view)
        if isPromise, subject.isEmpty { subject = view.owner(object).map { maker.parties("party", [$0]) } ?? [] }
        if subject.count < 2, let many = promises.counted(token, view) { subject = many }
        let with = (view.nouns(of: token, with: ["with"]) + view.nouns(of: object, with: ["with", "between"]))
            .flatMap { view.actors(at: $0) }
        let role = isPromise ? "promisor" : "party"
        out.parties = subject.map { RegisterParty(role: role, code: $0.code, name: $0.name) }
        let known = Set(out.parties.map(\.key))
        out.parties += maker.parties("party", with).filter { !known.contains($0.key) }
        parts.addPair(&out, isSpoken: !subject.isEmpty)
    }
}
