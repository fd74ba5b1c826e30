import DyadCodebook
import DyadData
import DyadIngest
import DyadLanguage
import Foundation

/// Every mistake of every data file at once, whichever room reads the file.
enum DataCheck {
    /// In order of file and line; empty when all is well.
    static func mistakes() -> [DataError] {
        var errors: [DataError] = []
        do { _ = try Knowledge.standard() } catch { errors += error.errors }
        guard let folder = DataLocation.folder() else { return errors }
        _ = TokenLexicon(folder: folder, errors: &errors)
        _ = IrregularForms(folder: folder, errors: &errors)
        errors += LedgerLexicon(folder: folder).errors
        errors += CodebookCheck(folder: folder).mistakes
        errors += blocks(folder) + pages(folder) + exports(folder) + outlets(folder)
        errors += DataRepetitions(folder: folder).mistakes
        errors += OfficeCheck(folder: folder).mistakes
        return errors.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    /// Mistakes of the codebook's files alone, and of a codebook that stands beside them.
    static func codebooks(_ own: String?) -> [DataError] {
        var errors: [DataError] = []
        do { _ = try Knowledge.standard(own: own) } catch { errors += error.errors }
        guard let folder = DataLocation.folder() else { return errors }
        errors += CodebookCheck(folder: folder).mistakes
        errors += DataRepetitions(folder: folder).mistakes
        let others = ["lexicons/", "rules/"]
        return errors.filter { error in !others.contains { error.file.hasPrefix($0) } }
            .sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    }

    private static func exports(_ folder: URL) -> [DataError] {
        do {
            _ = try ExportFields.standard(folder: folder)
            return []
        } catch {
            return error.mistakes.map {
                DataError(file: "rules/en/exports.tsv", line: $0.line, column: $0.column, message: $0.problem)
            }
        }
    }

    private static func outlets(_ folder: URL) -> [DataError] {
        do {
            _ = try OutletRules.standard(folder: folder)
            return []
        } catch {
            return error.files.flatMap { file in
                file.mistakes.map {
                    DataError(file: file.file, line: $0.line, column: $0.column, message: $0.problem)
                }
            }
        }
    }

    private static func pages(_ folder: URL) -> [DataError] {
        do {
            _ = try HTMLRules.standard(folder: folder)
            return []
        } catch {
            return error.mistakes.map {
                DataError(file: "rules/en/html.tsv", line: $0.line, column: $0.column, message: $0.problem)
            }
        }
    }

    private static func blocks(_ folder: URL) -> [DataError] {
        do {
            _ = try BlockLexicon.standard(folder: folder)
            return []
        } catch {
            return error.mistakes.map {
                DataError(file: "rules/en/blocks.tsv", line: $0.line, column: $0.column, message: $0.problem)
            }
        }
    }
}
