import DyadCommandLine

@main
struct Dyad {
    static func main() {}
}
