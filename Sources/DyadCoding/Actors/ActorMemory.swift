import DyadCore

/// What a report has told so far about its people and parties.
struct ActorMemory {
    /// Actor by the last word of a person's name.
    var people: [String: (code: ActorCode, name: String)] = [:]
    /// The same by the first word of a full name: "Gen Raheel" after "Raheel Sharif".
    var givenNames: [String: (code: ActorCode, name: String)] = [:]
    /// State by the name of a city that shares it with a better known one: "Tripoli, Lebanon".
    var cities: [String: String] = [:]
    /// How often a state was named.
    var counts: [String: Int] = [:]
    /// Actor by role phrase: "army chief".
    var roles: [String: ActorCode] = [:]
    /// Abbreviations introduced in brackets.
    var abbreviations: [String: (code: ActorCode, name: String)] = [:]
    /// The state whose offices are meant when none is named.
    var home: String?
    /// The states and organisations named, latest last, each once.
    var bodies: [(body: String, name: String, isState: Bool)] = []
    /// Words of full personal names of the whole report: "Jordan" beside "Michael Jordan" is no state.
    var personWords: Set<String> = []
    /// Full personal names of the whole report by their last word.
    var fullNames: [String: [[String]]] = [:]
    /// Who spoke last, and in which sentence.
    var lastSayer: (entity: Int, sentence: Int)?
    /// In a dialogue, who is spoken to.
    var addressee: Int?
    private var speaker: String?
    var coreference: Coreference

    init(coreference: Coreference) { self.coreference = coreference }

    mutating func note(_ mention: ActorMention, isState: Bool) {
        guard let body = mention.code.body else { return }
        if mention.kind == .country || mention.kind == .organisation {
            bodies.removeAll { $0.body == body }
            bodies.append((body, mention.name, isState))
            if isState { counts[body, default: 0] += 1 }
        }
    }

    /// Remembers a person by the last and the first word of the name.
    mutating func note(person name: String, surname: String, _ code: ActorCode) {
        people[surname] = (code, name)
        let words = name.split(separator: " ")
        if words.count > 1, let first = words.first { givenNames[String(first)] = (code, name) }
    }

    /// Personal names of several words, wherever they stand.
    mutating func learnFullNames(_ sentences: [Sentence]) {
        for sentence in sentences {
            for name in sentence.names where name.type == .person && name.tokens.count > 1 {
                let words = name.tokens.map { sentence.tokens[$0].form }
                personWords.formUnion(words)
                if let last = words.last { fullNames[last, default: []].append(words) }
            }
        }
    }

    // MARK: - Dialogue

    /// A new speaker speaks to the one before.
    mutating func turn(to name: String) {
        guard name != speaker else { return }
        addressee = speaker.map { speakerEntity($0) }
        speaker = name
    }

    /// The entity of a speaker named in the margin, or of the author.
    mutating func speakerEntity(_ name: String) -> Int {
        let key = "speaker " + name
        if let known = coreference.entity(key: key) { return known }
        let words = Coreference.fold(name).split(separator: " ").map(String.init)
        if let known = coreference.person(words) {
            coreference.alias(key, for: known)
            return known
        }
        let number = coreference.make(Coreference.Entity(name: name, type: .person), key: key)
        coreference.noteSurname(words, of: number)
        coreference.update(number) { $0.names.insert(words.joined(separator: " ")) }
        return number
    }
}
