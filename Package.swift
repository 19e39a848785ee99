// swift-tools-version: 6.2
// Every room of the house in one table: its level, what it uses. An import points to a lower level only;
// scripts/rooms checks that.
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// A Swift library target under Sources/.
func room(_ name: String, uses rooms: [String] = [], packages: [Target.Dependency] = []) -> Target {
  .target(
    name: name,
    dependencies: rooms.map { .target(name: $0) } + packages,
    exclude: [],
    swiftSettings: strict)
}

/// A C target under CShims/ and the Debian libraries it links.
func shim(_ name: String, links libraries: String..., uses shims: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: shims.map { .target(name: $0) },
    path: "CShims/\(name)",
    cSettings: [.treatAllWarnings(as: .error)],
    linkerSettings: libraries.map { .linkedLibrary($0) })
}

/// The tests of one room.
func tests(of name: String, uses rooms: [String]) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: ([name, "ZooTestSupport"] + rooms).map { .target(name: $0) },
    path: "Tests/\(name)Tests",
    swiftSettings: strict)
}

let package = Package(
  name: "VoxelZoo",
  products: [
    .executable(name: "voxelzoo", targets: ["voxelzoo"]),
    .library(
      name: "VoxelZoo",
      targets: [
        "ZooCore", "ZooVolume", "ZooGraph", "ZooKernels", "ZooLayers", "ZooEngine", "ZooModels",
        "ZooTraining",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C: the only places that include a library's header.
    shim("COneDNN", links: "dnnl"),
    shim("COpenBLAS", links: "openblas"),
    shim("CKernels", links: "m"),
    shim("CWinograd", uses: ["CKernels"]),
    shim("CPointwise", uses: ["CKernels"]),
    shim("CBatch", uses: ["CKernels"]),
    shim("CStem", uses: ["CKernels"]),
    shim("CPeak"),
    shim("CStart"),
    shim("CAllocations", links: "dl"),
    shim("CZip", links: "zip"),
    shim("CSQLite", links: "sqlite3"),
    shim("CZlib", links: "z"),
    shim("CMD", links: "md"),
    shim("CPNG", links: "png16"),
    // The archive, and what it uses: the shared library brings libcurl, and thirty libraries with it.
    shim("CHDF5", links: ":libhdf5_serial.a", "sz", "z", "dl"),
    shim("CCurl", links: "dl"),

    // Level 0
    room("ZooCore"),
    room("ZooVolume"),
    room("ZooStatistics", uses: ["COpenBLAS"]),
    // Level 1
    room("ZooGraph", uses: ["ZooCore", "ZooVolume"]),
    room(
      "ZooKernels",
      uses: [
        "ZooCore", "ZooVolume", "COneDNN", "COpenBLAS", "CKernels", "CWinograd", "CPointwise", "CBatch",
        "CStem",
        "CPeak",
      ]),
    room(
      "ZooFormats",
      uses: ["ZooCore", "ZooVolume", "CZip", "CSQLite", "CZlib", "CMD", "CPNG", "CHDF5"]),
    // Level 2
    room("ZooLayers", uses: ["ZooCore", "ZooVolume", "ZooGraph"]),
    room("ZooEngine", uses: ["ZooCore", "ZooVolume", "ZooGraph", "ZooKernels", "CKernels"]),
    room("ZooData", uses: ["ZooCore", "ZooVolume", "ZooKernels", "ZooFormats"]),
    // Level 3
    room(
      "ZooModels",
      uses: [
        "ZooCore", "ZooVolume", "ZooStatistics", "ZooGraph", "ZooLayers", "ZooEngine", "ZooFormats",
      ]),
    // Level 4
    room(
      "ZooTraining",
      uses: [
        "ZooCore", "ZooVolume", "ZooStatistics", "ZooGraph", "ZooKernels", "ZooEngine",
        "ZooData", "ZooFormats", "ZooModels",
      ]),
    room("ZooReport", uses: ["ZooCore", "ZooStatistics", "ZooFormats"]),
    room(
      "ZooExplanation",
      uses: [
        "ZooCore", "ZooVolume", "ZooStatistics", "ZooGraph", "ZooEngine", "ZooFormats", "ZooModels",
      ]),
    // Level 5
    room(
      "ZooTracking",
      uses: [
        "ZooCore", "ZooVolume", "ZooGraph", "ZooEngine", "ZooData", "ZooFormats", "ZooModels", "ZooTraining",
        "CCurl",
      ]),
    // Level 6
    .executableTarget(
      name: "voxelzoo",
      dependencies: [
        "ZooCore", "ZooVolume", "ZooStatistics", "ZooGraph", "ZooKernels", "ZooLayers", "ZooEngine",
        "ZooData",
        "ZooFormats",
        "ZooModels", "ZooTraining", "ZooReport", "ZooExplanation", "ZooTracking", "CAllocations", "CStart",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Tests
    .target(
      name: "ZooTestSupport", dependencies: ["ZooCore", "ZooVolume"], path: "Tests/ZooTestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "StepMeter",
      dependencies: ["CAllocations", "ZooCore", "ZooGraph", "ZooLayers", "ZooEngine", "ZooModels"],
      path: "Tests/StepMeter", swiftSettings: strict),
    // Cases whose truth is known, and the table of how often statistics find it.
    .target(
      name: "ZooSimulation", dependencies: ["ZooCore", "ZooStatistics"], path: "Tests/ZooSimulation",
      swiftSettings: strict),
    .executableTarget(
      name: "CoverageMeter", dependencies: ["ZooSimulation", "ZooCore", "ZooStatistics"],
      path: "Tests/CoverageMeter", swiftSettings: strict),
    tests(of: "ZooCore", uses: []),
    tests(of: "ZooVolume", uses: []),
    tests(of: "ZooStatistics", uses: ["ZooCore", "ZooSimulation"]),
    tests(of: "ZooGraph", uses: ["ZooCore", "ZooVolume"]),
    tests(of: "ZooKernels", uses: ["ZooCore", "ZooVolume", "CKernels"]),
    tests(of: "ZooFormats", uses: ["ZooCore", "ZooVolume"]),
    tests(of: "ZooLayers", uses: ["ZooCore", "ZooVolume", "ZooGraph"]),
    tests(
      of: "ZooEngine",
      uses: [
        "ZooCore", "ZooVolume", "ZooGraph", "ZooKernels", "ZooLayers", "ZooFormats", "ZooModels", "StepMeter",
      ]),
    tests(of: "ZooData", uses: ["ZooCore", "ZooVolume", "ZooFormats"]),
    tests(
      of: "ZooModels",
      uses: ["ZooCore", "ZooVolume", "ZooGraph", "ZooKernels", "ZooLayers", "ZooEngine", "ZooFormats"]),
    tests(
      of: "ZooTraining",
      uses: [
        "ZooCore", "ZooVolume", "ZooStatistics", "ZooGraph", "ZooKernels", "ZooLayers", "ZooEngine",
        "ZooData", "ZooFormats", "ZooModels",
      ]),
    tests(
      of: "ZooTracking",
      uses: [
        "ZooCore", "ZooVolume", "ZooGraph", "ZooLayers", "ZooEngine", "ZooData", "ZooFormats", "ZooModels",
        "ZooTraining",
      ]),
    tests(of: "ZooReport", uses: ["ZooCore", "ZooStatistics"]),
    tests(
      of: "ZooExplanation",
      uses: [
        "ZooCore", "ZooVolume", "ZooStatistics", "ZooGraph", "ZooLayers", "ZooEngine", "ZooFormats",
        "ZooModels",
      ]),
    // The command's tests run the built program, which is found beside them.
    .testTarget(
      name: "VoxelZooTests", dependencies: ["ZooCore", "ZooFormats"], path: "Tests/VoxelZooTests",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
