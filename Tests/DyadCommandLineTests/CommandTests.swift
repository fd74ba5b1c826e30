import DyadTesting
import Foundation
import Testing

@Suite struct CommandTests {
    @Test func printsTheSchema() throws {
        let run = try Program.run(["schema"])
        #expect(run.status == 0)
        let schema =
            try JSONSerialization.jsonObject(with: Data(run.output.joined(separator: "\n").utf8)) as? [String: Any]
        let properties = schema?["properties"] as? [String: Any] ?? [:]
        for key in [
            "id", "event", "source_actor", "target_actor", "factuality", "attribution", "quantities", "dyad_version",
        ] {
            #expect(properties[key] != nil, "\(key)")
        }
        #expect(try Program.run(["schema", "--spark"]).output.joined().contains("source_actor"))
    }

    @Test func explainsAText() throws {
        let run = try Program.run([
            "explain", "--date", "2024-05-14", "--text", "Turkey seeks Pakistan's help. It rained.",
        ])
        let text = run.output.joined(separator: "\n")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(text.contains("Sentence: Turkey seeks Pakistan's help."))
        #expect(text.contains("seeks\tseek\tVERB\troot"))
        #expect(text.contains("Actor: TUR “Turkey”"))
        #expect(text.contains("EVENT REQUEST assist  TUR → PAK"))
        #expect(text.contains("(lexicons/en/triggers/request.tsv:"))
        #expect(text.contains("date 2024-05-14 (publication)"))
        #expect(text.contains("Sentence: It rained."))
    }

