import ZooCore
import ZooFormats

extension Predictions {
  /// Writes a table: `name,predicted` as `sampleSubmission.csv` has it, P(class 1); with more than two classes
  /// `name,predicted_0,predicted_1,…`. `withLabels` puts `label` behind the name, empty where it is not known; `folds` puts
  /// a column of that name behind it. `classes` is for a table that may have no rows.
  ///
  /// Rows keep their order, numbers read back to the same bits, and the file appears whole or not at all.
  public func write(to path: String, withLabels: Bool = false, folds: [Int]? = nil, classes: Int? = nil)
    throws
  {
    let text = try text(place: path, withLabels: withLabels, folds: folds, classes: classes)
    try Files.writeAtomically(text, to: path)
  }

  /// Writes the table as a submission, if it is one: what was to be written is read back and checked first.
  public func write(to path: String, as submission: SubmissionCheck) throws {
    let text = try text(place: path)
    _ = try submission.predictions(of: try CSVTable(parsing: Array(text.utf8), from: path))
    try Files.writeAtomically(text, to: path)
  }

  private func text(
    place: String, withLabels: Bool = false, folds: [Int]? = nil, classes: Int? = nil
  ) throws -> String {
    var header = ["name"]
    if withLabels { header.append("label") }
    if folds != nil { header.append("fold") }
    header += Predictions.columns(classes: classes ?? self.classes)
    let rows = names.indices.map { index in
      var row = [names[index]]
      if withLabels { row.append(labels[index].map(String.init) ?? "") }
      if let folds { row.append("\(folds[index])") }
      let own = probabilities[index]
      return row + (own.count == 2 ? [own[1]] : own).map { "\($0)" }
    }
    return try CSVTable.text(header: header, rows: rows, place: place)
  }

  /// Reads what `write` has written, with or without labels, for so many classes; of other programs also labels like `1.0`, and
  /// of two classes `predicted_0,predicted_1` or `predicted_1` alone.
  public init(reading path: String, classes: Int) throws {
    let table = try CSVTable(reading: path)
    let names = try table.column("name")
    let columns = try Predictions.columns(of: table, classes: classes).map { try table.numbers($0) }
    let hasLabels = table.has(column: "label")
    let texts = try hasLabels ? table.column("label") : names.map { _ in "" }
    let labels = try texts.enumerated().map { row, text -> Int? in
      guard !text.isEmpty else { return nil }
      guard let label = Double(text).flatMap({ Int(exactly: $0) }), (0..<classes).contains(label) else {
        throw Problem(
          "wrong label", at: table.place(ofRow: row), expected: "a whole number from 0 to \(classes - 1)",
          found: "\"\(text)\"")
      }
      return label
    }
    let probabilities = names.indices.map { row in
      let own = columns.map { $0[row] }
      return own.count == 1 ? [1 - own[0], own[0]] : own
    }
    for (row, own) in probabilities.enumerated() {
      if let wrong = own.last(where: { !(0...1).contains($0) }) {
        throw Problem(
          "wrong probability", at: table.place(ofRow: row), expected: "a number from 0 to 1",
          found: "\(wrong)")
      }
      let sum = own.reduce(0, +)
      guard abs(sum - 1) <= 0.02 else {
        throw Problem(
          "probabilities that do not sum to 1", at: table.place(ofRow: row), expected: "1, to 0.02",
          found: "\(sum)", next: "give each class's probability: a softmax, not scores")
      }
    }
    self.init(names: names, labels: labels, probabilities: probabilities)
  }

  /// Names of the columns of probabilities.
  private static func columns(classes: Int) -> [String] {
    classes == 2 ? ["predicted"] : (0..<classes).map { "predicted_\($0)" }
  }

  /// Those that a table has: for two classes the second one's will do, by either name.
  private static func columns(of table: CSVTable, classes: Int) -> [String] {
    guard classes == 2, !table.has(column: "predicted"), table.has(column: "predicted_1") else {
      return columns(classes: classes)
    }
    return table.has(column: "predicted_0") ? ["predicted_0", "predicted_1"] : ["predicted_1"]
  }
}
