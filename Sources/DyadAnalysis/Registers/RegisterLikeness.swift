import DyadCore

/// How well a statement fits those of an entry.
struct RegisterLikeness {
    /// How well a statement fits a group; nil when it is another matter.
    func likeness(_ placed: PlacedStatement, _ group: [PlacedStatement]) -> Int? {
        let statement = placed.statement
        switch statement.register {
        case .arms: return arms(statement, group.map(\.statement))
        case .visits: return visit(placed, group)
        case .exercises: return exercise(placed, group)
        case .designations: return designation(statement, group[0].statement)
        case .figures: return figure(statement, group[0].statement)
        case .agreements: return nil
        }
    }

    private func arms(_ statement: RegisterStatement, _ group: [RegisterStatement]) -> Int? {
        guard group[0].category == statement.category else { return nil }
        var score = 1
        if let own = statement.designation {
            let others = group.compactMap(\.designation)
            if others.contains(where: { alike($0, own) }) { score += 2 } else if !others.isEmpty { return nil }
        }
        if let own = statement.number {
            let others = group.compactMap(\.number)
            if others.contains(own) {
                score += 2
            } else if !others.isEmpty {
                let isPart = statement.step == "delivered" || statement.step == "delivering"
                guard isPart, let most = others.max(), own < most else { return nil }
            }
        }
        return score
    }

    private func alike(_ left: String, _ right: String) -> Bool {
        let (first, second) = (letters(left), letters(right))
        return first.contains(second) || second.contains(first)
    }

    private func letters(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.uppercased().unicodeScalars.filter {
                    $0.properties.isAlphabetic || $0.properties.numericType != nil
                }))
    }

    private func visit(_ placed: PlacedStatement, _ group: [PlacedStatement]) -> Int? {
        for other in group {
            let isSameText = other.statement.document == placed.statement.document
            guard let left = placed.statement.days, let right = other.statement.days else {
                if isSameText, other.statement.designation == placed.statement.designation { return 1 }
                continue
            }
            let isDated = placed.statement.dateBasis != "publication" && other.statement.dateBasis != "publication"
            let slack = isDated || isSameText ? RegisterStatement.slack - 1 : RegisterStatement.slack
            if left.first.daysSince1970 - right.last.daysSince1970 <= slack,
                right.first.daysSince1970 - left.last.daysSince1970 <= slack
            {
                return 2
            }
        }
        return nil
    }

    private func exercise(_ placed: PlacedStatement, _ group: [PlacedStatement]) -> Int? {
        let names = group.compactMap(\.statement.designation)
        if let own = placed.statement.designation, !names.isEmpty, !names.contains(where: { alike($0, own) }) {
            return nil
        }
        for other in group {
            guard let left = placed.statement.days, let right = other.statement.days else {
                if other.statement.document == placed.statement.document { return 1 }
                continue
            }
            if left.first <= right.last, right.first <= left.last { return 2 }
        }
        return nil
    }

    private func designation(_ left: RegisterStatement, _ right: RegisterStatement) -> Int? {
        guard left.category == right.category else { return nil }
        if left.category == "count" { return left.number == right.number ? 1 : nil }
        return left.keys("organisation") == right.keys("organisation") || alike(left.subject, right.subject) ? 1 : nil
    }

    private func figure(_ left: RegisterStatement, _ right: RegisterStatement) -> Int? {
        guard left.date == right.date else { return nil }
        let isSame = (left.number, left.low, left.high) == (right.number, right.low, right.high)
        return isSame || letters(left.subject) == letters(right.subject) && left.document != right.document ? 1 : nil
    }
}
