/// The elements that matter for reading an article; all others are `other`.
enum HTMLTag: String, CaseIterable, Sendable {
    case html, head, body, title, meta, link, base, script, style, noscript, template, svg, iframe, select, option
    case button, object, canvas, video, audio, math, textarea, input, form, map, picture, img
    case div, section, article, main, aside, header, footer, nav, figure, figcaption, address, p, blockquote, pre,
        center
    case h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table, caption, thead, tbody, tfoot, tr, td, th, hr, br, wbr
    case fieldset, legend, details, summary, dialog, menu
    case a, b, strong, em, i, u, span, font, time, small, sup, sub, cite, q, abbr, label, ins, del, s
    case amp, other

    static let byName: [String: HTMLTag] = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// Elements whose content is no text of the page.
    var isSkipped: Bool {
        switch self {
        case .style, .noscript, .template, .svg, .iframe, .select, .button, .object, .canvas, .video, .audio, .math,
            .textarea, .map:
            true
        default: false
        }
    }

    /// Elements that part one block of text from the next.
    var isBlock: Bool {
        switch self {
        case .html, .head, .body, .title, .div, .section, .article, .main, .aside, .header, .footer, .nav, .figure,
            .figcaption, .address, .p, .blockquote, .pre, .center, .h1, .h2, .h3, .h4, .h5, .h6, .ul, .ol, .li, .dl,
            .dt, .dd, .table, .caption, .thead, .tbody, .tfoot, .tr, .td, .th, .hr, .fieldset, .legend, .details,
            .summary, .dialog, .menu, .form:
            true
        default: false
        }
    }

    var isHeading: Bool {
        switch self {
        case .h1, .h2, .h3, .h4, .h5, .h6: true
        default: false
        }
    }

    /// Elements that emphasise what stands in them.
    var isEmphasis: Bool {
        switch self {
        case .b, .strong, .em, .i, .u: true
        default: false
        }
    }
}
