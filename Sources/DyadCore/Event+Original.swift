extension Event {
    /// The event with every span as a range of the original input, for events coded in text extracted from a page.
    public func inOriginal(of document: Document) -> Event {
        guard let map = document.sourceMap else { return self }
        var event = self
        event.span = map.original(span)
        event.triggerSpan = map.original(triggerSpan)
        for index in event.sourceActors.indices {
            event.sourceActors[index].span = map.original(sourceActors[index].span)
        }
        for index in event.targetActors.indices {
            event.targetActors[index].span = map.original(targetActors[index].span)
        }
        event.date?.span = date?.span.map(map.original)
        if let place { event.place?.span = map.original(place.span) }
        for index in event.quantities.indices { event.quantities[index].span = map.original(quantities[index].span) }
        event.attribution = attribution.map { $0.inOriginal(by: map) }
        return event
    }
}

extension Attribution {
    fileprivate func inOriginal(by map: SourceMap) -> Attribution {
        var out = self
        out.sourceSpan = sourceSpan.map(map.original)
        out.cueSpan = map.original(cueSpan)
        out.content = content.map(map.original)
        out.continued = continued.map(map.original)
        out.nested = nested.map { $0.inOriginal(by: map) }
        return out
    }
}
