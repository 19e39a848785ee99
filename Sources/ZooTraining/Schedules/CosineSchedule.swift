public import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The rate falls along half a cosine to a minimum (Loshchilov, Hutter 2017, without restarts).
public struct CosineSchedule: Schedule {
  /// `cosine`
  public static let type = "cosine"
  /// One line for people.
  public static let summary = "falls along half a cosine; options minimum, warmup_epochs"
  /// The factor at the end.
  public let minimum: Double

  /// Falls from one to `minimum`.
  public init(minimum: Double = 0) { self.minimum = minimum }

  /// Reads `minimum` (0), a factor of the base rate.
  public init(options: inout JSONObject) throws {
    minimum = try options.number("minimum", in: 0...1, default: 0)
  }

  /// minimum + (1 − minimum)·(1 + cos π·step/total)/2
  public func factor(at step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    let share = Double(min(step, total)) / Double(max(1, total))
    return minimum + (1 - minimum) * (1 + cos(.pi * share)) / 2
  }
}
