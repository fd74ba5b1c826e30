import DyadAnalysis
import DyadExchange

extension AnalysisValue {
    /// The value as JSON text.
    var json: String {
        var writer = JSONWriter()
        writer.analysis(self)
        return writer.text
    }
}

extension JSONWriter {
    mutating func analysis(_ value: AnalysisValue) {
        switch value {
        case .null: null()
        case .text(let text): string(text)
        case .integer(let number): integer(number)
        case .number(let number): self.number(number)
        case .list(let values): array(values) { $0.analysis($1) }
        case .record(let fields):
            object { writer in
                for field in fields {
                    writer.key(field.name)
                    writer.analysis(field.value)
                }
            }
        }
    }
}
