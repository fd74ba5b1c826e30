import DyadCore
import Testing

@Suite struct StableHashTests {
    private func hex(_ texts: String...) -> String {
        var hash = StableHash()
        for text in texts { hash.combine(text) }
        return hash.hex
    }

    /// FNV-1a, 64 bits, of the bytes and one zero byte, computed outside Swift.
    ///
    /// Stores rely on these numbers.
    @Test func givesTheNumbersOfFNV() {
        #expect(StableHash().hex == "cbf29ce484222325")
        #expect(hex("") == "af63bd4c8601b7df")
        #expect(hex("Turkey") == "7c84b0981cebd61d")
        #expect(hex("Türkiye", "Pakistan") == "cd10b9ed6e00d219")
    }

    @Test func separatesItsParts() {
        #expect(hex("ab", "c") != hex("a", "bc"))
        #expect(hex("ab") != hex("ab", ""))
        var hash = StableHash()
        hash.combine(42)
        #expect(hash.hex == hex("42"))
    }
}
