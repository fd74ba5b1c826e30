import DyadExchange
import Testing

@Suite struct TableTests {
    @Test func quotesWhatNeedsIt() {
        var csv = CSVWriter()
        csv.row(["a", nil, "b,c", "d\"e", "f\ng", " h "])
        csv.row([nil])
        #expect(csv.text == "a,,\"b,c\",\"d\"\"e\",\"f\ng\", h \r\n\"\"\r\n")
        var tabs = CSVWriter(separator: "\t", lineEnd: "\n")
        tabs.row(["a,b", "c\td"])
        #expect(tabs.text == "a,b\t\"c\td\"\n")
    }

    @Test func eventRowsFitTheirHeader() throws {
        let row = EventTable.row(Fixtures.fullEvent)
        #expect(row.count == EventTable.header.count)
        let cells = Dictionary(uniqueKeysWithValues: zip(EventTable.header, row))
        #expect(cells["target_actor"] == "PAK; REB")
        #expect(cells["longitude"] == "-32.85")
        #expect(cells["context"] == "military; terrorism")
    }

    @Test func alignsColumns() {
        var table = TextTable(["MONTH", "EVENTS", "TEXT"])
        table.row(["2015-10", "3", "Türkei"])
        table.row(["2015-11", "12", "two\nlines"])
        #expect(
            table.text() == """
                MONTH    EVENTS  TEXT
                2015-10       3  Türkei
                2015-11      12  two lines

                """)
    }

    @Test func keepsTheWidth() {
        var table = TextTable(["A", "B"])
        table.row([String(repeating: "x", count: 100), "日本語"])
        let lines = table.text(width: 40).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines[1].hasSuffix("…  日本語"))
        #expect(TextTable(["A"]).text() == "A\n")
    }
}
