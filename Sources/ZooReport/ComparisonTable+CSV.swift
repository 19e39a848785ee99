import ZooFormats
import ZooStatistics

extension ComparisonTable {
  /// The rows for a spreadsheet, numbers not rounded; cells without a value are empty.
  public func csv() throws -> String { try CSVTable.text(header: ComparisonTable.csvHeader, rows: csvRows) }

  /// The columns of `csv`.
  public static let csvHeader = [
    "model", "parameters", "multiply_adds", "auc", "auc_low", "auc_high", "to_best", "to_best_low",
    "to_best_high", "p", "adjusted_p", "verdict", "training_seconds",
  ]

  /// The rows of `csv`, a cell a column.
  public var csvRows: [[String]] {
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    return rows.map { row in
      [
        row.name, row.parameters.map(String.init) ?? "", row.operations.map(String.init) ?? "",
        number(row.auc), number(row.interval?.lowerBound), number(row.interval?.upperBound),
        number(row.toBest?.auc), number(row.toBest?.interval?.lowerBound),
        number(row.toBest?.interval?.upperBound), number(row.toBest?.p), number(row.toBest?.adjustedP),
        row.standing, number(row.trainingSeconds),
      ]
    }
  }
}
