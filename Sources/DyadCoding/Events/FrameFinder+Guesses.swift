import DyadCodebook
import DyadCore

/// Frames that no pattern speaks for.
extension FrameFinder {
    /// "Russia said that Sudan must return the helicopter": a demand of the speaker on the subject.
    func obligation(_ index: Int) -> Frame? {
        guard certainty.isObligation(index), let cue = graph.head(index),
            ["ccomp", "parataxis"].contains(graph.relation(index)), knowledge.cues.stance(graph.lemma(cue), "v") != nil
        else { return nil }
        let speakers = graph.subjects(cue).flatMap { parties.actors(at: $0, depth: 0) }.filter {
            $0.code.body != nil && !$0.isPlace
        }
        let bound = graph.surfaceSubjects(index).flatMap { parties.actors(at: $0, depth: 0) }
            .filter { mention in mention.code.body != nil && !speakers.contains { $0.code == mention.code } }
        guard !speakers.isEmpty, !bound.isEmpty else { return nil }
        return Frame(
            type: .request, mode: "change", trigger: index, used: [], sources: unique(speakers), targets: unique(bound),
            isMutual: false,
            factuality: .asserted, holder: "", rule: "a speaker says that another must", file: "", line: 0,
            specificity: 3, confidence: 0.6)
    }

    /// Verbs with an actor on either side that no pattern knows: candidates for the judge alone.
    func guesses(_ known: [Frame], _ silent: Set<Int>) -> [Frame] {
        let told = silent.union(known.map(\.trigger)).union(known.flatMap(\.used))
        return graph.sentence.tokens.indices.compactMap { index in
            guard graph.token(index).upos == "VERB", !told.contains(index),
                knowledge.cues.stance(graph.lemma(index), "v") == nil, !carriesAnother(index),
                !known.contains(where: { graph.isUnder(index, $0.trigger) && index != $0.trigger })
            else { return nil }
            let sources = parties.find([["subj"]], of: index, wantPlaces: false)
            let targets = parties.find(
                Self.defaultTargets + [["from"], ["obj", "from"]], of: index, wantPlaces: false,
                excludingBodies: bodies(sources))
            guard !sources.isEmpty, !targets.isEmpty, (sources + targets).allSatisfy(isNamed) else { return nil }
            let (factuality, holder) = certainty.judge(index)
            // What may or will be is too little for a guess.
            guard ![.planned, .hypothetical, .conditional, .requested].contains(factuality) else { return nil }
            return Frame(
                type: .consult, mode: nil, trigger: index, used: [], sources: unique(sources), targets: unique(targets),
                isMutual: false,
                factuality: factuality, holder: holder, rule: "", file: "", line: 0, specificity: 0, confidence: 0.5,
                isGuess: true)
        }
    }

    /// "hastened to answer": the verb only says how the other one came about.
    func carriesAnother(_ index: Int) -> Bool {
        graph.children(index, "xcomp").contains(where: graph.isVerb)
            && knowledge.cues.signature(graph.lemma(index), "v", frame: "to") != nil
    }
}
