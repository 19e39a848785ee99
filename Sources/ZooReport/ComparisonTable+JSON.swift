public import ZooCore

extension ComparisonTable {
  /// The rows and conclusions for programs: every row has every key, null where there is no value.
  ///
  /// Intervals are `[lower, upper]`, all of them 95 %; numbers are not rounded.
  public var json: JSONValue {
    ["rows": .array(rows.map(\.json)), "conclusions": .array(conclusions.map { .string($0) })]
  }
}

extension ComparisonRow {
  fileprivate var json: JSONValue {
    [
      "name": .string(name),
      "parameters": parameters.map { .number(Double($0)) } ?? .null,
      "auc": .number(auc),
      "auc_interval": .interval(interval),
      "best": .bool(isBest),
      "to_best": toBest?.json ?? .null,
      "to_shape": toShape?.json ?? .null,
      "training_seconds": .number(trainingSeconds),
      "note": note.map { .string($0) } ?? .null,
    ]
  }
}

extension ComparisonRow.Difference {
  fileprivate var json: JSONValue {
    ["auc_difference": .number(auc), "interval": .interval(interval), "p": .number(p)]
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
