import DyadCodebook

/// The way of one entry up its ladder.
struct RegisterLadder {
    private(set) var status: String?
    private(set) var date: String?
    private var order = -1
    private var best: RegisterLexicon.Status?
    private var stoppedOn: Int?

    /// Takes a step; `day` is nil when no date of its own places it after others.
    mutating func climb(_ next: RegisterLexicon.Status, on day: Int?, date: String?) {
        switch next.effect {
        case "stop": stop(next, day, date)
        case "resume":
            guard stoppedOn != nil, let best else { return }
            stoppedOn = nil
            set(best, date)
        default:
            if next.order == 0 { return stop(next, day, date) }
            // After a stop only a higher step, told of a later day, counts.
            if let stoppedOn {
                guard let day, day > stoppedOn, next.order >= order else { return }
            } else if next.order <= order {
                return
            }
            stoppedOn = nil
            order = next.order
            best = next
            set(next, date)
        }
    }

    private mutating func stop(_ next: RegisterLexicon.Status, _ day: Int?, _ date: String?) {
        stoppedOn = max(day ?? Int.min, stoppedOn ?? Int.min)
        set(next, date)
    }

    private mutating func set(_ next: RegisterLexicon.Status, _ date: String?) {
        status = next.name
        self.date = date
    }
}
