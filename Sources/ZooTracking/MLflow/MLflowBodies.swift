public import ZooCore

/// What is sent to an MLflow server, as values.
public enum MLflowBodies {
  /// What has become of a run.
  public enum Status: String, Sendable {
    case running = "RUNNING"
    case finished = "FINISHED"
    case failed = "FAILED"
    case killed = "KILLED"
  }

  /// Characters that a parameter's value may have.
  private static let longestValue = 6000

  /// For `runs/create`; times are milliseconds since 1970.
  public static func create(
    experiment: String, name: String, tags: [String: String], at time: Int
  ) -> JSONValue {
    [
      "experiment_id": .string(experiment), "run_name": .string(name), "start_time": .number(Double(time)),
      "tags": pairs(tags),
    ]
  }

  /// For `runs/log-batch`: options and tags.
  public static func parameters(
    _ values: [String: JSONValue], tags: [String: String] = [:], run: String
  ) -> JSONValue {
    let texts = values.mapValues { value in
      if case .string(let text) = value { return String(text.prefix(longestValue)) }
      return value.text(indented: false)
    }
    return ["run_id": .string(run), "params": pairs(texts), "tags": pairs(tags)]
  }

  /// For `runs/log-batch`: figures of a step, those that are known.
  public static func metrics(
    _ figures: [(tag: String, value: Double?)], step: Int, run: String, at time: Int
  ) -> JSONValue {
    let metrics = figures.compactMap { tag, value -> JSONValue? in
      guard let value, value.isFinite else { return nil }
      return [
        "key": .string(tag), "value": .number(value), "timestamp": .number(Double(time)),
        "step": .number(Double(step)),
      ]
    }
    return ["run_id": .string(run), "metrics": .array(metrics)]
  }

  /// For `runs/update`; a run that goes on has no end.
  public static func update(_ status: Status, run: String, at time: Int) -> JSONValue {
    var values: [String: JSONValue] = ["run_id": .string(run), "status": .string(status.rawValue)]
    if status != .running { values["end_time"] = .number(Double(time)) }
    return .object(values)
  }

  private static func pairs(_ values: [String: String]) -> JSONValue {
    .array(
      values.sorted { $0.key < $1.key }.map { ["key": .string($0.key), "value": .string($0.value)] })
  }
}
