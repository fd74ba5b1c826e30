import DyadCodebook
import DyadCore

/// Offices that a sentence tells: titles, appositions, "is the chief of", "who heads".
extension ActorSentence {
    mutating func learnRoles(_ memory: inout ActorMemory) {
        let people = found.filter { mention in
            mention.entity != nil
                && graph.sentence.names.contains { $0.type == .person && $0.tokens.contains(mention.head) }
        }
        for person in people {
            for noun in offices(of: person.head) { learn(noun, person, &memory) }
            if let body = headed(by: person.head) { learnLeadership(of: body, person, &memory) }
        }
    }

    /// Role nouns that are said of a person.
    private func offices(of head: Int) -> [Int] {
        var nouns = graph.children(head, "appos", "flat", "compound") + graph.children(head, full: "nmod:desc")
        if let up = graph.head(head) {
            if ["appos", "flat"].contains(graph.relation(head)) { nouns.append(up) }
            if graph.relation(head) == "nsubj", !graph.children(up, "cop").isEmpty,
                !graph.children(up, "advmod").contains(where: { ["not", "n't"].contains(form($0).lowercased()) })
            {
                nouns.append(up)
            }
        }
        return nouns.flatMap { noun in
            noun < head ? [noun] : graph.conjuncts(noun).filter { $0 == noun || graph.token($0).upos == "NOUN" }
        }.filter { noun in
            // A brigade is nobody's office, nor is a counterpart's known.
            !references.is(graph.lemma(noun), "body") && !references.is(graph.lemma(noun), "counterpart")
                && role(at: noun) != nil
        }
    }

    private mutating func learn(_ noun: Int, _ person: ActorMention, _ memory: inout ActorMemory) {
        guard let role = role(at: noun) else { return }
        let told =
            found.last { $0.head == noun && $0.kind == .role && $0.code.body != nil }?.code
            ?? code(ofRole: role, noun, memory, exclude: person.tokens)
        let code = told ?? ActorCode(person.code.body, sector: role.sector)
        let before = graph.children(noun, "amod", "compound", "advmod").map { form($0).lowercased() }
        let isPast = before.contains { lexicon.offices.isPast($0) }
        keep(person, code, isPast ? "former " + role.phrase : role.phrase, from: role.tokens.lowerBound, noun, &memory)
    }

    /// The army in "Sharif, who heads the army".
    private func headed(by head: Int) -> Int? {
        let clauses = graph.children(head, full: "acl:relcl") + graph.children(head, full: "acl")
        let verb = clauses.first { references.is(graph.lemma($0), "heading") && graph.isVerb($0) }
        return verb.flatMap { graph.children($0, "obj").first }
    }

    private mutating func learnLeadership(of body: Int, _ person: ActorMention, _ memory: inout ActorMemory) {
        let named = found.last { $0.tokens.contains(body) && $0.kind != .role && $0.code.body != nil }?.code
        let office = role(at: body)
        let owned = office.flatMap { self.code(ofRole: $0, body, memory, exclude: person.tokens) }
        guard named != nil || office != nil else { return }
        let code = named ?? owned ?? ActorCode(person.code.body, sector: office?.sector)
        let words = office?.tokens ?? body..<body + 1
        keep(person, code, "head of " + key(words), from: body, body, &memory)
    }

    /// Keeps an office with its evidence, and gives the person its code when none was known.
    private mutating func keep(
        _ person: ActorMention, _ code: ActorCode, _ role: String, from low: Int, _ noun: Int,
        _ memory: inout ActorMemory
    ) {
        guard let entity = person.entity else { return }
        let high = graph.children(noun, "nmod").flatMap(graph.subtree).max() ?? noun
        let range = min(low, person.tokens.lowerBound)..<max(high + 1, person.tokens.upperBound)
        learned.append(
            LearnedRole(
                person: key(withoutTitles(person.tokens)), entity: entity, role: role, code: code, sentence: index,
                span: graph.sentence.span(of: range)))
        memory.coreference.update(entity) { known in
            known.heads.insert(graph.lemma(noun))
            if known.code.body == nil { known.code = code }
            if let office = office(role) { known.offices.insert(office) }
        }
        guard code.body != nil else { return }
        if !lexicon.offices.office(role).isPast { memory.roles[role] = code }
        for i in found.indices where found[i].entity == entity && found[i].code.body == nil {
            found[i].code = code
            found[i].kind = found[i].kind == .unknown ? .person : found[i].kind
            found[i].rule = "title or apposition"
        }
        let surname = form(person.tokens.upperBound - 1)
        if memory.people[surname] == nil { memory.note(person: person.name, surname: surname, code) }
    }

    /// The name of an office that one person holds at a time.
    func office(_ title: String) -> String? {
        let office = lexicon.offices.office(title)
        return office.isSingle && !office.isPast && !office.isActing ? office.name : nil
    }
}
