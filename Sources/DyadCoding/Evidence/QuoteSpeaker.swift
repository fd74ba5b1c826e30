import DyadCodebook
import DyadCore

/// Gives every quotation to the one who says it.
///
/// A quotation that a statement of the sentence already holds lengthens it to all its sentences and paragraphs; one
/// beside a cue without words goes to that cue; one that is a sentence of its own goes on with the last speaker.
struct QuoteSpeaker {
    let sentences: [Sentence]
    let finders: (Int) -> StatementFinder

    func spoken(_ found: [Statement], _ quotations: [Quotation]) -> [Statement] {
        var statements = found
        for quotation in quotations where quotation.words > 0 {
            if let index = holding(quotation, statements) {
                lengthen(&statements[index], quotation)
            } else if quotation.words > 3, let fresh = beside(quotation, statements) {
                let place = statements.firstIndex { ($0.sentence, $0.cue) > (fresh.sentence, fresh.cue) }
                statements.insert(fresh, at: place ?? statements.count)
            } else if quotation.opensSentence, quotation.words > 3, let index = lastSpeaker(quotation, statements) {
                statements[index].attribution.continued += quotation.spans
            }
        }
        for index in statements.indices where statements[index].isQuoted { trim(&statements[index], quotations) }
        return statements
    }

    /// What follows the cue outside the marks is the report's own: "…,” he added without giving examples".
    private func trim(_ statement: inout Statement, _ quotations: [Quotation]) {
        let cue = statement.attribution.cueSpan
        let spans = statement.attribution.content
        guard spans.contains(where: { span in span.end <= cue.start && quotations.contains { $0.overlaps(span) } })
        else {
            return
        }
        statement.attribution.content = spans.filter { span in
            span.end <= cue.start || quotations.contains { $0.overlaps(span) }
        }
    }

    /// The statement outside the quotation that already holds part of it: the innermost one.
    private func holding(_ quotation: Quotation, _ statements: [Statement]) -> Int? {
        statements.indices.filter { index in
            quotation.sentences.contains(statements[index].sentence)
                && !quotation.contains(statements[index].attribution.cueSpan)
                && statements[index].attribution.content.contains(where: quotation.overlaps)
        }.min { statements[$0].length < statements[$1].length }
    }

    private func lengthen(_ statement: inout Statement, _ quotation: Quotation) {
        statement.isQuoted = true
        let cue = statement.attribution.cueSpan
        var spans = statement.attribution.content
        for span in quotation.spans where !span.overlaps(cue) { spans.append(span) }
        statement.attribution.content = Self.joined(spans)
    }

    /// Spans in order, those that overlap or nearly touch made one.
    private static func joined(_ spans: [Span]) -> [Span] {
        var out: [Span] = []
        for span in spans.sorted() {
            if let last = out.last, span.start <= last.end + 3 {
                out[out.count - 1] = last.union(span)
            } else {
                out.append(span)
            }
        }
        return out
    }

    /// A cue of the same sentence outside the marks, or of the sentence before when a colon ends it.
    private func beside(_ quotation: Quotation, _ statements: [Statement]) -> Statement? {
        let first = quotation.sentences.lowerBound
        let last = quotation.sentences.upperBound
        for sentence in first == last ? [first] : [first, last] {
            if let found = cue(in: sentence, outside: quotation, statements) { return found }
        }
        if first > 0, sentences[first - 1].tokens.last?.form == ":" {
            return cue(in: first - 1, outside: quotation, statements)
        }
        return nil
    }

    private func cue(in sentence: Int, outside quotation: Quotation, _ statements: [Statement]) -> Statement? {
        let finder = finders(sentence)
        let tokens = sentences[sentence].tokens
        let start = quotation.spans.first?.start ?? 0
        let near = tokens.indices.filter { !quotation.overlaps(tokens[$0].span) }
            .sorted { abs(tokens[$0].span.start - start) < abs(tokens[$1].span.start - start) }
        for token in near {
            if statements.contains(where: {
                $0.sentence == sentence && $0.cue == token && !$0.attribution.content.isEmpty
            }) {
                continue
            }
            if let found = finder.speaking(token, content: quotation.spans) {
                var quoted = found
                quoted.isQuoted = true
                return quoted
            }
        }
        return nil
    }

    /// The one who spoke last, in this paragraph or the one before.
    private func lastSpeaker(_ quotation: Quotation, _ statements: [Statement]) -> Int? {
        let first = quotation.sentences.lowerBound
        let block = sentences[first].block
        guard
            let index = statements.lastIndex(where: {
                $0.sentence < first && !$0.holder.isEmpty && $0.stance != "think"
            })
        else { return nil }
        let distance = block - sentences[statements[index].sentence].block
        return distance <= 1 || statements[index].isQuoted && distance <= 3 ? index : nil
    }
}
