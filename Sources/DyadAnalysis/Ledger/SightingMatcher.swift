public import DyadCodebook
public import DyadCore

/// A word that names a happening, in a sentence where it was not coded as an event.
public struct Sighting: Sendable, Equatable {
    public var document: String
    /// The word.
    public var span: Span
    /// Its sentence.
    public var sentence: Span
    /// Root of the word.
    var root: String
    /// Roots of the other words of the sentence.
    var terms: Set<String>
    /// Bodies of the actors around it.
    var bodies: Set<String>
}

/// Finds the words by which reports come back to a happening without telling it again: "The ban itself is unchanged".
public struct SightingMatcher: Sendable {
    private let lexicon: LedgerLexicon

    /// A matcher with the words of the data folder.
    public init(lexicon: LedgerLexicon = .standard) { self.lexicon = lexicon }

    /// The words of an article that may name a happening.
    public func sightings(in article: AnnotatedArticle) -> [Sighting] {
        let document = article.article.document
        var out: [Sighting] = []
        var last: Set<String> = []
        for (index, sentence) in article.sentences.enumerated() where sentence.label != .title {
            let here = Set(article.actors.filter { $0.sentence == index }.compactMap(\.code.body))
            let bodies = here.isEmpty ? last : here
            last = bodies
            let roots = sentence.tokens.map { lexicon.root($0.lemma) }
            let terms = Set(
                zip(sentence.tokens, roots).filter {
                    !lexicon.stops.contains($0.0.lemma.lowercased()) && $0.0.upos != "PUNCT"
                }.map(\.1))
            for (token, root) in zip(sentence.tokens, roots)
            where ["NOUN", "VERB"].contains(token.upos) && lexicon.classes[root] != nil
                && !lexicon.lightVerbs.contains(root)
            {
                out.append(
                    Sighting(
                        document: document.name, span: document.original(token.span),
                        sentence: document.original(sentence.span), root: root, terms: terms.subtracting([root]),
                        bodies: bodies))
            }
        }
        return out
    }

    /// For every record the indices of words that come back to it; each word counts for one record at most.
    public func matches(_ records: [EventRecord], _ sightings: [Sighting]) -> [[Int]] {
        var out = [[Int]](repeating: [], count: records.count)
        let profiles = records.map { Profile($0, lexicon) }
        let least = lexicon.thresholds["sighting"] ?? 0.9
        let told = Self.told(records)
        for (index, sighting) in sightings.enumerated()
        where !told.contains("\(sighting.document) \(sighting.span.start)") {
            var best = (value: least, record: -1)
            for (place, profile) in profiles.enumerated() {
                let value = profile.value(sighting)
                if value > best.value { best = (value, place) }
            }
            if best.record >= 0 { out[best.record].append(index) }
        }
        return out
    }

    /// Triggers of happenings that several documents tell: they have found their place.
    private static func told(_ records: [EventRecord]) -> Set<String> {
        Set(
            records.filter { $0.reports > 1 }.flatMap(\.tellings).map { "\($0.document) \($0.triggerSpan.start)" })
    }

    /// A record as words are matched with it.
    private struct Profile {
        private var bodies: Set<String> = []
        private var triggers: Set<String> = []
        private var kinds: Set<String> = []
        private var types: Set<EventType> = []
        /// Words for happenings that stand beside the triggers: "extended its ban".
        private var beside: Set<String> = []
        private var sentences: [(document: String, span: Span, terms: Set<String>)] = []
        private let lexicon: LedgerLexicon

        init(_ record: EventRecord, _ lexicon: LedgerLexicon) {
            self.lexicon = lexicon
            for event in record.tellings {
                bodies.formUnion((event.sourceActors + event.targetActors).compactMap(\.code.body))
                let trigger = roots(event.trigger)
                types.insert(event.type)
                triggers.formUnion(trigger)
                kinds.formUnion(trigger.flatMap { lexicon.classes[$0] ?? [] })
                let terms = roots(event.text)
                beside.formUnion(terms.filter { lexicon.classes[$0] != nil })
                sentences.append((event.document, event.span, terms))
            }
        }

        private func roots(_ text: String) -> Set<String> {
            let words = Words.of(text).map { $0.lowercased() }.filter {
                !lexicon.stops.contains($0) && $0.utf8.count > 1
            }
            return Set(words.map { lexicon.root($0) })
        }

        /// How well a word fits the record; 0 for a word of its own sentences.
        func value(_ sighting: Sighting) -> Double {
            let shared = bodies.intersection(sighting.bodies).count
            guard shared > 0,
                !sentences.contains(where: { $0.document == sighting.document && $0.span.overlaps(sighting.sentence) })
            else { return 0 }
            let named = (lexicon.classes[sighting.root] ?? []).reduce(Set<EventType>()) {
                $0.union(lexicon.acts[$1] ?? [])
            }
            let isAct = !named.isDisjoint(with: types)
            let isKind = !(lexicon.classes[sighting.root] ?? []).allSatisfy { !kinds.contains($0) }
            let word =
                triggers.contains(sighting.root)
                ? 1
                : beside.contains(sighting.root) && isAct ? 0.9 : isKind ? (isAct ? 0.7 : named.isEmpty ? 0.5 : 0.2) : 0
            guard word > 0 else { return 0 }
            let common = sentences.map { $0.terms.intersection(sighting.terms).count }.max() ?? 0
            return word + min(0.6, 0.12 * Double(common)) + (shared > 1 ? 0.4 : 0.2)
        }
    }
}
