import ZooCore
public import ZooFormats

/// The class probabilities of cases, with their labels where they are known.
public struct Predictions: Hashable, Sendable {
  /// The cases' ids.
  public let names: [String]
  /// Their labels; nil where one is not known.
  public let labels: [Int?]
  /// Their probabilities, a row of K for each case.
  public let probabilities: [[Double]]

  /// Predictions; there are as many names as labels and rows, and all rows have the same length.
  public init(names: [String], labels: [Int?], probabilities: [[Double]]) {
    precondition(
      names.count == labels.count && names.count == probabilities.count
        && probabilities.allSatisfy { $0.count == probabilities[0].count }, "a row of K a case")
    self.names = names
    self.labels = labels
    self.probabilities = probabilities
  }

  /// K; 0 without cases.
  public var classes: Int { probabilities.first?.count ?? 0 }

  /// P(class 1) of every case.
  public var scores: [Double] { probabilities.map { $0.count > 1 ? $0[1] : 0 } }

  /// The predictions of some cases, by their positions.
  public func cases(_ positions: [Int]) -> Predictions {
    Predictions(
      names: positions.map { names[$0] }, labels: positions.map { labels[$0] },
      probabilities: positions.map { probabilities[$0] })
  }

  /// The labels; a `Problem` names the first case without one.
  public func knownLabels() throws -> [Int] {
    try labels.indices.map { index in
      guard let label = labels[index] else {
        throw Problem("case \"\(names[index])\" has no label", next: "evaluate cases with labels")
      }
      return label
    }
  }

  /// The same predictions with the labels of a table `name,label`, as `test_labels.csv`.
  ///
  /// A case that is not in the table or whose label is no class is a `Problem`.
  public func labelled(by table: CSVTable) throws -> Predictions {
    let (keys, texts) = (try table.column("name"), try table.column("label"))
    let rows = Dictionary(keys.enumerated().map { ($1, $0) }) { first, _ in first }
    let labels = try names.map { name -> Int? in
      guard let row = rows[name] else {
        throw Problem("case \"\(name)\" has no label", at: table.place, next: "add it to the table")
      }
      guard let number = Double(texts[row]), let label = Int(exactly: number), (0..<classes).contains(label)
      else {
        throw Problem(
          "wrong label", at: table.place(ofRow: row), expected: "a whole number from 0 to \(classes - 1)",
          found: "\"\(texts[row])\"")
      }
      return label
    }
    return Predictions(names: names, labels: labels, probabilities: probabilities)
  }
}
