/// Logarithm and exponential from the four operations: the same bits on every machine.
enum PortableMath {
    /// Natural logarithm of a number of at least 1, by halving and a series.
    static func logarithm(_ x: Double) -> Double {
        var value = max(1, x), halvings = 0.0
        while value > 1.5 {
            value /= 2
            halvings += 1
        }
        let y = (value - 1) / (value + 1)
        let square = y * y
        return halvings * 0.693_147_180_559_945_3 + 2 * y
            * (1 + square / 3 + square * square / 5 + square * square * square / 7)
    }

    /// Probability of log odds, the exponential by squaring.
    static func probability(_ odds: Double) -> Double {
        var value = 1 + min(40, max(-40, -odds)) / 4096
        for _ in 0..<12 { value *= value }
        return 1 / (1 + value)
    }
}
