import DyadCoding
import DyadCore
import DyadExchange

/// Writes the layers of an annotated text as one JSON object.
struct LayerWriter {
    let article: AnnotatedArticle
    let layers: Set<String>
    let offsets: (Int) -> Int
    var certainty: (Span) -> FactualityReading = { _ in .plain }

    func write(id: JSONValue, events: [Span], _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("id")
            writer.value(id)
            if layers.contains("sentences") || layers.contains("tokens") { sentences(&writer) }
            if layers.contains("names") { names(&writer) }
            if layers.contains("actors") { actors(&writer) }
            if layers.contains("coreference") { chains(&writer) }
            if layers.contains("roles") { roles(&writer) }
            if layers.contains("time") { times(&writer) }
            if layers.contains("place") { places(&writer) }
            if layers.contains("quantity") { quantities(&writer) }
            if layers.contains("attribution") { attributions(&writer) }
            if layers.contains("factuality") { factuality(events, &writer) }
        }
    }

    private func sentences(_ writer: inout JSONWriter) {
        writer.key("sentences")
        writer.array(article.sentences) { writer, sentence in
            writer.object { writer in
                writer.key("span"); writer.span(sentence.span, offsets)
                guard layers.contains("tokens") else { return }
                writer.key("tokens")
                writer.array(sentence.tokens) { writer, token in
                    writer.object {
                        $0.key("form"); $0.string(token.form)
                        $0.key("span"); $0.span(token.span, offsets)
                        $0.key("lemma"); $0.string(token.lemma)
                        $0.key("upos"); $0.string(token.upos)
                        $0.key("feats"); $0.string(token.feats)
                        $0.key("head"); $0.integer(token.head + 1)
                        $0.key("deprel"); $0.string(token.relation)
                    }
                }
            }
        }
    }

    private func names(_ writer: inout JSONWriter) {
        writer.key("names")
        writer.array(
            article.sentences.flatMap { sentence in sentence.names.map { ($0.type, sentence.span(of: $0.tokens)) } }
        ) { writer, name in
            writer.object {
                $0.key("type"); $0.string(name.0.rawValue)
                $0.key("span"); $0.span(name.1, offsets)
                $0.key("text"); $0.string(article.article.document.text(name.1))
            }
        }
    }

    private func actors(_ writer: inout JSONWriter) {
        writer.key("actors")
        writer.array(article.actors) { writer, actor in
            writer.object {
                $0.key("code"); $0.string(actor.code.description)
                $0.key("name"); $0.string(actor.name)
                $0.key("kind"); $0.string(actor.kind.rawValue)
                $0.key("span"); $0.span(actor.span, offsets)
                $0.key("text"); $0.string(article.article.document.text(actor.span))
                $0.key("place"); $0.boolean(actor.isPlace)
                $0.key("entity"); $0.integer(actor.entity)
                $0.key("rule"); $0.string(actor.rule)
            }
        }
    }

    private func chains(_ writer: inout JSONWriter) {
        writer.key("coreference")
        writer.array(article.chains) { writer, chain in
            writer.object { writer in
                writer.key("entity"); writer.integer(chain.number)
                writer.key("name"); writer.string(chain.name)
                writer.key("type"); writer.string(chain.type.rawValue)
                writer.key("code"); writer.string(chain.code == ActorCode(nil) ? nil : chain.code.description)
                writer.key("mentions")
                writer.array(chain.mentions) { writer, mention in
                    writer.object {
                        $0.key("span"); $0.span(mention.span, offsets)
                        $0.key("head")
                        $0.span(article.sentences[mention.sentence].tokens[mention.head].span, offsets)
                        $0.key("form"); $0.string(mention.form.rawValue)
                        $0.key("text"); $0.string(article.article.document.text(mention.span))
                    }
                }
            }
        }
    }

    private func roles(_ writer: inout JSONWriter) {
        writer.key("roles")
        writer.array(article.roles) { writer, role in
            writer.object {
                $0.key("person"); $0.string(role.person)
                $0.key("entity"); $0.integer(role.entity)
                $0.key("role"); $0.string(role.role)
                $0.key("code"); $0.string(role.code.description)
                $0.key("span"); $0.span(role.span, offsets)
                $0.key("text"); $0.string(article.article.document.text(role.span))
            }
        }
    }

    private func times(_ writer: inout JSONWriter) {
        writer.key("timexes")
        writer.array(article.times) { writer, time in
            writer.object {
                $0.key("start"); $0.integer(offsets(time.span.start))
                $0.key("end"); $0.integer(offsets(time.span.end))
                $0.key("text"); $0.string(time.text)
                $0.key("type"); $0.string(time.type)
                $0.key("value"); $0.string(time.value)
                $0.key("basis"); $0.string(time.basis)
                $0.key("mod"); $0.string(time.mod)
                $0.key("range")
                range(time.range, &$0)
            }
        }
    }

    private func range(_ range: TimeRange?, _ writer: inout JSONWriter) {
        guard let range else { return writer.null() }
        writer.object {
            $0.key("value"); $0.string(range.value)
            $0.key("span"); $0.span(range.span, offsets)
        }
    }

    private func places(_ writer: inout JSONWriter) {
        writer.key("places")
        writer.array(article.places) { writer, place in
            writer.object {
                $0.key("name"); $0.string(place.name)
                $0.key("country"); $0.string(place.country)
                $0.key("kind"); $0.string(place.kind)
                $0.key("latitude"); $0.number(place.latitude)
                $0.key("longitude"); $0.number(place.longitude)
                $0.key("span"); $0.span(place.span, offsets)
                $0.key("text"); $0.string(place.text)
            }
        }
    }

    private func quantities(_ writer: inout JSONWriter) {
        writer.key("quantities")
        writer.array(article.quantities) { writer, quantity in
            writer.object {
                $0.key("start"); $0.integer(offsets(quantity.span.start))
                $0.key("end"); $0.integer(offsets(quantity.span.end))
                $0.key("text"); $0.string(quantity.text)
                $0.key("kind"); $0.string(quantity.kind)
                $0.key("value")
                if let words = quantity.words {
                    $0.string(words)
                } else if let low = quantity.low, let high = quantity.high {
                    $0.array {
                        $0.number(low); $0.number(high)
                    }
                } else {
                    $0.number(quantity.value)
                }
                $0.key("unit"); $0.string(unit(quantity))
                $0.key("of"); $0.string(quantity.of)
                $0.key("op"); $0.string(quantity.comparison)
            }
        }
    }

    /// The unit of a count is the thing counted; a rank, a part and a multiple have none.
    private func unit(_ quantity: Quantity) -> String? {
        switch quantity.kind {
        case "count": quantity.thing ?? quantity.unit
        case "rank", "fraction", "multiple": nil
        default: quantity.unit
        }
    }

    private func attributions(_ writer: inout JSONWriter) {
        writer.key("attributions")
        writer.array(article.attributions) { writer, one in
            writer.object { writer in
                writer.key("source"); writer.array(one.sourceSpan.map { [$0] } ?? []) { $0.span($1, offsets) }
                writer.key("cue"); writer.array([one.cueSpan]) { $0.span($1, offsets) }
                writer.key("content"); writer.array(one.content) { $0.span($1, offsets) }
                writer.key("continued"); writer.array(one.continued) { $0.span($1, offsets) }
                writer.key("kind"); writer.string(one.kind.rawValue)
                writer.key("actor"); writer.string(one.actor?.description)
                writer.key("negative"); writer.boolean(one.isNegative)
            }
        }
    }

    private func factuality(_ events: [Span], _ writer: inout JSONWriter) {
        writer.key("events")
        writer.array(events) { writer, span in
            let found = certainty(span)
            writer.object {
                $0.key("start"); $0.integer(offsets(span.start))
                $0.key("end"); $0.integer(offsets(span.end))
                $0.key("label"); $0.string(found.label.rawValue)
                $0.key("value"); $0.number(found.value)
                $0.key("certainty"); $0.number(found.certainty)
                $0.key("according_to"); $0.string(found.holder.isEmpty ? nil : found.holder)
            }
        }
    }
}
