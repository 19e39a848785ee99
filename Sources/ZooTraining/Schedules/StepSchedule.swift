public import ZooCore

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The rate falls by a factor every few epochs.
public struct StepSchedule: Schedule {
  /// `step`
  public static let type = "step"
  /// One line for people.
  public static let summary = "falls by a factor every few epochs; options every, factor, warmup_epochs"
  /// Epochs between two falls, one at least.
  public let every: Int
  /// What the rate is multiplied by.
  public let factor: Double

  /// Falls by `factor` every `every` epochs.
  public init(every: Int, factor: Double = 0.1) {
    self.every = every
    self.factor = factor
  }

  /// Reads `every` (epochs, required) and `factor` (0.1).
  public init(options: inout JSONObject) throws {
    every = try options.integer("every", in: 1...1_000_000)
    factor = try options.number("factor", in: 0...1, default: 0.1)
  }

  /// factor to the power of the falls so far
  public func factor(at step: Int, of total: Int, stepsPerEpoch: Int) -> Double {
    pow(factor, Double(step / max(1, stepsPerEpoch) / every))
  }
}
