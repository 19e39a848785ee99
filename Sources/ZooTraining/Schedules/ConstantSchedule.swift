public import ZooCore

/// The base rate all the way.
public struct ConstantSchedule: Schedule {
  /// `constant`
  public static let type = "constant"
  /// One line for people.
  public static let summary = "the same rate all the way; option warmup_epochs"

  /// A constant rate.
  public init() {}

  /// Has no options of its own.
  public init(options: inout JSONObject) throws {}

  /// Always one.
  public func factor(at step: Int, of total: Int, stepsPerEpoch: Int) -> Double { 1 }
}
