public import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Cross-entropy of one logit z a sample, p = sigmoid(z), against the shares of two classes; for networks with a single output.
///
/// The same number as `CrossEntropy` of two classes has for the logits (0, z): the classes'
/// weights make a weighted mean, and w₁ / w₀ plays the part of PyTorch's `pos_weight`.
public struct BinaryCrossEntropy: Loss {
  /// `binary_cross_entropy`
  public static let type = "binary_cross_entropy"
  /// One line for people.
  public static let summary = "sigmoid cross-entropy of one logit; options class_weights, label_smoothing"
  /// Weights and smoothing.
  public let targets: TargetOptions

  /// A loss for two classes; there have to be two weights.
  public init(_ targets: TargetOptions) throws {
    guard targets.classWeights.count == 2 else {
      throw Problem(
        "\(Self.type) tells two classes apart", found: "\(targets.classWeights.count) classes",
        next: "use \(CrossEntropy.type)")
    }
    self.targets = targets
  }

  /// Reads `class_weights` and `label_smoothing`; `classes` has to be two.
  public init(options: inout JSONObject, classes: Int) throws {
    try self.init(TargetOptions(options: &options, classes: classes))
  }

  /// One logit
  public var outputs: Int { 1 }

  /// Σ w·t
  public func weight(of targets: UnsafeBufferPointer<Float>) -> Double {
    let (negative, positive) = (self.targets.classWeights[0], self.targets.classWeights[1])
    var total = 0.0
    for n in targets.indices { total += (n % 2 == 0 ? negative : positive) * Double(targets[n]) }
    return total
  }

  /// The batch's loss and its gradient, [N × 1], against targets [N × 2]; in doubles, without allocation.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, targets shares: UnsafeBufferPointer<Float>,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    checkSizes(logits, shares, gradient, classes: 2)
    let (negative, positive) = (targets.classWeights[0], targets.classWeights[1])
    let (keep, spread) = (1 - targets.smoothing, targets.smoothing / 2)
    let total = weight(of: shares)
    guard total > 0 else {
      // Every label of this batch has weight zero: nothing to learn from it.
      gradient.update(repeating: 0)
      return 0
    }
    var loss = 0.0
    for n in logits.indices {
      let z = Double(logits[n])
      let sampleWeight = Double(shares[2 * n]) + Double(shares[2 * n + 1])
      let one = positive * (keep * Double(shares[2 * n + 1]) + spread * sampleWeight)
      let zero = negative * (keep * Double(shares[2 * n]) + spread * sampleWeight)
      // −log sigmoid(z) and −log(1 − sigmoid(z)), neither of which overflows.
      let tail = log1p(exp(-abs(z)))
      loss += one * (max(-z, 0) + tail) + zero * (max(z, 0) + tail)
      let probability = z >= 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z))
      gradient[n] = Float((zero * probability - one * (1 - probability)) / total)
    }
    return loss / total
  }
}
