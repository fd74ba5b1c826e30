import Testing

@testable import DyadCodebook

/// Names as a table of bytes.
struct NameTableTests {
    @Test func findsANameHoweverItIsWritten() {
        var builder = NameTableBuilder(expecting: 4)
        builder.insert(Array("Islamic State".utf8), value: 1)
        builder.insert(Array("WHO".utf8), value: 2)
        builder.insert(Array("Islamic State".utf8), value: 3)
        let table = builder.table
        #expect(table.matches("Islamic State").map(\.value) == [1, 3])
        #expect(table.matches("ISLAMIC STATE").allSatisfy { !$0.isExact })
        #expect(table.matches("WHO").map(\.isExact) == [true])
        #expect(table.matches("who").map(\.isAcronym) == [true])
        #expect(table.matches("Islamic").isEmpty)
        #expect(table.longest(from: "islamic") == 2)
        #expect(table.longest(from: "state") == 0)
    }

    @Test func keepsEverythingWhileItGrows() {
        var builder = NameTableBuilder(expecting: 1)
        for number in 0..<5000 { builder.insert(Array("Name \(number)".utf8), value: UInt32(number)) }
        let table = builder.table
        for number in 0..<5000 { #expect(table.matches("name \(number)").map(\.value) == [UInt32(number)]) }
    }

    @Test func cutsNamesAsTheTokeniserDoes() {
        #expect(ActorLexicon.words("Kurdistan Workers’ Party") == ["Kurdistan", "Workers", "'", "Party"])
        #expect(ActorLexicon.words("Saudi-led coalition") == ["Saudi", "-", "led", "coalition"])
        #expect(ActorLexicon.words("India's army") == ["India", "'s", "army"])
    }

    @Test func namesTheLineOfAMistake() {
        var errors: [DataError] = []
        let text = "name\tcountry\n# a comment\nOne\tTUR\n\nTwo\tPAK\textra\nThree\n"
        let file = LexiconFile("x.tsv", bytes: Array(text.utf8), columns: ["name", "sector"], errors: &errors)
        #expect(file.count == 2)
        #expect(file.text(1, file.column("name")) == "Three")
        #expect(file.text(1, file.column("country")) == "")
        #expect(errors.map(\.line) == [1, 5])
    }
}
