import Foundation
import Testing

/// The built program, run as a person runs it.
enum Program {
  /// What became of a run.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// Lines of standard error, but for those that say of what kind the data are and what they take.
    var errorLines: [String] {
      errors.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("data: ") }
    }
  }

  /// The package's folder.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The program stands beside the tests, in the folder the package is built to.
  static func executable() throws -> URL {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let folders = [own, package.appending(path: ".build/release")]
    let found = folders.map { $0.appending(path: "voxelzoo") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    return try #require(found, "voxelzoo is not built")
  }

  /// Runs the program in a folder, with the package's models; `interruptAfter` seconds Ctrl-C is typed.
  static func run(_ arguments: [String], in folder: URL, interruptAfter: Double? = nil) throws -> Outcome {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    environment["VOXELZOO_MODELS"] = package.appending(path: "Models").path
    environment["COLUMNS"] = "80"
    process.environment = environment
    // Files, not pipes: nobody has to read while it runs.
    let streams = try ["out", "err"].map { name in
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).\(name)")
      try Data().write(to: file)
      return file
    }
    defer { for file in streams { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    if let interruptAfter {
      Thread.sleep(forTimeInterval: interruptAfter)
      process.interrupt()
    }
    process.waitUntilExit()
    let texts = try streams.map { try String(contentsOf: $0, encoding: .utf8) }
    return Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }
}

/// A folder for a test, removed afterwards.
final class Workshop {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "voxelzoo-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs the program in the folder.
  func run(_ arguments: String..., interruptAfter: Double? = nil) throws -> Program.Outcome {
    try Program.run(arguments, in: folder, interruptAfter: interruptAfter)
  }

  /// Runs the program, which has to succeed; its standard output.
  func output(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try output(arguments, sourceLocation: sourceLocation)
  }

  /// The same with a list of arguments.
  func output(_ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let outcome = try Program.run(arguments, in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome.output
  }

  /// Writes a file.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  /// The text of a file.
  func read(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// Names of what is in the folder or one below it, hidden ones too.
  func entries(_ name: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: name).path).sorted()
  }

  /// Whether there is such a file or folder.
  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }

  /// Writes `tiny.json`, a network that trains in no time.
  func addTinyModel() throws {
    try write(
      """
      { "name": "tiny", "input": { "size": [16, 16, 16], "mask": "multiply" }, "layers": [
        { "type": "scale", "factor": 0.0078125, "offset": -1 },
        { "type": "conv3d", "name": "stem", "filters": 4, "kernel": 3, "stride": 2 },
        { "type": "batch_norm" }, { "type": "relu" }, { "type": "global_avg_pool" },
        { "type": "dense", "name": "head", "units": 2 }, { "type": "softmax" } ] }
      """, to: "tiny.json")
  }

  /// Makes `demo`, 40 synthetic nodules whose table has a column `site`, north and south by turns.
  func addSitedData() throws {
    _ = try output("data", "demo", "--out", "demo", "--count", "40", "--seed", "3")
    let rows = try read("demo/train_val.csv").split(separator: "\n")
    let table = rows.enumerated().map { "\($1),\($0 == 0 ? "site" : $0 % 2 == 0 ? "north" : "south")" }
    try write(table.joined(separator: "\n") + "\n", to: "demo/train_val.csv")
  }
}
