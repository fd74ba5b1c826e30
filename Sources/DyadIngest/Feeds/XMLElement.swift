/// An element with everything in it.
struct XMLElement {
    var tag: XMLTag
    var children: [XMLElement] = []
    /// Its own characters, without those of its children.
    var text: [UInt8] = []
    /// The bytes of the file between its tags.
    var content: Range<Int>

    /// Name in small letters, with its prefix.
    var name: String { tag.name }

    /// Own characters, white space made single spaces.
    var words: String { String(decoding: text, as: UTF8.self).singleSpaced }

    /// The first child of one of some names, in the order of the names.
    func child(_ names: String...) -> XMLElement? {
        for name in names {
            if let child = children.first(where: { $0.name == name }) { return child }
        }
        return nil
    }

    /// All children of some names.
    func all(_ names: String...) -> [XMLElement] { children.filter { names.contains($0.name) } }

    /// Words of the first child of one of some names that has any.
    func words(_ names: String...) -> String? {
        for name in names {
            for child in children where child.name == name {
                let words = child.words
                if !words.isEmpty { return words }
            }
        }
        return nil
    }

    /// The first element of a name inside, at any depth; its name may have any prefix.
    func find(_ name: String) -> XMLElement? {
        for child in children {
            if child.name == name || child.name.hasSuffix(":" + name) { return child }
            if let found = child.find(name) { return found }
        }
        return nil
    }

    /// All elements of a name inside, at any depth, in order.
    func findAll(_ name: String) -> [XMLElement] {
        children.flatMap { child in
            child.name == name || child.name.hasSuffix(":" + name) ? [child] : child.findAll(name)
        }
    }
}
