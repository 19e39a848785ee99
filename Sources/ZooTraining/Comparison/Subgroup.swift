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
}

extension ComparisonResult {
  /// Divides the cases, which are of one part of the data, by a column of its table, and judges each division alone.
  ///
  /// A column of numbers with more than six different ones is divided into thirds of the cases, as nearly as equal values, which
  /// stay together, let it; any other has a part for each value. A case without a value, or with a number that is not finite,
  /// belongs to a part of its own, `none`. A column that the table does not have, and one of more than `mostParts` texts, is a
  /// `Problem`.
  public func subgroups(
    by column: String, of data: any DataSource, part: DataPart = .train
  ) throws -> [Subgroup] {
    guard let predictions = rows.first?.contender.predictions else { return [] }
    try Subgroup.require(column, of: data, part: part)
    let cases = try data.cases(of: part, classes: predictions.classes).cases
    let known = Dictionary(cases.map { ($0.name, $0.columns[column]) }) { one, _ in one }
    let values = predictions.names.map { known[$0] ?? nil }
    let parts = ComparisonResult.parts(values)
    guard parts.count <= ComparisonResult.mostParts else {
      throw Problem(
        "has too many different values to divide cases by", at: "\(data.path), column \"\(column)\"",
        expected: "at most \(ComparisonResult.mostParts)", found: "\(parts.count)",
        next: "name a column that several cases share: --by COLUMN")
    }
    return try parts.map { name, positions in
      let evaluations = try rows.map { try Evaluation($0.contender.predictions.cases(positions)) }
      return Subgroup(
        name: name, cases: positions.count, counts: evaluations.first?.counts ?? [],
        evaluations: evaluations)
    }
  }

  /// The most parts that are judged alone.
  static let mostParts = 30

  /// Names of parts, and the positions of the values in them.
  static func parts(_ values: [String?]) -> [(name: String, positions: [Int])] {
    let texts = values.map { text in
      text.map(trimmed).flatMap { $0.isEmpty || Double($0)?.isFinite == false ? nil : $0 }
    }
    let known = texts.indices.filter { texts[$0] != nil }
    let none = texts.indices.filter { texts[$0] == nil }
    let numbers = known.compactMap { texts[$0].flatMap(Double.init) }
    var parts: [(String, [Int])] = []
    if numbers.count == known.count, Set(numbers).count > 6 {
      let sorted = numbers.sorted()
      // The last values of the first two thirds, each where the next one is greater, as near to a third as can be.
      let ends = sorted.indices.dropLast().filter { sorted[$0] < sorted[$0 + 1] }
      func end(of third: Int) -> Double {
        func distance(_ end: Int) -> Int { abs(3 * (end + 1) - third * sorted.count) }
        return sorted[ends.min { distance($0) < distance($1) } ?? sorted.count - 1]
      }
      let (low, high) = (end(of: 1), end(of: 2))
      func positions(_ isIn: (Double) -> Bool) -> [Int] {
        zip(known, numbers).filter { isIn($0.1) }.map(\.0)
      }
      parts = [
        ("≤ \(low)", positions { $0 <= low }), ("\(low) – \(high)", positions { $0 > low && $0 <= high }),
        ("> \(high)", positions { $0 > high }),
      ]
    } else {
      func isBefore(_ one: String, _ other: String) -> Bool {
        guard numbers.count == known.count, let left = Double(one), let right = Double(other) else {
          return one < other
        }
        return left == right ? one < other : left < right
      }
      parts = Dictionary(grouping: known) { texts[$0] ?? "" }.sorted { isBefore($0.key, $1.key) }
        .map { ($0.key, $0.value) }
    }
    let absent = parts.contains { $0.0 == "none" } ? "no value" : "none"
    return (parts + [(absent, none)]).filter { !$0.1.isEmpty }
  }

  /// A text without blanks around it.
  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
