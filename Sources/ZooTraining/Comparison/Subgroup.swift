import ZooCore
public import ZooData

/// Cases that are alike in one respect, and how well each contender judges them alone.
public struct Subgroup: Sendable {
  /// What they have in common: a value of the column, or a range.
  public let name: String
  /// How many there are.
  public let cases: Int
  /// How many of each class.
  public let counts: [Int]
  /// For each row of the comparison its evaluation over these cases alone.
  public let evaluations: [Evaluation]
}

extension Subgroup {
  /// The columns that the table of a part has beside name, label and patient.
  public static func columns(of data: any DataSource, part: DataPart) throws -> [String] {
    Set(try data.cases(of: part, classes: Int(Int32.max)).cases.flatMap(\.columns.keys)).sorted()
  }

  /// Refuses a column that the table of a part does not have.
  public static func require(
    _ column: String, of data: any DataSource, part: DataPart = .train
  ) throws {
    let columns = try columns(of: data, part: part)
    guard columns.contains(column) else {
      throw Problem(
        "has no column \"\(column)\"", at: data.path,
        expected: columns.isEmpty
          ? "columns beside name, label and patient" : columns.joined(separator: ", "),
        found: "none such", next: columns.isEmpty ? "leave out --by" : "name one of its columns: --by COLUMN")
    }
  }

  /// Refuses, before anything is trained, a column that the training part's table does not have, or that divides it too far.
  public static func check(_ column: String, of data: any DataSource) throws {
    try require(column, of: data)
    let values = try data.cases(of: .train, classes: Int(Int32.max)).cases.map { $0.columns[column] }
    _ = try ColumnDivision(column: column, values: values).parts(of: values, at: data.path)
  }
}

extension ComparisonResult {
  /// How a column of the data's table divides the cases that are judged; one that the table does not have is a `Problem`.
  public func division(by column: String, of data: any DataSource) throws -> ColumnDivision {
    ColumnDivision(column: column, values: try values(of: column, in: data, part: .train))
  }

  /// Judges each division of the cases, which are of one part of the data, alone; too many of them are a `Problem`.
  public func subgroups(
    _ division: ColumnDivision, of data: any DataSource, part: DataPart = .train
  ) throws -> [Subgroup] {
    let values = try values(of: division.column, in: data, part: part)
    return try division.parts(of: values, at: data.path).map { name, positions in
      let evaluations = try rows.map { try Evaluation($0.contender.predictions.cases(positions)) }
      return Subgroup(
        name: name, cases: positions.count, counts: evaluations.first?.counts ?? [],
        evaluations: evaluations)
    }
  }

  /// A column's value for each case, in the order of the predictions.
  private func values(of column: String, in data: any DataSource, part: DataPart) throws -> [String?] {
    guard let predictions = rows.first?.contender.predictions else { return [] }
    try Subgroup.require(column, of: data, part: part)
    let cases = try data.cases(of: part, classes: predictions.classes).cases
    let known = Dictionary(cases.map { ($0.name, $0.columns[column]) }) { one, _ in one }
    return predictions.names.map { known[$0] ?? nil }
  }
}
