/// The edit that turns a form into its lemma: `mode|cut|add` (K keep, L lower case, T title case) or `=word`.
///
/// After the edit scripts of Chrupała 2006; the labels are learned, see `Training/language/data.py`.
enum LemmaScript: Sendable {
    case fixed(String)
    case keep
    case edit(cut: Int, add: String, title: Bool)

    init(_ label: String) {
        if label.hasPrefix("=") {
            self = .fixed(String(label.dropFirst()))
            return
        }
        let parts = label.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, parts[0] != "K", let cut = Int(parts[1]) {
            self = .edit(cut: cut, add: String(parts[2]), title: parts[0] == "T")
        } else {
            self = .keep
        }
    }

    func apply(to form: String) -> String {
        switch self {
        case .fixed(let word): return word
        case .keep: return form
        case .edit(let cut, let add, let title):
            let low = form.lowercased()
            let base = cut <= low.count ? low.dropLast(cut) : low[...]
            let out = base + add
            return title ? out.prefix(1).uppercased() + out.dropFirst() : String(out)
        }
    }
}
