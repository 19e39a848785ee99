import ZooCore

/// How often every case is held back: folds, trainings of each with other seeds, and all of that on other splits.
public struct FoldPlan: Hashable, Sendable {
  /// Folds, two at least.
  public let folds: Int
  /// Splits into folds, one after the other.
  public let repeats: Int
  /// Trainings of each fold.
  public let seeds: Int
  /// Folds of what each fold leaves, by which a network is chosen without the fold's own cases; nil for none.
  public let inner: Int?

  /// A `Problem` for numbers that are out of range.
  public init(folds: Int, repeats: Int = 1, seeds: Int = 1, inner: Int? = nil) throws {
    let numbers = [
      ("--folds", folds, 2), ("--repeats", repeats, 1), ("--seeds", seeds, 1), ("--nested", inner ?? 2, 2),
    ]
    for (name, value, least) in numbers {
      guard (least...1000).contains(value) else {
        throw Problem("out of range", at: name, expected: "\(least) to 1000", found: "\(value)")
      }
    }
    self.folds = folds
    self.repeats = repeats
    self.seeds = seeds
    self.inner = inner
  }

  /// Trainings in all.
  public var trainings: Int { folds * repeats * (seeds + (inner ?? 0)) }
}
