public import DyadCore

/// Writes sentences as CoNLL-U: ten columns, multiword tokens as ranges, names and missing spaces in the last column.
public struct ConlluWriter: Sendable {
    /// What was written so far.
    public private(set) var text = ""

    /// An empty file.
    public init() {}

    /// Appends the sentences of a document; they are numbered `name-1`, `name-2` and so on.
    ///
    /// - Parameters:
    ///   - sentences: what to write.
    ///   - bytes: the document, from which the forms of multiword tokens are taken.
    ///   - name: name of the document.
    ///   - chains: coreference, written as `Entity=` in the last column.
    public mutating func write(_ sentences: [Sentence], bytes: [UInt8], name: String, chains: [EntityChain] = []) {
        text += "# newdoc id = \(oneLine(name))\n"
        let tags = EntityColumn(chains: chains, sentences: sentences)
        if !chains.isEmpty { text += "# \(EntityColumn.header)\n" }
        for (index, sentence) in sentences.enumerated() {
            write(sentence, bytes: bytes, comments: ["sent_id = \(oneLine(name))-\(index + 1)"], entities: tags[index])
        }
    }

    /// Appends a document that was read from CoNLL-U, with the comments it had.
    public mutating func write(_ document: ConlluDocument, chains: [EntityChain] = []) {
        let tags = EntityColumn(chains: chains, sentences: document.sentences.map(\.sentence))
        for (index, item) in document.sentences.enumerated() {
            var comments = item.comments
            if !chains.isEmpty {
                comments.removeAll { $0.hasPrefix("global.Entity") }
                if index == 0 {
                    comments.insert(EntityColumn.header, at: comments.first?.hasPrefix("newdoc") ?? false ? 1 : 0)
                }
            }
            write(item.sentence, bytes: document.bytes, comments: comments, entities: tags[index])
        }
    }

    /// Appends one sentence; a `text` comment is added unless the comments hold one.
    public mutating func write(_ sentence: Sentence, bytes: [UInt8], comments: [String], entities: [String?] = []) {
        guard !sentence.tokens.isEmpty else { return }
        for comment in comments { text += "# \(comment)\n" }
        if !comments.contains(where: { $0.hasPrefix("text =") }) {
            text += "# text = \(surface(sentence, bytes))\n"
        }
        let names = nameTags(sentence)
        var index = 0
        while index < sentence.tokens.count {
            let length = wordCount(sentence, at: index)
            if length > 1 { rangeLine(sentence, index..<(index + length), bytes) }
            for word in index..<(index + length) {
                wordLine(
                    sentence.tokens[word], number: word + 1, name: names[word],
                    entity: entities.indices.contains(word) ? entities[word] : nil, isInside: length > 1)
            }
            index += length
        }
        text += "\n"
    }

    private mutating func rangeLine(_ sentence: Sentence, _ words: Range<Int>, _ bytes: [UInt8]) {
        let form = form(sentence, words, bytes)
        let misc = sentence.tokens[words.upperBound - 1].spaceAfter ? "_" : "SpaceAfter=No"
        text += "\(words.lowerBound + 1)-\(words.upperBound)\t\(form)\t_\t_\t_\t_\t_\t_\t_\t\(misc)\n"
    }

    private mutating func wordLine(_ token: Token, number: Int, name: String?, entity: String?, isInside: Bool) {
        var misc: [String] = []
        if let entity { misc.append("Entity=\(entity)") }
        if let name { misc.append("Name=\(name)") }
        if !token.spaceAfter && !isInside { misc.append("SpaceAfter=No") }
        let columns = [
            String(number), field(token.form), field(token.lemma), field(token.upos), field(token.xpos),
            field(token.feats), String(token.head + 1), field(token.relation), "_",
            misc.isEmpty ? "_" : misc.joined(separator: "|"),
        ]
        text += columns.joined(separator: "\t") + "\n"
    }

    /// Words of the multiword token that begins at an index, 1 for a plain word.
    private func wordCount(_ sentence: Sentence, at index: Int) -> Int {
        max(1, min(sentence.tokens[index].multiword, sentence.tokens.count - index))
    }

    /// The sentence as its forms and spaces give it, which is what readers of CoNLL-U rebuild.
    private func surface(_ sentence: Sentence, _ bytes: [UInt8]) -> String {
        var out = ""
        var index = 0
        while index < sentence.tokens.count {
            let end = index + wordCount(sentence, at: index)
            out += form(sentence, index..<end, bytes)
            if sentence.tokens[end - 1].spaceAfter, end < sentence.tokens.count { out += " " }
            index = end
        }
        return out
    }

    /// Form of a word, or of a multiword token as the document has it.
    private func form(_ sentence: Sentence, _ words: Range<Int>, _ bytes: [UInt8]) -> String {
        if words.count == 1 { return field(sentence.tokens[words.lowerBound].form) }
        let span = sentence.tokens[words].dropFirst().reduce(sentence.tokens[words.lowerBound].span) {
            $0.union($1.span)
        }
        guard span.end <= bytes.count else { return field(sentence.tokens[words].map(\.form).joined()) }
        return field(String(decoding: bytes[span.start..<span.end], as: UTF8.self))
    }

    private func nameTags(_ sentence: Sentence) -> [String?] {
        var tags = [String?](repeating: nil, count: sentence.tokens.count)
        for name in sentence.names {
            for index in name.tokens where index < tags.count {
                tags[index] = (index == name.tokens.lowerBound ? "B-" : "I-") + name.type.rawValue
            }
        }
        return tags
    }
}

/// A value of a column: never empty, without tabs and line breaks.
private func field(_ text: String) -> String { text.isEmpty ? "_" : oneLine(text) }

private func oneLine(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
    return String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
}
