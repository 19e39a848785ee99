import ZooCore

/// What every classification loss can be told about its targets: how much each class counts, and how far the targets
/// are smoothed.
public struct TargetOptions: Hashable, Sendable {
  /// A weight a class, zero or more.
  public let classWeights: [Double]
  /// The share of every target that is spread evenly over all classes, from 0 to 1.
  public let smoothing: Double

  /// Options for a number of classes; without weights each class counts one.
  public init(classes: Int, classWeights: [Double]? = nil, smoothing: Double = 0) throws {
    let weights = classWeights ?? Array(repeating: 1, count: classes)
    guard weights.count == classes, weights.allSatisfy({ $0 >= 0 && $0.isFinite }),
      weights.contains(where: { $0 > 0 })
    else {
      throw Problem(
        "wrong class weights", expected: "\(classes) numbers, none negative, not all zero",
        found: "\(weights)")
    }
    guard (0...1).contains(smoothing) else {
      throw Problem("wrong label smoothing", expected: "a number from 0 to 1", found: "\(smoothing)")
    }
    self.classWeights = weights
    self.smoothing = smoothing
  }

  /// Reads `class_weights` and `label_smoothing`.
  init(options: inout JSONObject, classes: Int) throws {
    let weights = try options.array("class_weights", default: []).map { value in
      guard case .number(let weight) = value else {
        throw Problem(
          "wrong value", at: options.path("class_weights"), expected: "\(classes) numbers", found: value.kind)
      }
      return weight
    }
    let smoothing = try options.number("label_smoothing", in: 0...1, default: 0)
    do {
      try self.init(classes: classes, classWeights: weights.isEmpty ? nil : weights, smoothing: smoothing)
    } catch let problem as Problem {
      throw problem.inside(options.place)
    }
  }
}
