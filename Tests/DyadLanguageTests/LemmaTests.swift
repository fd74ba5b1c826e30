import DyadCodebook
import DyadTesting
import Testing

@testable import DyadLanguage

@Suite struct LemmaTests {
    @Test(arguments: [
        ("K|0|", "Ankara", "Ankara"), ("L|0|", "Troops", "troops"), ("L|1|", "Troops", "troop"),
        ("L|3|y", "allied", "ally"),
        ("L|3|y", "Allies", "ally"), ("T|1|", "TURKEYS", "Turkey"), ("=be", "Was", "be"), ("=go", "went", "go"),
        ("L|9|x", "met", "metx"),
        ("K|2|", "Talks", "Talks"), ("nonsense", "Talks", "Talks"), ("", "Talks", "Talks"),
        ("L|2|ı", "ŞIRNAK", "şirnı"),
    ]) func appliesAnEdit(_ label: String, _ form: String, _ lemma: String) {
        #expect(LemmaScript(label).apply(to: form) == lemma)
    }

    @Test(arguments: [
        ("confiscated", "confiscate"), ("kidnapped", "kidnap"), ("denied", "deny"), ("denies", "deny"),
        ("signing", "sign"),
        ("accuses", "accuse"), ("seizing", "seize"), ("pressed", "press"), ("attacked", "attack"),
        ("resolved", "resolve"),
        ("agreed", "agree"), ("imposing", "impose"), ("released", "release"),
    ]) func offersTheStemOfAVerb(_ form: String, _ stem: String) { #expect(Stems.verb(form).contains(stem)) }

    @Test(arguments: [("allies", "ally"), ("talks", "talk"), ("boxes", "box"), ("bases", "base"), ("wishes", "wish")])
    func offersTheStemOfANoun(_ form: String, _ stem: String) { #expect(Stems.noun(form).contains(stem)) }

    @Test func offersNothingWhereNothingEnds() {
        #expect(
            Stems.verb("meet").isEmpty && Stems.verb("red").isEmpty && Stems.verb("").isEmpty
                && Stems.verb("pass").isEmpty)
        #expect(Stems.noun("crisis") == ["crisi"])
        #expect(Stems.noun("press").isEmpty && Stems.noun("").isEmpty)
    }

    private let lemmatiser = Lemmatiser(
        lines: ["went\tVERB\tgo", "allies\tNOUN\tally", "broken line"],
        vocabulary: ["kidnap", "mission", "confiscate", "sign"])

    @Test(arguments: [
        ("Went", "VERB", "went", "go"), ("went", "NOUN", "went", "went"), ("Allies", "NOUN", "allie", "ally"),
        ("kidnapped", "VERB", "kidnapp", "kidnap"), ("confiscated", "VERB", "confiscat", "confiscate"),
        ("missions", "NOUN", "mission", "mission"), ("signed", "VERB", "sign", "sign"),
        ("Ankaras", "PROPN", "Ankara", "Ankara"),
        ("met", "VERB", "meet", "meet"),
    ]) func mendsTheLearnedLemma(_ form: String, _ tag: String, _ learned: String, _ lemma: String) {
        #expect(lemmatiser.lemma(form, tag: tag, learned: learned) == lemma)
    }

    private static let shipped = Result { try IrregularForms(folder: Repository.data) }

    @Test(arguments: [
        ("overthrew", "VERB", "overthrow"), ("misled", "VERB", "mislead"), ("froze", "VERB", "freeze"),
        ("withdrew", "VERB", "withdraw"), ("foresaw", "VERB", "foresee"), ("Rebuilt", "VERB", "rebuild"),
        ("trafficking", "VERB", "traffic"), ("hypotheses", "NOUN", "hypothesis"), ("gunmen", "NOUN", "gunman"),
        ("barracks", "NOUN", "barracks"), ("passersby", "NOUN", "passerby"),
    ]) func knowsIrregularForms(_ form: String, _ tag: String, _ lemma: String) throws {
        let lemmatiser = Lemmatiser(lines: [], vocabulary: [], irregular: try Self.shipped.get())
        #expect(lemmatiser.lemma(form, tag: tag, learned: "learned") == lemma)
    }

    /// The treebank's word goes before the list.
    @Test func asksTheTreebankFirst() throws {
        let lemmatiser = Lemmatiser(lines: ["saw\tVERB\tsaw"], vocabulary: [], irregular: try Self.shipped.get())
        #expect(lemmatiser.lemma("saw", tag: "VERB", learned: "x") == "saw")
    }

    @Test func reportsMistakesOfTheList() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "form\tlemma\tpos\nflew\tfly\tverb\nFled\tflee\tv\nfed\t\tv\n", to: "rules/en/irregular_forms.tsv")
        var errors: [DataError] = []
        #expect(IrregularForms(folder: folder.url, errors: &errors).count == 2)
        let places = errors.map { "\($0.line):\($0.column)" }
        #expect(places == ["2:3", "3:1", "4:2"])
    }
}
