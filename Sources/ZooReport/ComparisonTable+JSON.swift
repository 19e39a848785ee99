public import ZooCore
import ZooStatistics

extension ComparisonTable {
  /// The rows and conclusions for programs: every row has every key, null where there is no value.
  ///
  /// Intervals are `[lower, upper]`, all of them 95 %; numbers are not rounded.
  public var json: JSONValue {
    [
      "rows": .array(rows.map(\.json)), "conclusions": .array(conclusions.map { .string($0) }),
      "pairs": .number(Double(pairs)), "recommended": recommended.map { .string($0) } ?? .null,
      "choice": choice.map {
        ["auc": .number($0.auc), "auc_interval": .interval($0.interval)]
      } ?? .null,
      "detectable_difference": .number(sight?.difference), "detectable_level": .number(sight?.level),
      "detectable_similarity": .number(sight?.similarity),
    ]
  }
}

extension ComparisonRow {
  fileprivate var json: JSONValue {
    [
      "name": .string(name),
      "baseline": .bool(isBaseline),
      "parameters": parameters.map { .number(Double($0)) } ?? .null,
      "multiply_adds": operations.map { .number(Double($0)) } ?? .null,
      "auc": .number(auc),
      "auc_interval": .interval(interval),
      "best": .bool(isBest),
      "unknown_training": .bool(isOfUnknownTraining),
      "to_best": toBest?.json ?? .null,
      "to_shape": toShape?.json ?? .null,
      "training_seconds": .number(trainingSeconds),
    ]
  }
}

extension ComparisonRow.Difference {
  fileprivate var json: JSONValue {
    [
      "auc_difference": .number(auc), "interval": .interval(interval), "p": .number(p),
      "adjusted_p": .number(adjustedP), "verdict": verdict.map { .string($0.rawValue) } ?? .null,
    ]
  }
}

extension JSONValue {
  fileprivate static func number(_ value: Double?) -> JSONValue {
    guard let value else { return .null }
    return .number(value)
  }

  fileprivate static func interval(_ value: ClosedRange<Double>?) -> JSONValue {
    value.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? .null
  }
}
