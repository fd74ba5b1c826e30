/// Stems that a regular English ending may hide, the likeliest first.
public enum Stems {
    /// Stems of a past, participle, gerund or third person.
    public static func verb(_ form: String) -> [String] {
        for ending in ["ied", "ies"] where form.hasSuffix(ending) { return [String(form.dropLast(3)) + "y"] }
        if form.hasSuffix("s"), !form.hasSuffix("ss") {
            let bare = String(form.dropLast())
            return form.hasSuffix("es") ? [bare, String(form.dropLast(2))] : [bare]
        }
        let stem =
            form.hasSuffix("ing") ? String(form.dropLast(3)) : form.hasSuffix("ed") ? String(form.dropLast(2)) : ""
        guard stem.count > 1 else { return [] }
        let letters = Array(stem)
        let last = letters[letters.count - 1]
        if letters.count > 2, last == letters[letters.count - 2], !"lsfz".contains(last), last != "e" {
            return [String(stem.dropLast()), stem]
        }
        let takesE =
            [
                "at", "it", "ut", "iz", "is", "ur", "uc", "bl", "gl", "pl", "tl", "dl", "c", "v", "u", "s", "z", "g",
                "re", "or",
            ]
            .contains { stem.hasSuffix($0) } && !stem.hasSuffix("ss") && !stem.hasSuffix("ng")
        let doubled =
            last == "l" && letters.count > 2 && letters[letters.count - 2] == "l" ? [String(stem.dropLast())] : []
        return (takesE ? [stem + "e", stem] : [stem, stem + "e"]) + doubled
    }

    /// Stems of a plural.
    public static func noun(_ form: String) -> [String] {
        if form.hasSuffix("ies") { return [String(form.dropLast(3)) + "y"] }
        if form.hasSuffix("es") { return [String(form.dropLast()), String(form.dropLast(2))] }
        return form.hasSuffix("s") && !form.hasSuffix("ss") ? [String(form.dropLast())] : []
    }
}
