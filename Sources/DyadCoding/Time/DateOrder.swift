import DyadCodebook
import DyadCore
import Foundation

/// Which of the two numbers in 3/5/2024 is the month.
enum DateOrder {
    case dayFirst, monthFirst, unknown

    /// What is known of an article: by its outlet, else by how it writes the dates that can be read in one way only.
    init(article: AnnotatedArticle, meanings: [TimeMeaning], monthFirstOutlets: [String]) {
        let document = article.article.document
        let host = document.url.flatMap { URL(string: $0)?.host }
        let publisher = (document.publisher ?? article.article.publisher)?.lowercased()
        if let known = host?.lowercased() ?? publisher {
            let names = [publisher, host?.lowercased()].compactMap(\.self)
            let isMonthFirst = monthFirstOutlets.contains { outlet in
                outlet.hasPrefix(".") ? names.contains { $0.hasSuffix(outlet) } : names.contains { $0.contains(outlet) }
            }
            if isMonthFirst || !known.isEmpty {
                self = isMonthFirst ? .monthFirst : .dayFirst
                return
            }
        }
        let votes = meanings.reduce(0) { $0 + Self.vote($1) }
        self = votes > 0 ? .monthFirst : votes < 0 ? .dayFirst : .unknown
    }

    private static func vote(_ meaning: TimeMeaning) -> Int {
        switch meaning {
        case .fields(let fields):
            if let written = fields.isMonthFirst { return written ? 1 : -1 }
            guard fields.pair.count == 2 else { return 0 }
            return fields.pair[1] > 12 ? 2 : fields.pair[0] > 12 ? -2 : 0
        case .range(let a, let b): return vote(a) + vote(b)
        case .open(_, let inner), .part(_, let inner), .clock(_, let inner?): return vote(inner)
        default: return 0
        }
    }
}