    @Test(arguments: [
        ["code"], ["code", "--jsonl", "a.txt"], ["explain"], ["nonsense"], ["code", "--offsets", "miles", "a.txt"],
        ["code", "--date", "2024-13-45", "a.txt"], ["code", "--jsonl", "--store", "s.sqlite"], ["annotate"],
        ["code", "--jsonl", "--workers", "0"], ["annotate", "--layers", "tokens,nonsense", "a.txt"],
        ["brief", "TUR"],
        ["timeline", "TUR", "PAK", "--format", "xml"],
    ]) func answersWrongUsageWithStatus64(_ arguments: [String]) throws {
        let run = try Program.run(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }

    @Test func printsHelpAndVersion() throws {
        #expect(try Program.run(["--version"]).output == ["0.1.0"])
        let help = try Program.run(["--help"])
        #expect(help.status == 0)
        for command in ["code", "brief", "timeline", "explain", "annotate", "relate", "article", "lexicon", "schema"] {
            #expect(
                help.output.contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix(command + " ") }, "\(command)")
        }
    }

    @Test func namesAMissingStore() throws {
        let run = try Program.run(["brief", "TUR", "PAK", "--store", "nowhere.sqlite"])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains("nowhere.sqlite: no such store"))
    }

    /// A folder that is named and holds no data is not replaced by another one in silence.
    @Test func namesAMissingDataFolder() throws {
        let run = try Program.run(["code", "a.txt"], environment: ["DYAD_DATA": "/nowhere"])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains("DYAD_DATA names /nowhere"))
    }

    @Test func saysThatTheJudgeIsMissing() throws {
        let folder = try TemporaryFolder()
        let model = Repository.root.appendingPathComponent("Models/weights/language-en.dyad")
        let link = folder.url.appendingPathComponent("language-en.dyad")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: model)
        let run = try Program.run(
            ["code", "--jsonl"], input: Data(#"{"id":1,"text":"Peru thanked Chile."}"#.utf8),
            environment: ["DYAD_MODELS": folder.url.path])
        #expect(run.status == 0 && run.output.count == 1)
        #expect(run.errors.hasPrefix("dyad: model file judge-en.dyad not found"))
    }

    @Test func namesAMissingModel() throws {
        let run = try Program.run(["code", "--jsonl"], environment: ["DYAD_MODELS": "/nowhere"])
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.hasPrefix("dyad: model file language-en.dyad not found"))
    }

    @Test func namesADamagedModel() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("DYADW001, or so it says", to: "language-en.dyad")
        let run = try Program.run(["explain", "--text", "x"], environment: ["DYAD_MODELS": folder.url.path])
        #expect(run.status == 1)
        #expect(run.errors.contains("model file \(file.path) is damaged"))
    }

    @Test func namesTheMistakesOfADataFolder() throws {
        let folder = try TemporaryFolder()
        try folder.write("version: 1\n", to: "codebook/plover.yaml")
        let run = try Program.run(["lexicon", "check"], environment: ["DYAD_DATA": folder.url.path])
        #expect(run.status == 1)
        #expect(run.errors.contains("codebook/plover.yaml: no entry for AGREE"))
        #expect(run.errors.contains("lexicons/en/countries.tsv: the file is missing"))
    }

    /// Files of every room are read, and all mistakes come at once.
    @Test func checksTheFilesOfEveryRoom() throws {
        let folder = try TemporaryFolder()
        for part in ["codebook", "lexicons", "rules"] {
            let data = Repository.data.appendingPathComponent(part)
            try FileManager.default.copyItem(at: data, to: folder.url.appendingPathComponent(part))
        }
        let environment = ["DYAD_DATA": folder.url.path]
        #expect(try Program.run(["lexicon", "check"], environment: environment).status == 0)
        try folder.write("kind\tphrase\nshare\tshare this\nshare\tShare This!\nshares\tx\n", to: "rules/en/blocks.tsv")
        try folder.write("kind\tform\tparts\nwhole\to'clock\nwhole\to'clock\nwole\tx\n", to: "rules/en/tokens.tsv")
        try folder.write("phrase\tsector\tx\ndoctor\tMED\ndoctor\tMED\n", to: "lexicons/en/agents.tsv")
        let run = try Program.run(["lexicon", "check"], environment: environment)
        let places = run.errors.split(separator: "\n").map { $0.split(separator: " ")[0] }
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(
            places == [
                "lexicons/en/agents.tsv:3:1:", "rules/en/blocks.tsv:3:2:", "rules/en/blocks.tsv:4:1:",
                "rules/en/tokens.tsv:3:2:", "rules/en/tokens.tsv:4:1:",
            ])
    }

    @Test func looksNamesUp() throws {
        let run = try Program.run(["lexicon", "lookup", "Peru"])
        #expect(run.status == 0 && run.output.contains { $0.hasPrefix("PER\tPeru\tcountry\t") })
        // Every reading is shown, with the reason for or against it.
        let chancellor = try Program.run(["lexicon", "lookup", "Angela Merkel", "--date", "2015-03-01"])
        #expect(chancellor.output.contains { $0.contains("\tchancellor\t") && $0.contains("\tchosen: ") })
        let later = try Program.run(["lexicon", "lookup", "Angela Merkel", "--date", "2024-03-01"])
        #expect(later.output.contains { $0.contains("\tchancellor\t") && $0.contains("\tnot on 2024-03-01: ") })
    }

    /// Code into a store, and ask it.
    @Test func fillsAStoreAndAsksIt() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "Kenya thanks Uganda\n\nPublished: May 14, 2024\n\nNAIROBI: Kenya thanked Uganda on Monday for its help.\n",
            to: "a.txt")
        let coded = try Program.run(["code", "a.txt", "--store", "own.sqlite"], in: folder.url)
        #expect(coded.status == 0 && coded.output.isEmpty, "\(coded.errors)")
        let line = try Program.run(
            ["timeline", "ken", "uga", "--store", "own.sqlite", "--format", "csv"], in: folder.url)
        #expect(line.output.first == "date,event,mode,source,target,factuality,document,sentence")
        #expect(line.output.contains { $0.hasPrefix("2024-05-13,SUPPORT,") && $0.contains("a.txt") })
        let brief = try Program.run(["brief", "KEN", "UGA", "--store", "own.sqlite"], in: folder.url)
        #expect(brief.status == 0 && brief.output.contains { $0.contains("thanked Uganda on Monday") })
    }
}
