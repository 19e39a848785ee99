import FoundationEssentials
import ZooCore
import ZooFormats

/// How often the test part was looked at: each look makes its figures say less.
///
/// Every run that was judged counts its own in `test_looks.json`, whichever command looked, and so does a comparison's folder.
public struct TestLooks: Hashable, Sendable {
  /// The looks that each file knows of.
  private var known: [String: [JSONValue]] = [:]

  /// What the file is called in a run's folder, or a comparison's.
  static let fileName = "test_looks.json"

  /// The looks that folders know of, and those at models, by their files: the runs that made them count. What lies outside a
  /// run knows of none.
  public init(of folders: [String] = [], atModels files: [String] = []) throws {
    let runs = files.map { Files.folder(of: $0) }.filter { RunFolder($0).isRun }
    for folder in folders + runs {
      let file = Files.join(folder, TestLooks.fileName)
      known[file] = []
      guard Files.exists(file) else { continue }
      var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
      known[file] = try object.array("looks")
    }
  }

  /// How many there were, at that one which was looked at most.
  public var count: Int { known.values.map(\.count).max() ?? 0 }

  /// Counts one more, before its figures are seen.
  public mutating func add(_ rows: [String]) throws {
    let look: JSONValue = [
      "time": .string(Date.now.ISO8601Format()), "rows": .array(rows.map { .string($0) }),
    ]
    for (file, looks) in known {
      known[file] = looks + [look]
      try Files.writeAtomically(JSONValue.object(["looks": .array(looks + [look])]).text() + "\n", to: file)
    }
  }
}
