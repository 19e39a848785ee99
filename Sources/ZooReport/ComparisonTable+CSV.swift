import ZooStatistics

extension ComparisonTable {
  /// The rows for a spreadsheet, numbers not rounded; cells without a value are empty.
  public func csv() -> String {
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    func quoted(_ text: String) -> String {
      text.contains { ",\"\r\n".contains($0) } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
    let header = [
      "model", "parameters", "multiply_adds", "auc", "auc_low", "auc_high", "to_best", "to_best_low",
      "to_best_high", "p", "adjusted_p", "verdict", "training_seconds",
    ]
    let lines = rows.map { row -> [String] in
      [
        quoted(row.name), row.parameters.map(String.init) ?? "", row.operations.map(String.init) ?? "",
        number(row.auc), number(row.interval?.lowerBound), number(row.interval?.upperBound),
        number(row.toBest?.auc), number(row.toBest?.interval?.lowerBound),
        number(row.toBest?.interval?.upperBound), number(row.toBest?.p), number(row.toBest?.adjustedP),
        row.isBest ? "best" : row.toBest?.verdict?.rawValue ?? "", number(row.trainingSeconds),
      ]
    }
    return ([header] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
  }
}
