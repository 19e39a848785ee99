import ZooCore
public import ZooFormats

/// What a submission has to be: a probability for each id of a list, and for nothing else.
public struct SubmissionCheck: Hashable, Sendable {
  /// The ids.
  public let names: [String]
  /// Whether the rows have to come in the list's order.
  public let keepsOrder: Bool
  /// Where the list stands, for messages.
  public let place: String

  /// A check for ids that all differ.
  public init(names: [String], keepsOrder: Bool, place: String) {
    self.names = names
    self.keepsOrder = keepsOrder
    self.place = place
  }

  /// Takes the ids from the column `name` of a table, as of `test_labels.csv`; one that stands twice is a `Problem`.
  public init(listedIn table: CSVTable, keepsOrder: Bool) throws {
    let names = try table.column("name")
    try SubmissionCheck.checkUnique(names, in: table)
    self.init(names: names, keepsOrder: keepsOrder, place: table.place)
  }

  /// The predictions of a submission, in the list's order: `name,predicted`, or `name,predicted_0,predicted_1,…`.
  ///
  /// Refused, with the line: an id that stands twice, is not in the list, or out of order; a value that is no number from 0 to
  /// 1. Refused, with how many: ids that are missing.
  public func predictions(of table: CSVTable) throws -> Predictions {
    let found = try table.column("name")
    try SubmissionCheck.checkUnique(found, in: table)
    let listed = Set(names)
    if let row = found.firstIndex(where: { !listed.contains($0) }) {
      throw Problem(
        "case \"\(found[row])\" is not asked for", at: table.place(ofRow: row),
        expected: "the ids of \(place)",
        next: suggestion(for: found[row], from: names))
    }
    let rows = Dictionary(uniqueKeysWithValues: zip(found, found.indices))
    let missing = names.filter { rows[$0] == nil }
    if let first = missing.first {
      throw Problem(
        "case \"\(first)\" is missing", at: table.place, expected: "the \(names.count) ids of \(place)",
        found: "\(missing.count) missing", next: "add a row for each")
    }
    if keepsOrder, let row = names.indices.first(where: { names[$0] != found[$0] }) {
      throw Problem(
        "out of order", at: table.place(ofRow: row), expected: "\"\(names[row])\" as in \(place)",
        found: "\"\(found[row])\"")
    }
    let columns = try SubmissionCheck.columns(of: table)
    let probabilities = try found.indices.map { row in
      try SubmissionCheck.probabilities(of: row, columns, in: table)
    }
    return Predictions(
      names: names, labels: names.map { _ in nil },
      probabilities: names.compactMap { rows[$0].map { probabilities[$0] } })
  }

  private static func checkUnique(_ names: [String], in table: CSVTable) throws {
    var first: [String: Int] = [:]
    for (row, name) in names.enumerated() {
      if let earlier = first.updateValue(row, forKey: name) {
        throw Problem(
          "case \"\(name)\" stands twice", at: table.place(ofRow: row),
          found: "the first on line \(table.lines[earlier])", next: "remove one of them")
      }
    }
  }

  /// Positions of the columns of probabilities: `predicted` alone, or `predicted_0` and those that follow it.
  private static func columns(of table: CSVTable) throws -> [Int] {
    if table.has(column: "predicted") || !table.has(column: "predicted_0") {
      return [try table.index(of: "predicted")]
    }
    let count = table.header.count { $0.hasPrefix("predicted_") }
    guard count > 1 else {
      throw Problem("one class only", at: table.place, expected: "predicted_0, predicted_1, …")
    }
    return try (0..<count).map { try table.index(of: "predicted_\($0)") }
  }

  private static func probabilities(of row: Int, _ columns: [Int], in table: CSVTable) throws -> [Double] {
    let values = try columns.map { column in
      let text = table.rows[row][column]
      guard let value = Double(text), (0...1).contains(value) else {
        throw Problem(
          "wrong probability", at: table.place(ofRow: row), expected: "a number from 0 to 1",
          found: "\"\(text)\"")
      }
      return value
    }
    return values.count == 1 ? [1 - values[0], values[0]] : values
  }
}
