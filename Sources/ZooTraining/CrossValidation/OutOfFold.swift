import ZooCore
import ZooData
import ZooFormats

/// Predictions of all cases, each made by models that did not train on it: those whose fold it was held back in.
public struct OutOfFold: Hashable, Sendable {
  /// The predictions, in the order of the data set's table, with labels.
  public let predictions: Predictions
  /// The fold that each case was held back in, counted from 1.
  public let folds: [Int]

  /// Puts the validation predictions of runs together; a case that several runs held back has the mean of theirs.
  ///
  /// A `Problem` where runs and data do not belong together: a case held back in two folds, in none, or not by all of
  /// the runs of a fold, or with another label.
  init(_ runs: [(fold: Int, run: FinishedRun)], cases: [Case], place: String) throws {
    var held: [String: [(fold: Int, label: Int?, row: [Double])]] = [:]
    for (fold, run) in runs {
      for (index, name) in run.predictions.names.enumerated() {
        held[name, default: []].append(
          (fold, run.predictions.labels[index], run.predictions.probabilities[index]))
      }
    }
    var (folds, rows): ([Int], [[Double]]) = ([], [])
    for one in cases {
      guard let predicted = held.removeValue(forKey: one.name), let first = predicted.first,
        predicted.allSatisfy({ $0.fold == first.fold && $0.label == one.label }),
        predicted.count == runs.count(where: { $0.fold == first.fold })
      else {
        throw Problem(
          "case \"\(one.name)\" was not held back once, in one fold", at: place,
          next: "train all folds with the same data and seed")
      }
      folds.append(first.fold)
      rows.append(
        first.row.indices.map { k in predicted.reduce(0) { $0 + $1.row[k] } / Double(predicted.count) })
    }
    if let other = held.keys.min() {
      throw Problem("a fold held back case \"\(other)\", which the data do not have", at: place)
    }
    predictions = Predictions(
      names: cases.map(\.name), labels: cases.map(\.label), probabilities: rows)
    self.folds = folds
  }

  /// Predictions whose folds are known.
  init(_ predictions: Predictions, folds: [Int]) { (self.predictions, self.folds) = (predictions, folds) }

  /// Predictions of cases that were held back together.
  init(heldBackAtOnce predictions: Predictions) {
    self.init(predictions, folds: predictions.names.map { _ in 1 })
  }

  /// The mean of the predictions of several splits of the same cases; one at least.
  static func mean(of splits: [OutOfFold]) -> Predictions {
    splits.count == 1
      ? splits[0].predictions
      : Blend.mean(splits.map(\.predictions), weights: splits.map { _ in 1 / Double(splits.count) })
  }

  /// The AUC of each fold alone, fold by fold; nil where it is undefined.
  var foldAUCs: [Double?] {
    Set(folds).sorted().map { fold in
      try? Evaluation(predictions.cases(folds.indices.filter { folds[$0] == fold })).auc
    }
  }

  /// Reads what `write` has written.
  init(reading path: String, classes: Int) throws {
    predictions = try Predictions(reading: path, classes: classes)
    let table = try CSVTable(reading: path)
    folds = try table.column("fold").enumerated().map { row, text in
      guard let fold = Int(text), fold > 0 else {
        throw Problem(
          "wrong fold", at: table.place(ofRow: row), expected: "a number from 1", found: "\"\(text)\"")
      }
      return fold
    }
  }

  /// Writes `name,label,fold,predicted`, or a column a class for more than two; whole or not at all.
  func write(to path: String) throws {
    try predictions.write(to: path, withLabels: true, folds: folds)
  }
}
