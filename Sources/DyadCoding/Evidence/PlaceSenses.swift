import DyadCodebook
import DyadCore
import Foundation

/// Chooses among places of one name.
///
/// Size counts by its order of magnitude, so that a town of a state that is named once does not beat a metropolis; the
/// share a state has in the report, its naming in the sentence and a state or region written behind the name count on top.
struct PlaceSenses {
    private var shares: [String: Double] = [:]

    init(actors: [ActorMention]) {
        var total = 0.0
        for actor in actors {
            guard let body = actor.code.body else { continue }
            shares[body, default: 0] += 1
            total += 1
        }
        if total > 0 { for body in shares.keys { shares[body]? /= total } }
    }

    /// The best of several places; `near` are the states of the sentence, `behind` is the one written after the name.
    func best(_ places: [GazetteerPlace], near: Set<String>, behind: String?) -> GazetteerPlace? {
        var best: (place: GazetteerPlace, score: Double)?
        for place in places {
            let score = score(place, near, behind)
            if best.map({ score > $0.score }) ?? true { best = (place, score) }
        }
        return best?.place
    }

    private func score(_ place: GazetteerPlace, _ near: Set<String>, _ behind: String?) -> Double {
        var score = place.population > 0 ? log10(Double(place.population)) : Self.weight(place.kind)
        guard let country = place.country else { return score }
        score += 1.2 * (shares[country] ?? 0)
        if near.contains(country) { score += 0.4 }
        if behind == country { score += 10 }
        return score
    }

    /// What a place without inhabitants weighs, as the logarithm of a population.
    private static func weight(_ kind: String) -> Double {
        switch kind {
        case "sea", "region": 5.6
        case "river", "strait", "area", "border": 5.3
        case "island", "mountain": 4.8
        default: 4
        }
    }
}
