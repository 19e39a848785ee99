public import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Softmax cross-entropy of K logits a sample against shares of the classes (one of them 1, or soft labels).
///
/// With targets t (shares times the sample's weight aₙ, so that Σₖ tₙₖ = aₙ), class weights w, smoothing ε and
/// p = softmax(logits):
///
///     loss = −Σₙ Σₖ wₖ · ((1 − ε)·tₙₖ + ε·aₙ/K) · log pₙₖ  /  Σₙ Σₖ wₖ·tₙₖ
///
/// For hard labels this is PyTorch's `cross_entropy` with `weight` and `label_smoothing`, the mean weighted by the
/// labels' weights. For soft labels PyTorch divides by N whatever the weights are; here the same weighted mean holds
/// for both, so that a label of 0.999 and one of 1 mean nearly the same.
public struct CrossEntropy: Loss {
  /// `cross_entropy`
  public static let type = "cross_entropy"
  /// One line for people.
  public static let summary = "softmax cross-entropy; options class_weights, label_smoothing"
  /// Weights and smoothing.
  public let targets: TargetOptions

  /// A loss for as many classes as there are weights.
  public init(_ targets: TargetOptions) { self.targets = targets }

  /// Reads `class_weights` and `label_smoothing`.
  public init(options: inout JSONObject, classes: Int) throws {
    targets = try TargetOptions(options: &options, classes: classes)
  }

  /// K, one logit a class
  public var outputs: Int { targets.classWeights.count }

  /// Σ w·t
  public func weight(of targets: UnsafeBufferPointer<Float>) -> Double {
    let weights = self.targets.classWeights
    var total = 0.0
    for n in targets.indices { total += weights[n % weights.count] * Double(targets[n]) }
    return total
  }

  /// The batch's loss and its gradient; all [N × K], in doubles, without allocation.
  public func evaluate(
    logits: UnsafeBufferPointer<Float>, targets shares: UnsafeBufferPointer<Float>,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    let classes = outputs
    checkSizes(logits, shares, gradient, classes: classes)
    let (keep, spread) = (1 - targets.smoothing, targets.smoothing / Double(classes))
    let total = weight(of: shares)
    guard total > 0 else {
      // Every label of this batch has weight zero: nothing to learn from it.
      gradient.update(repeating: 0)
      return 0
    }
    var loss = 0.0
    for start in stride(from: 0, to: logits.count, by: classes) {
      let row = start..<start + classes
      var largest = -Double.infinity
      for n in row { largest = max(largest, Double(logits[n])) }
      var sum = 0.0
      for n in row { sum += exp(Double(logits[n]) - largest) }
      let logSum = largest + log(sum)
      var sampleWeight = 0.0
      for n in row { sampleWeight += Double(shares[n]) }
      var rowWeight = 0.0
      for n in row {
        let weight = targets.classWeights[n - start] * (keep * Double(shares[n]) + spread * sampleWeight)
        loss += weight * (logSum - Double(logits[n]))
        rowWeight += weight
      }
      for n in row {
        let weight = targets.classWeights[n - start] * (keep * Double(shares[n]) + spread * sampleWeight)
        gradient[n] = Float((rowWeight * exp(Double(logits[n]) - logSum) - weight) / total)
      }
    }
    return loss / total
  }
}
