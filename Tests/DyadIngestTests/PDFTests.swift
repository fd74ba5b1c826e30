import DyadCore
import DyadTesting
import Foundation
import Testing

@testable import DyadIngest

@Suite struct PDFTests {
    private let place: TemporaryFolder

    init() throws { place = try TemporaryFolder() }

    /// A program that stands where `pdftotext` is looked for.
    private func reader(_ script: String) throws -> PDFReader {
        let program = try place.write("#!/bin/sh\n\(script)\n", to: "bin/pdftotext")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        var reader = PDFReader()
        reader.path = program.deletingLastPathComponent().path
        return reader
    }

    private func trouble(_ reader: PDFReader) throws -> String? {
        let file = try place.write("%PDF-1.4\n", to: "a.pdf")
        do { _ = try reader.text(of: file) } catch let error as PDFReader.Trouble { return error.reason }
        return nil
    }

    @Test func saysWhatIsMissingOrWrong() throws {
        var none = PDFReader()
        none.path = place.url.path
        #expect(try trouble(none)?.contains("poppler-utils") == true)
        #expect(
            try trouble(reader("echo 'Command Line Error: Incorrect password' >&2; exit 1"))?.contains("password")
                == true)
        #expect(try trouble(reader("echo 'Syntax Error: no trailer' >&2; exit 1"))?.contains("no trailer") == true)
        #expect(try trouble(reader("echo '<doc></doc>'"))?.contains("pictures") == true)
        #expect(try trouble(reader("printf '\\f\\f'; echo 'Syntax Error: damaged' >&2"))?.contains("damaged") == true)
    }

    @Test func doesNotWaitForEver() throws {
        var slow = try reader("exec sleep 60")
        slow.timeout = 0.3
        #expect(try trouble(slow)?.contains("not ready") == true)
        var endless = try reader("exec yes '<word xMin=\"1\">word</word>'")
        endless.maximumBytes = 1_000_000
        #expect(try trouble(endless)?.contains("more text") == true)
        // Complaints must not fill a pipe that nobody empties.
        #expect(try trouble(reader("yes 'Syntax Error' | head -n 200000 >&2; echo Lomar meets Teska")) == nil)
    }

    @Test func readsPlainText() throws {
        let file = try place.write("%PDF-1.4\n", to: "a.pdf")
        let text = try reader("echo 'Lomar meets Teska'").text(of: file)
        #expect(String(decoding: text.bytes, as: UTF8.self) == "Lomar meets Teska\n")
        #expect(text.notes.isEmpty)
    }

    /// Lines with their places, as the program prints them.
    private static func pages(_ pages: [[(left: Double, top: Double, right: Double, text: String)]]) -> [UInt8] {
        var out = "<doc>\n"
        for page in pages {
            out += "<page width=\"600\" height=\"800\">\n"
            for line in page {
                let box = "xMin=\"\(line.left)\" yMin=\"\(line.top)\" xMax=\"\(line.right)\" yMax=\"\(line.top + 9)\""
                out += "<line \(box)>\n<word \(box)>\(line.text)</word>\n</line>\n"
            }
            out += "</page>\n"
        }
        return Array((out + "</doc>\n").utf8)
    }

    private func paragraphs(_ pages: [[(left: Double, top: Double, right: Double, text: String)]]) throws -> [String] {
        PDFParagraphs(try #require(PDFPages(Self.pages(pages)))).paragraphs()
    }

    @Test func joinsLinesAcrossColumnsAndPages() throws {
        let found = try paragraphs([
            [
                (50, 100, 290, "Tonga and Samoa agreed on Monday to fish in"),
                (50, 112, 290, "common waters, their govern-"),
                (310, 100, 550, "ments said in a statement that was read"),
                (310, 112, 430, "in both capitals."),
                (320, 124, 550, "Fiji was not asked. Its inter-"),
            ],
            [
                (50, 100, 290, "island ferries, an inter-island line, go on &amp; on"),
                (50, 112, 200, "without a change."),
            ],
        ])
        #expect(
            found == [
                "Tonga and Samoa agreed on Monday to fish in common waters, their governments said in a statement that was read "
                    + "in both capitals.",
                "Fiji was not asked. Its inter-island ferries, an inter-island line, go on & on without a change.",
            ])
    }

    @Test func dropsHeadersFootersAndNumbersOfPages() throws {
        let page = { (number: Int, text: String) in
            [
                (50.0, 20.0, 300.0, "THE LAGOON COURIER, 4 May 2021"), (50.0, 400.0, 550.0, text),
                (50.0, 770.0, 200.0, "lagoon.example"), (280.0, 770.0, 320.0, "- \(number) -"),
            ]
        }
        let found = try paragraphs([page(1, "The first text ends here."), page(2, "A second text ends here.")])
        #expect(found.filter { $0.contains("LAGOON") }.count == 1)
        #expect(found.first?.hasPrefix("THE LAGOON COURIER") == true)
        #expect(!found.contains { $0.contains("lagoon.example") || $0.contains("- 1 -") || $0.contains("- 2 -") })
        #expect(found.contains("A second text ends here."))
    }

    @Test func survivesNonsense() throws {
        for text in [
            "<doc>",
            "<doc><page height=\"nan\">\n<line xMin=\"inf\" yMin=\"0\" xMax=\"1\" yMax=\"2\">\n<word>a</word>\n</line>",
            "<doc>\n<word>lost</word>\n</line>\n</page>", "<doc>\n<page height=\"-1\">\n<line xMin=\"1\">\n<word>&\n",
        ] {
            if let pages = PDFPages(Array(text.utf8)) { _ = PDFParagraphs(pages).paragraphs() }
        }
    }

    private static let hasProgram = FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext")

    /// A PDF of text lines at places, written by hand.
    private static func pdf(_ lines: [(x: Int, y: Int, text: String)]) -> Data {
        let stream = "BT /F1 10 Tf\n" + lines.map { "1 0 0 1 \($0.x) \($0.y) Tm (\($0.text)) Tj\n" }.joined() + "ET"
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            "<</Length \(stream.utf8.count)>>stream\n\(stream)\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
        var out = "%PDF-1.4\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(out.utf8.count)
            out += "\(index + 1) 0 obj\(object)endobj\n"
        }
        let table = out.utf8.count
        let digits = { (number: Int) in String(repeating: "0", count: 10 - "\(number)".count) + "\(number)" }
        out += "xref\n0 6\n0000000000 65535 f \n" + places.map { "\(digits($0)) 00000 n \n" }.joined()
        return Data((out + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n\(table)\n%%EOF\n").utf8)
    }

    private static let twoColumns = pdf([
        (50, 740, "Islands settle a dispute over tuna"), (50, 722, "4 May 2021"),
        (50, 690, "Palau and Nauru signed an accord on Monday"),
        (50, 678, "that ends a dispute of nine years over the"),
        (50, 666, "tuna in the waters between the two coun-"),
        (320, 690, "tries. Officials of both governments said that"),
        (320, 678, "the first boats would leave in the autumn, when"),
        (320, 666, "the new licences have been given out."),
        (290, 20, "17"),
    ])

    @Test(.enabled(if: hasProgram, "pdftotext (poppler-utils) is not installed"))
    func readsTwoColumnsWithTheRealProgram() throws {
        let file = try place.write(Self.twoColumns, to: "two.pdf")
        var documents: [Document] = []
        let report = try FileReader(folder: Repository.data).read(file) { documents.append($0) }
        #expect(report.format == "PDF")
        let text = documents.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
        #expect(
            text.contains(
                "Palau and Nauru signed an accord on Monday that ends a dispute of nine years over the tuna in the waters "
                    + "between the two countries. Officials of both governments said that the first boats would leave in the "
                    + "autumn, when the new licences have been given out."))
        #expect(!text.contains("17"))
        let article = try ArticleReader(folder: Repository.data).read(try #require(documents.first)).first
        #expect(article?.title == "Islands settle a dispute over tuna")
        #expect(article?.published == CalendarDate("2021-05-04"))
    }

    @Test(.enabled(if: hasProgram, "pdftotext (poppler-utils) is not installed"))
    func survivesDamageWithTheRealProgram() throws {
        let whole = Self.twoColumns
        for count in stride(from: 9, to: whole.count, by: 97) {
            let file = try place.write(whole.prefix(count), to: "cut-\(count).pdf")
            do {
                _ = try PDFReader().text(of: file)
            } catch let error as PDFReader.Trouble {
                #expect(!error.reason.isEmpty)
            }
        }
    }

    @Test(.enabled(if: hasProgram, "pdftotext (poppler-utils) is not installed"))
    func readsAPDFInsideAnArchive() throws {
        var documents: [Document] = []
        _ = try FileReader(folder: Repository.data).read(bytes: Array(Self.twoColumns), name: "a.zip/two.pdf") {
            documents.append($0)
        }
        #expect(documents.first?.name == "a.zip/two.pdf")
    }
}
