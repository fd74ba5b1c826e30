import DyadModels
import DyadTesting
import Foundation
import Testing

@testable import DyadLanguage

/// Model files that are missing, cut off or damaged are errors that name the file.
@Suite struct ModelFileTests {
    private static let shipped = Result {
        try Data(contentsOf: #require(ModelLocation.file("language-en.dyad")), options: .mappedIfSafe)
    }

    private func mistake(_ data: Data?, _ name: String = "model.dyad") throws -> String {
        let folder = try TemporaryFolder()
        let url = try data.map { try folder.write($0, to: name) } ?? folder.url.appendingPathComponent(name)
        do {
            _ = try LanguageModel(url: url)
            return "no mistake"
        } catch {
            #expect(error.description.contains(url.path), "\(error)")
            return error.description.replacing(url.path, with: "FILE")
        }
    }

    /// The beginning of a file with a header of given text.
    private func file(_ header: String, _ rest: Int = 64) -> Data {
        let length = UInt32(header.utf8.count)
        return Data("DYADW001".utf8) + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Data(header.utf8)
            + Data(count: rest)
    }

    @Test func namesAMissingFile() throws {
        #expect(try mistake(nil).hasPrefix("model file FILE cannot be read"))
        #expect(ModelLocation.file("language-en.dyad", environment: ["DYAD_MODELS": "/nowhere"]) == nil)
        #expect(ModelError.missing("x.dyad").description.hasPrefix("model file x.dyad not found"))
    }

    @Test func refusesOtherFiles() throws {
        #expect(try mistake(Data()) == "model file FILE is damaged: it does not begin with DYADW001")
        #expect(try mistake(Data("DYADW001".utf8)) == "model file FILE is damaged: it does not begin with DYADW001")
        #expect(
            try mistake(Data("version https://git-lfs.github.com/spec/v1\n".utf8))
                == "model file FILE is damaged: it does not begin with DYADW001")
    }

    @Test func refusesBrokenHeaders() throws {
        #expect(
            try mistake(Data("DYADW001".utf8) + [0xFF, 0xFF, 0xFF, 0x7F] + Data(count: 9))
                == "model file FILE is damaged: its header is cut off")
        #expect(try mistake(file("{\"tensors\": [")) == "model file FILE is damaged: its header is not readable")
        #expect(
            try mistake(file("{\"tensors\": [{\"name\": \"a\"}]}")).hasSuffix(
                "a tensor has no name, type, shape or offset"))
        #expect(
            try mistake(file(#"{"tensors": [{"name": "a", "type": "f32", "shape": [20], "offset": 0}]}"#)).hasSuffix(
                "tensor a reaches past the end: the file is cut off"))
        #expect(
            try mistake(file(#"{"tensors": [{"name": "a", "type": "i8", "shape": [1], "offset": -4}]}"#)).hasSuffix(
                "tensor a reaches past the end: the file is cut off"))
        #expect(try mistake(file(#"{"tensors": []}"#)).hasPrefix("model file FILE is damaged: tensor "))
    }

    @Test func refusesAFileThatIsCutOff() throws {
        let data = try Self.shipped.get()
        for length in [13, 1000, data.count / 2, data.count - 1] {
            #expect(try mistake(data.prefix(length)).contains("cut off"), "\(length) bytes")
        }
    }

    @Test func refusesAFolder() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ModelError.self) { try LanguageModel(url: folder.url) }
    }

    @Test func refusesAJudgeThatIsNone() throws {
        let folder = try TemporaryFolder()
        let url = try folder.write(file(#"{"tensors": []}"#), to: "judge.dyad")
        let language = try LanguageModel.standard()
        #expect {
            try JudgeModel(url: url, language: language)
        } throws: { error in
            (error as? ModelError)?.description.contains(url.path) ?? false
        }
    }
}
