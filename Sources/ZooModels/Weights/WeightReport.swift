public import ZooCore

/// How the arrays of a file were given to a network's parameters.
public struct WeightReport: Hashable, Sendable {
  /// An array that a parameter has taken.
  public struct Use: Hashable, Sendable {
    /// The parameter: `block1.layer2.conv1.weight`.
    public let parameter: String
    /// The array in the file: `conv3d_622/conv3d_622/kernel:0`.
    public let source: String
  }

  /// The file.
  public let place: String
  /// What was taken.
  public internal(set) var used: [Use] = []
  /// Parameters for which the file holds nothing.
  public internal(set) var missing: [String] = []
  /// Arrays of the file that no parameter takes.
  public internal(set) var unused: [String] = []
  /// Pairs whose sizes differ, said in words.
  public internal(set) var wrongShape: [String] = []

  /// Whether every parameter has its values, and every array was used.
  public var isComplete: Bool { missing.isEmpty && unused.isEmpty && wrongShape.isEmpty }

  /// One line: how many arrays were used, are missing, unused, of a wrong shape.
  public var text: String {
    "\(place): \(used.count) arrays used, \(missing.count) missing, \(unused.count) unused, "
      + "\(wrongShape.count) of a wrong shape"
  }

  /// All of it; keys in snake_case.
  public var json: JSONValue {
    [
      "file": .string(place),
      "used": .array(
        used.map { ["parameter": .string($0.parameter), "source": .string($0.source)] }),
      "missing": .array(missing.map(JSONValue.string)),
      "unused": .array(unused.map(JSONValue.string)),
      "wrong_shape": .array(wrongShape.map(JSONValue.string)),
    ]
  }
}
