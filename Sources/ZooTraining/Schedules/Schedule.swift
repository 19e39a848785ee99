public import ZooCore

/// How the learning rate changes over a training: a factor for the base rate, a pure function of the position.
///
/// A schedule takes one type, one file, and one entry in a list, as `builtInSchedules`. Every one of them can be
/// preceded by a linear warm-up, option `warmup_epochs`.
public protocol Schedule: Sendable {
  /// The name in configurations: `cosine`.
  static var type: String { get }
  /// One line for people.
  static var summary: String { get }
  /// Reads the schedule's options; keys that it does not read are refused by the caller.
  init(options: inout JSONObject) throws
  /// The factor for a step, counted from 0, of `total` steps.
  func factor(at step: Int, of total: Int, stepsPerEpoch: Int) -> Double
}

/// The schedules that come with the zoo; a package appends its own.
public let builtInSchedules: [any Schedule.Type] = [
  ConstantSchedule.self, StepSchedule.self, CosineSchedule.self,
]

extension Registry where Entry == any Schedule.Type {
  /// A registry of schedules; each is found by its `type`.
  public init(schedules: [any Schedule.Type]) throws {
    try self.init(of: "schedule", schedules.map { ($0.type, $0) })
  }

  /// Makes a schedule from its name and options, a JSON object such as `{"warmup_epochs": 1}`.
  public func make(
    _ name: String, options: JSONValue = .object([:]), at place: String = "schedule"
  ) throws -> WarmUp {
    var options = try JSONObject(options, at: place)
    let schedule = try find(name, at: place).init(options: &options)
    let epochs = try options.number("warmup_epochs", in: 0...1000, default: 0)
    try options.finish()
    return WarmUp(epochs: epochs, then: schedule)
  }
}
