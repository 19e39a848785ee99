import FoundationEssentials
import ZooCore
import ZooFormats

/// How often a comparison has looked at the test part: each look makes its figures say less.
public struct TestLooks: Hashable, Sendable {
  private let file: String
  private var looks: [JSONValue]

  /// The looks that a comparison's folder knows of.
  public init(of folder: String) throws {
    file = Files.join(folder, "test_looks.json")
    guard Files.exists(file) else {
      looks = []
      return
    }
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    looks = try object.array("looks")
  }

  /// How many there were.
  public var count: Int { looks.count }

  /// Counts one more, before its figures are seen.
  public mutating func add(_ rows: [String]) throws {
    looks.append(["time": .string(Date.now.ISO8601Format()), "rows": .array(rows.map { .string($0) })])
    try Files.writeAtomically(JSONValue.object(["looks": .array(looks)]).text() + "\n", to: file)
  }
}
