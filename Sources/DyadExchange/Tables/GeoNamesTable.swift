import Foundation

/// Turns lines of a GeoNames dump (`allCountries.txt`, `cities500.txt`, a country's file) into lines of `places.tsv`.
///
/// The dump has 19 columns without a header, separated by tabs: geonameid, name, asciiname, alternatenames (commas),
/// latitude, longitude, feature class, feature code, country (ISO 3166 alpha-2), cc2, four levels of administration,
/// population, elevation, dem, timezone, modification date.
public struct GeoNamesTable {
    /// Why a line gives no place.
    public enum Refusal: Error, Equatable {
        /// Of a feature that is not wanted, or a settlement below the population asked for.
        case unwanted
        /// Not a line of a dump; what is wrong with it.
        case malformed(column: Int, message: String)
    }

    /// Header of the table that the lines make.
    public static let header = "name\tcountry\tkind\tlatitude\tlongitude\tpopulation\tnames\n"

    private let kinds: [String: String]
    private let countries: [String: String]
    private let smallest: Int
    /// Other names that a place may keep.
    private static let mostNames = 12

    /// A converter.
    ///
    /// - Parameters:
    ///   - kinds: kinds of places by feature, `P` or `A.ADM1`.
    ///   - countries: alpha-3 by alpha-2.
    ///   - smallest: inhabitants that a settlement must have, unless it is a seat of government.
    public init(kinds: [String: String], countries: [String: String], smallest: Int) {
        self.kinds = kinds
        self.countries = countries
        self.smallest = smallest
    }

    /// The line of `places.tsv` for a line of the dump.
    public func line(_ text: Substring) throws(Refusal) -> String {
        let cells = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count >= 15 else {
            throw .malformed(column: 0, message: "\(cells.count) columns; a line of a GeoNames dump has 19")
        }
        guard let kind = kinds["\(cells[6]).\(cells[7])"] ?? kinds[String(cells[6])] else { throw .unwanted }
        guard let latitude = Double(cells[4]), abs(latitude) <= 90 else {
            throw .malformed(column: 5, message: "\(cells[4]) is no latitude")
        }
        guard let longitude = Double(cells[5]), abs(longitude) <= 180 else {
            throw .malformed(column: 6, message: "\(cells[5]) is no longitude")
        }
        let population = Int(cells[14]) ?? 0
        let isSeat = cells[7].hasPrefix("PPLA") || cells[7].hasPrefix("PPLC")
        if kind == "city", population < smallest, !isSeat { throw .unwanted }
        let name = Self.clean(cells[1])
        guard !name.isEmpty else { throw .malformed(column: 2, message: "the name is empty") }
        let country = countries[String(cells[8])] ?? ""
        let numbers =
            "\(Self.rounded(latitude))\t\(Self.rounded(longitude))\t\(population > 0 ? String(population) : "")"
        return "\(name)\t\(country)\t\(kind)\t\(numbers)\t\(names(cells, name))\n"
    }

    /// Names in Latin letters that begin with a capital: what an English report may use.
    private func names(_ cells: [Substring], _ name: String) -> String {
        var out: [String] = []
        for cell in [cells[2]] + cells[3].split(separator: ",") {
            let other = Self.clean(cell)
            guard other != name, other.utf8.count > 3, !out.contains(other), other.first?.isUppercase ?? false,
                other.unicodeScalars.allSatisfy({ $0.value < 0x250 || $0.value == 0x2019 }),
                other != other.uppercased()
            else { continue }
            out.append(other)
            if out.count == Self.mostNames { break }
        }
        return out.joined(separator: "|")
    }

    private static func clean(_ text: Substring) -> String {
        text.replacing("|", with: " ").trimmingCharacters(in: .whitespaces)
    }

    private static func rounded(_ degrees: Double) -> String { String(format: "%.2f", degrees) }
}
