import ZooCore
import ZooFormats

/// The cases that weights were trained on, so that none of them judges the weights.
///
/// They are kept as digests of their names: who has a file of weights can ask it for a name, but does not read in it whose
/// volumes taught it.
public struct TrainedCases: Hashable, Sendable {
  private var digests: Set<String>

  /// Cases by their names.
  public init(names: some Sequence<String>) { digests = Set(names.map(TrainedCases.digest)) }

  /// Whether a case of this name is among them.
  public func contains(_ name: String) -> Bool { digests.contains(TrainedCases.digest(of: name)) }

  /// These and others.
  public func union(_ others: TrainedCases) -> TrainedCases {
    var all = self
    all.digests.formUnion(others.digests)
    return all
  }

  /// 64 of the 256 bits: among ten thousand names two are alike once in 10¹¹ times.
  private static func digest(of name: String) -> String {
    String(Files.sha256(of: Array(name.utf8)).prefix(16))
  }

  /// The digests, sorted.
  var json: JSONValue { .array(digests.sorted().map { .string($0) }) }

  /// Reads what `json` gives.
  init(_ value: JSONValue, at place: String) throws {
    guard case .array(let values) = value else {
      throw Problem("wrong value", at: place, expected: "digests of names", found: value.kind)
    }
    digests = Set(
      try values.map { value in
        guard case .string(let digest) = value else {
          throw Problem("wrong value", at: place, expected: "digests of names", found: value.kind)
        }
        return digest
      })
  }
}
