import ZooCore
import ZooData

/// The cases that all who are held against each other judge.
struct JudgedCases: Hashable {
  /// Their names, in the order of the data set.
  let names: [String]
  /// Their labels.
  let labels: [Int?]
  /// The fold that each was held back in, for every split; all 1 where a single part was.
  let splits: [[Int]]

  init(names: [String], labels: [Int?], splits: [[Int]]) {
    (self.names, self.labels, self.splits) = (names, labels, splits)
  }

  init(_ contender: Contender) { self.init(contender.splits) }

  /// Cases that a single part holds.
  init(heldBackAtOnce cases: [Case]) {
    self.init(names: cases.map(\.name), labels: cases.map(\.label), splits: [cases.map { _ in 1 }])
  }

  /// Those of the first of several splits, one at least.
  init(_ splits: [OutOfFold]) {
    self.init(
      names: splits[0].predictions.names, labels: splits[0].predictions.labels, splits: splits.map(\.folds))
  }

  /// Predictions of these cases, in every split the same.
  func split(_ predictions: Predictions) -> [OutOfFold] {
    splits.map { OutOfFold(predictions, folds: $0) }
  }

  /// Refuses cases that lack a class: there is no AUC then.
  func require(classes: Int, at place: String) throws {
    let known = Set(labels.compactMap(\.self))
    guard let missing = (0..<classes).first(where: { !known.contains($0) }) else { return }
    throw Problem(
      "AUC is undefined", at: place, expected: "cases of all \(classes) classes",
      found: known.isEmpty ? "no labels" : "no case of class \(missing)", next: "add cases of this class")
  }

  /// Contenders can be compared only where they judge the same cases.
  func require(_ contender: Contender) throws {
    try require(
      names: contender.predictions.names, labels: contender.predictions.labels, at: contender.name)
  }

  /// Refuses other cases than these; `place` is who judges them.
  func require(names others: [String], labels otherLabels: [Int?], at place: String) throws {
    guard others != names || otherLabels != labels else { return }
    if others == names, let index = labels.indices.first(where: { otherLabels[$0] != labels[$0] }) {
      throw anotherLabel(
        index, otherLabels[index], at: place,
        next: "train it anew with the labels as they are now, or mend the table")
    }
    throw Problem(
      "judged other cases", at: place, expected: "the \(names.count) that the others held back",
      found: "\(others.count), \(Set(names).intersection(others).count) of them the same",
      next:
        "train all with the same data and split, or with the same folds: none may judge what another trained on"
    )
  }

  private func anotherLabel(_ index: Int, _ found: Int?, at place: String, next: String) -> Problem {
    Problem(
      "another label for case \"\(names[index])\"", at: place,
      expected: labels[index].map(String.init) ?? "none", found: found.map(String.init) ?? "none", next: next)
  }

  /// Whether a table has all of these cases.
  func isPredicted(by table: Predictions) -> Bool { Set(names).isSubset(of: table.names) }

  /// What a person should know of a table that predicts other cases too; nothing where it does not.
  func notes(onCasesBeside table: Predictions, of name: String) -> [String] {
    let judged = Set(names)
    let others = table.names.filter { !judged.contains($0) }
    guard let first = others.first else { return [] }
    return [
      "\(name): \(others.count) of its \(table.names.count) cases, as \"\(first)\", are not judged here and left out"
    ]
  }

  /// Puts a table of another program into the order of these cases; what it lacks, or labels otherwise, is a `Problem`.
  func aligned(_ table: Predictions, at place: String) throws -> Predictions {
    let rows = Dictionary(zip(table.names, table.names.indices)) { first, _ in first }
    guard rows.count == table.names.count else {
      let twice = Dictionary(grouping: table.names) { $0 }.filter { $0.value.count > 1 }.keys.min()
      throw Problem(
        "case \"\(twice ?? "")\" stands twice", at: place, expected: "a row a case",
        next: "remove one of them")
    }
    let positions = names.map { rows[$0] }
    let missing = positions.indices.filter { positions[$0] == nil }
    if let first = missing.first {
      throw Problem(
        "has no prediction for case \"\(names[first])\"", at: place,
        expected: "all \(names.count) cases that this comparison judges by",
        found: "\(names.count - missing.count) of them",
        next: "predict every one of them, by a model that did not train on it")
    }
    for (index, position) in positions.enumerated() {
      guard let position, let label = table.labels[position], label != labels[index] else { continue }
      throw anotherLabel(index, label, at: place, next: "compare by the same labels")
    }
    return Predictions(
      names: names, labels: labels,
      probabilities: positions.compactMap { $0.map { table.probabilities[$0] } })
  }
}
