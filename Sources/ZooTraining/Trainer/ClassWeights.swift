public import ZooCore

/// How much the cases of each class count in the loss.
public enum ClassWeights: Hashable, Sendable {
  /// All the same.
  case equal
  /// n / (k · cases of the class), so that every class counts the same in sum, as scikit-learn's `balanced`.
  case balanced
  /// A weight a class.
  case given([Double])

  /// The weights for k classes and the labels of the cases to train on.
  func values(classes: Int, labels: [Int]) -> [Double] {
    switch self {
    case .equal: return Array(repeating: 1, count: classes)
    case .given(let weights): return weights
    case .balanced:
      var counts = Array(repeating: 0, count: classes)
      for label in labels { counts[label] += 1 }
      // A class without cases weighs nothing: there is no case that it could count for.
      return counts.map { $0 == 0 ? 0 : Double(labels.count) / Double(classes * $0) }
    }
  }

  /// `"equal"`, `"balanced"` or an array of numbers.
  public var json: JSONValue {
    switch self {
    case .equal: "equal"
    case .balanced: "balanced"
    case .given(let weights): .array(weights.map(JSONValue.number))
    }
  }

  /// Reads what `json` gives.
  public init(_ value: JSONValue, at place: String) throws {
    switch value {
    case .string("equal"): self = .equal
    case .string("balanced"): self = .balanced
    case .array(let values):
      self = .given(
        try values.map { value in
          guard case .number(let weight) = value, weight >= 0 else {
            throw Problem("wrong class weight", at: place, expected: "numbers from 0", found: value.kind)
          }
          return weight
        })
    default:
      throw Problem(
        "wrong class weights", at: place, expected: "\"equal\", \"balanced\" or a number a class",
        found: value.kind)
    }
  }

  /// Reads what a person types: `equal`, `balanced`, or numbers with commas between them, as `1,2.5`.
  public init(text: String, at place: String) throws {
    guard text.contains(where: \.isNumber) else {
      try self.init(.string(text), at: place)
      return
    }
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let weights = numbers.compactMap(\.self)
    guard weights.count == numbers.count, weights.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw Problem(
        "wrong class weights", at: place, expected: "equal, balanced or numbers as 1,2.5",
        found: "\"\(text)\"")
    }
    self = .given(weights)
  }
}
