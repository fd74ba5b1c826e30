import DyadCore
import DyadIngest
import Foundation
import Testing

@Suite struct DocumentReaderTests {
    let reader = DocumentReader()

    @Test func keepsTheBytesOfValidUTF8() throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("Çavuşoğlu met Dar.\r\n".utf8)
        #expect(try reader.read(bytes: bytes, name: "a.txt").bytes == bytes)
    }

    @Test(arguments: [
        (TextEncoding.windows1252, [0x93, 0x4E, 0x6F, 0x94, 0x20, 0xE9], "“No” é"),
        (TextEncoding.windows1254, [0xDE, 0x69, 0xFE, 0xE7, 0xF0], "Şişçğ"),
        (TextEncoding.windows1251, [0xCC, 0xE8, 0xED, 0xF1, 0xEA, 0xA8], "МинскЁ"),
    ]) func convertsOtherEncodings(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) throws {
        let reader = DocumentReader(fallback: encoding)
        let document = try reader.read(bytes: bytes, name: "a.txt")
        #expect(document.text(Span(0, document.bytes.count)) == text)
    }

    @Test func readsUTF16WithAMark() throws {
        let little: [UInt8] = [0xFF, 0xFE, 0x41, 0x00, 0x11, 0x01]
        let big: [UInt8] = [0xFE, 0xFF, 0x00, 0x41, 0x01, 0x11]
        #expect(try reader.read(bytes: little, name: "a").bytes == Array("Ađ".utf8))
        #expect(try reader.read(bytes: big, name: "a").bytes == Array("Ađ".utf8))
    }

    @Test func readsUTF16WithoutAMark() throws {
        let text = "Ankara met Doha."
        let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        #expect(try reader.read(bytes: little, name: "a").bytes == Array(text.utf8))
        #expect(try reader.read(bytes: big, name: "a").bytes == Array(text.utf8))
    }

    @Test func refusesALineThatNobodyWrote() throws {
        var reader = DocumentReader()
        reader.maximumLineBytes = 10
        #expect(try reader.read(bytes: Array("0123456789\n0123456789\r\n0".utf8), name: "a").bytes.count == 24)
        #expect(throws: IngestError.lineTooLong(name: "a", line: 2, bytes: 11, limit: 10)) {
            try reader.read(bytes: Array("x\n01234567890\nx".utf8), name: "a")
        }
    }

    @Test func repairsBrokenUTF8BehindAMark() throws {
        let document = try reader.read(bytes: [0xEF, 0xBB, 0xBF, 0x41, 0xFF, 0x42], name: "a")
        #expect(document.text(Span(0, document.bytes.count)) == "\u{FEFF}A\u{FFFD}B")
    }

    @Test func refusesWhatIsNoText() {
        #expect(throws: IngestError.empty(name: "a")) { try reader.read(bytes: [], name: "a") }
        #expect(throws: IngestError.noText(name: "a")) { try reader.read(bytes: Array(" \n\t\u{A0}".utf8), name: "a") }
        #expect(throws: IngestError.binary(name: "a")) { try reader.read(bytes: [0x41, 0x00, 0x42], name: "a") }
        #expect(throws: IngestError.binary(name: "a")) {
            try reader.read(bytes: [0x89, 0x50, 0x4E, 0x47, 0x01, 0x02, 0x03], name: "a")
        }
        #expect(throws: IngestError.tooLarge(name: "a", bytes: 3, limit: 2)) {
            try DocumentReader(maximumBytes: 2).read(bytes: [0x41, 0x42, 0x43], name: "a")
        }
    }

    @Test func namesTheFileAndTheTrouble() {
        let folder = IngestCorpus.root.appendingPathComponent("Tests")
        #expect(throws: IngestError.directory(name: "Tests")) { try reader.read(file: folder) }
        let missing = folder.appendingPathComponent("nothing here.txt")
        #expect(throws: IngestError.notFound(name: "nothing here.txt")) { try reader.read(file: missing) }
        #expect(IngestError.notFound(name: "a.txt").message == "a.txt: there is no such file.")
        #expect(IngestError.tooLarge(name: "a", bytes: 3, limit: 2).message.hasPrefix("a: 3 bytes"))
    }

    @Test func readsAPipe() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("Ankara met Doha.".utf8))
        try pipe.fileHandleForWriting.close()
        let url = URL(fileURLWithPath: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
        #expect(try reader.read(file: url).bytes == Array("Ankara met Doha.".utf8))
    }

    @Test func readsAFile() throws {
        let url = IngestCorpus.root.appendingPathComponent("Tests/Corpora/ingest/pages.dyad")
        let document = try reader.read(file: url)
        #expect(document.name == "pages.dyad")
        #expect(document.bytes == Array(try Data(contentsOf: url)))
    }
}
