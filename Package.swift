// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "dyad",
    products: [
        .library(name: "DyadCore", targets: ["DyadCore"]),
        .library(name: "DyadPipeline", targets: ["DyadPipeline"]),
        .library(name: "DyadStore", targets: ["DyadStore"]),
        .executable(name: "dyad", targets: ["dyad"]),
    ],
    traits: [
        .default(enabledTraits: ["Fetch"]),
        .trait(
            name: "Fetch",
            description: "Fetching of feeds and pages (dyad ingest --fetch); without it no HTTP client is built."),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // Knowledge and models as files; each target is one Swift file that says where they are.
        .target(
            name: "DyadData", path: "Data", exclude: ["README.md"],
            resources: [.copy("codebook"), .copy("lexicons"), .copy("rules")]),
        .target(
            name: "DyadModels", path: "Models", exclude: ["README.md"], resources: [.copy("weights")]),
        // Integer matrix products and the encoder's inner loops; see Documentation/Decisions/0002.
        .target(name: "CDyadKernels", cSettings: [.define("NDEBUG")]),

        // The system's libxml2 reads saved pages, behind a few C functions that keep its headers from Swift.
        .target(name: "CDyadHTML", dependencies: ["CLibXML2"]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        // The system's zlib unpacks what is compressed.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        .target(name: "DyadCore"),
        .target(name: "DyadCodebook", dependencies: ["DyadCore", "DyadData", .product(name: "Yams", package: "Yams")]),
        // The only room that opens a connection; see Documentation/Decisions/0016.
        .target(
            name: "DyadFetch",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: .when(traits: ["Fetch"]))
            ]),
        .target(name: "DyadIngest", dependencies: ["DyadCore", "CDyadHTML", "CZlib"]),
        .target(name: "DyadLanguage", dependencies: ["DyadCore", "DyadCodebook", "DyadModels", "CDyadKernels"]),
        .target(name: "DyadCoding", dependencies: ["DyadCore", "DyadCodebook", "DyadLanguage"]),
        .target(
            name: "DyadPipeline",
            dependencies: [
                "DyadCore", "DyadCodebook", "DyadIngest", "DyadLanguage", "DyadCoding", "DyadModels",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(name: "DyadStore", dependencies: ["DyadCore", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(name: "DyadAnalysis", dependencies: ["DyadCore", "DyadCodebook"]),
        .target(name: "DyadExchange", dependencies: ["DyadCore"]),
        .target(
            name: "DyadCommandLine",
            dependencies: [
                "DyadCore", "DyadCodebook", "DyadFetch", "DyadIngest", "DyadLanguage", "DyadCoding", "DyadPipeline",
                "DyadStore", "DyadAnalysis", "DyadExchange", "DyadData", "DyadModels",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "dyad",
            dependencies: ["DyadCommandLine", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
        .target(name: "DyadTesting", dependencies: ["DyadCore"]),

        .testTarget(name: "DyadCoreTests", dependencies: ["DyadCore", "DyadTesting"]),
        .testTarget(name: "DyadCodebookTests", dependencies: ["DyadCore", "DyadCodebook", "DyadTesting"]),
        .testTarget(name: "DyadFetchTests", dependencies: ["DyadFetch", "DyadTesting"]),
        .testTarget(name: "DyadIngestTests", dependencies: ["DyadIngest", "DyadTesting"]),
        .testTarget(
            name: "DyadLanguageTests",
            dependencies: ["CDyadKernels", "DyadCodebook", "DyadLanguage", "DyadModels", "DyadTesting"]),
        .testTarget(
            name: "DyadCodingTests",
            dependencies: [
                "DyadCore", "DyadCodebook", "DyadLanguage", "DyadCoding", "DyadPipeline", "DyadAnalysis", "DyadTesting",
            ]),
        .testTarget(
            name: "DyadStoreTests",
            dependencies: [
                "DyadCore", "DyadCodebook", "DyadStore", "DyadExchange", "DyadAnalysis", "DyadTesting",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "DyadCommandLineTests", dependencies: ["dyad", "DyadCommandLine", "DyadExchange", "DyadTesting"]),
    ],
    swiftLanguageModes: [.v6]
)

// Upcoming features of every Swift target, in one place.
for target in package.targets where !["CDyadHTML", "CDyadKernels", "CLibXML2", "CZlib"].contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
