import Foundation

/// A place of the gazetteer.
public struct GazetteerPlace: Sendable, Equatable {
    public var name: String
    /// ISO alpha-3; nil for seas.
    public var country: String?
    public var kind: String
    public var latitude: Double
    public var longitude: Double
    public var population: Int
}

/// Places by name, several under one name in falling order of population.
public struct Gazetteer: Sendable {
    private var byName: [String: [GazetteerPlace]] = [:]
    private var firstWords: [String: Int] = [:]

    init(folder: URL, errors: inout [DataError]) {
        let name = "lexicons/en/places.tsv"
        for row in TSVFile(
            name, in: folder, columns: ["name", "country", "kind", "latitude", "longitude", "population", "names"],
            errors: &errors
        ).rows {
            guard let latitude = Double(row["latitude"]), let longitude = Double(row["longitude"]) else {
                errors.append(
                    DataError(
                        file: name, line: row.line, column: 4, message: "latitude and longitude are decimal degrees"))
                continue
            }
            let place = GazetteerPlace(
                name: row["name"], country: row["country"].isEmpty ? nil : row["country"], kind: row["kind"],
                latitude: latitude, longitude: longitude, population: Int(row["population"]) ?? 0)
            for text in [row["name"]] + row.list("names") {
                let words = ActorLexicon.words(text)
                guard let first = words.first else { continue }
                byName[words.joined(separator: " "), default: []].append(place)
                firstWords[first] = max(firstWords[first] ?? 0, words.count)
            }
        }
        for key in byName.keys { byName[key]?.sort { $0.population > $1.population } }
    }

    /// Longest place name, in words, that begins with a word as written.
    public func longestName(from word: String) -> Int { firstWords[word] ?? 0 }

    /// Places of a name whose words are joined by single spaces.
    public func places(_ key: String) -> [GazetteerPlace] { byName[key] ?? [] }
}
