import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// How strongly a step acts, as a share of the strength that its options allow.
public enum Strength: Hashable, Sendable {
  /// Drawn anew for each quantity, uniform from nothing to all.
  case drawn
  /// The same share of all, from 0 to 1.
  case fixed(Double)

  /// A share in [0, 1].
  func share(from draws: inout RandomStream) -> Double {
    switch self {
    case .drawn: draws.unit()
    case .fixed(let share): share
    }
  }

  /// A share in [−1, 1], either sign as likely.
  func signedShare(from draws: inout RandomStream) -> Double {
    draws.index(below: 2) == 0 ? share(from: &draws) : -share(from: &draws)
  }

  /// A whole number in −most … most: uniform, or the share of `most` with a drawn sign.
  func whole(upTo most: Int, from draws: inout RandomStream) -> Int {
    switch self {
    case .drawn: draws.index(below: 2 * most + 1) - most
    case .fixed: Int((Double(most) * signedShare(from: &draws)).rounded())
    }
  }

  /// A factor from 1 / most to most, its logarithm drawn as `signedShare`.
  func factor(upTo most: Double, from draws: inout RandomStream) -> Double {
    pow(most, signedShare(from: &draws))
  }
}
