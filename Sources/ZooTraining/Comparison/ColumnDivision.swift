import ZooCore

/// How the values of a column divide cases: found among some of them, the same for others.
///
/// A column of numbers with more than six different ones is divided into thirds of the cases, as nearly as equal values, which stay
/// together, let it; any other has a part for each value. A case without a value, or with a number that is not finite, belongs to a
/// part of its own, `none`.
public struct ColumnDivision: Hashable, Sendable {
  /// The column's name.
  public let column: String
  /// The last values of the first two thirds; nil where each value has a part.
  private let thirds: Thirds?

  private struct Thirds: Hashable, Sendable {
    let low: Double
    let high: Double
  }

  /// The division of a column, by the values of some cases.
  init(column: String, values: [String?]) {
    self.column = column
    let known = values.compactMap(ColumnDivision.text)
    let numbers = known.compactMap(Double.init).sorted()
    guard numbers.count == known.count, Set(numbers).count > 6 else {
      thirds = nil
      return
    }
    // Each where the next value is greater, as near to a third as can be.
    let ends = numbers.indices.dropLast().filter { numbers[$0] < numbers[$0 + 1] }
    func end(of third: Int) -> Double {
      func distance(_ end: Int) -> Int { abs(3 * (end + 1) - third * numbers.count) }
      return numbers[ends.min { distance($0) < distance($1) } ?? numbers.count - 1]
    }
    thirds = Thirds(low: end(of: 1), high: end(of: 2))
  }

  /// More parts than these are no help.
  static let most = 30

  /// Names of parts, and the positions of the values in them; parts without any are left out. More than `most` are a `Problem`;
  /// `place` is where the table is.
  func parts(of values: [String?], at place: String) throws -> [(name: String, positions: [Int])] {
    let texts = values.map(ColumnDivision.text)
    let known = texts.indices.filter { texts[$0] != nil }
    let parts = thirds.map { byNumber($0, texts) } ?? byValue(texts, known)
    let placed = Set(parts.flatMap(\.positions))
    let none = texts.indices.filter { !placed.contains($0) }
    let absent = parts.contains { $0.name == "none" } ? "no value" : "none"
    let all = (parts + [(absent, none)]).filter { !$0.positions.isEmpty }
    guard all.count <= ColumnDivision.most else {
      throw Problem(
        "has too many different values to divide cases by", at: "\(place), column \"\(column)\"",
        expected: "at most \(ColumnDivision.most)", found: "\(all.count)",
        next: "name a column that several cases share: --by COLUMN")
    }
    return all
  }

  private func byNumber(_ thirds: Thirds, _ texts: [String?]) -> [(name: String, positions: [Int])] {
    func positions(_ isIn: (Double) -> Bool) -> [Int] {
      texts.indices.filter { texts[$0].flatMap(Double.init).map(isIn) ?? false }
    }
    let (low, high) = (thirds.low, thirds.high)
    return [
      ("≤ \(low)", positions { $0 <= low }), ("\(low) – \(high)", positions { $0 > low && $0 <= high }),
      ("> \(high)", positions { $0 > high }),
    ]
  }

  private func byValue(_ texts: [String?], _ known: [Int]) -> [(name: String, positions: [Int])] {
    let areNumbers = known.allSatisfy { texts[$0].flatMap(Double.init) != nil }
    func isBefore(_ one: String, _ other: String) -> Bool {
      guard areNumbers, let left = Double(one), let right = Double(other) else { return one < other }
      return left == right ? one < other : left < right
    }
    return Dictionary(grouping: known) { texts[$0] ?? "" }.sorted { isBefore($0.key, $1.key) }
      .map { ($0.key, $0.value) }
  }

  /// A value without blanks around it; nil for none, and for a number that is not finite.
  private static func text(_ value: String?) -> String? {
    guard let value else { return nil }
    let text = String(value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    return text.isEmpty || Double(text)?.isFinite == false ? nil : text
  }
}
