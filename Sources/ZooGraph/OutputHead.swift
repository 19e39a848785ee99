#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// What turns the last numbers of a network, its logits, into probabilities.
public enum OutputHead: Hashable, Sendable {
  /// Softmax over one logit a class.
  case softmax
  /// The logistic function of a single logit: P(class 1).
  case sigmoid
  /// Nothing: the network's output is taken as it is.
  case none

  /// The class probabilities of one sample's logits, in doubles without overflow: K values, two for `sigmoid`.
  public func probabilities(of logits: some Collection<Float>) -> [Double] {
    let values = logits.map(Double.init)
    switch self {
    case .none: return values
    case .softmax:
      let largest = values.max() ?? 0
      let powers = values.map { exp($0 - largest) }
      let sum = powers.reduce(0, +)
      return powers.map { $0 / sum }
    case .sigmoid:
      return values.flatMap { z in
        let small = exp(-abs(z))
        let (near, far) = (1 / (1 + small), small / (1 + small))
        return z >= 0 ? [far, near] : [near, far]
      }
    }
  }
}
