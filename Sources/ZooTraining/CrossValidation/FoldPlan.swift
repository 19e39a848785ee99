import ZooCore

/// How often every case is held back: folds, trainings of each with other seeds, and all of that on other splits.
public struct FoldPlan: Hashable, Sendable {
  /// Folds, two at least.
  public let folds: Int
  /// Splits into folds, one after the other.
  public let repeats: Int
  /// Trainings of each fold.
  public let seeds: Int

  /// A `Problem` for numbers that are out of range.
  public init(folds: Int, repeats: Int = 1, seeds: Int = 1) throws {
    for (name, value, least) in [("--folds", folds, 2), ("--repeats", repeats, 1), ("--seeds", seeds, 1)] {
      guard (least...1000).contains(value) else {
        throw Problem("out of range", at: name, expected: "\(least) to 1000", found: "\(value)")
      }
    }
    self.folds = folds
    self.repeats = repeats
    self.seeds = seeds
  }

  /// Trainings in all.
  public var trainings: Int { folds * repeats * seeds }
}
