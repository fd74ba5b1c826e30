import DyadCore

/// Reads news sitemaps: a title, a day, an outlet and an address for each entry.
///
/// Entries with an address alone hold nothing to read and are counted.
struct SitemapReader {
    let stamps: StampReader

    /// Hands over the entries of a sitemap in UTF-8.
    func read(_ bytes: [UInt8], name: String, _ each: (Document) throws -> Void) rethrows -> CollectionReport {
        var reader = XMLItemReader(bytes: bytes, items: ["url", "sitemap"])
        var names = ItemNames(file: name)
        var report = CollectionReport(format: "news sitemap")
        var number = 0
        while let item = reader.next() {
            number += 1
            guard item.name != "sitemap" else {
                report.skipped["addresses of other sitemaps", default: 0] += 1
                continue
            }
            let address = item.words("loc")
            let made = make(
                item, address, DocumentPlace(file: name, number: number, byte: item.tag.byte, identifier: address))
            let key = address ?? made.title ?? ""
            if let document = made.document(named: names.name(for: key)) {
                report.documents += 1
                try each(document)
            } else {
                report.skipped["addresses without a title", default: 0] += 1
            }
        }
        if let reason = reader.failure { report.stopped("reading stopped: \(reason)") }
        report.notes += reader.notes.sentences(of: bytes)
        if report.documents == 0 { report.notes.append("it holds addresses and no news: nothing to read") }
        return report
    }

    private func make(_ item: XMLElement, _ address: String?, _ place: DocumentPlace) -> ItemDocument {
        var out = ItemDocument(place: place)
        out.url = address
        let news = item.find("news")
        out.title = news?.find("title")?.words.nonEmpty { _ in true }
        out.state(.title, out.title, "sitemap news:title")
        let stamp = news?.find("publication_date")?.words
        out.state(.published, stamp, "sitemap news:publication_date")
        out.published = stamps.day(stamp)
        out.publisher = news?.find("publication")?.find("name")?.words.nonEmpty { _ in true }
        out.state(.publisher, out.publisher, "sitemap news:name")
        out.state(.modified, item.words("lastmod"), "sitemap lastmod")
        out.state(.url, address, "sitemap loc")
        return out
    }
}
