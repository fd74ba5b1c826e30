import ArgumentParser
import DyadCommandLine

@main
struct Dyad {
    static func main() { DyadCommand.main() }
}
