import ZooCore
import ZooData

extension ShapeBaseline {
  /// The baseline over cases that others have judged, each in its fold: fitted for a fold on all cases outside it. Or a note
  /// that says why there is none.
  ///
  /// A `Problem` where the cases judged are not of this data set.
  static func judging(
    _ predictions: Predictions, folds: [Int], of data: any DataSource, threads: Int
  ) throws -> (ShapeBaseline?, [String]) {
    let cases = try data.cases(of: .train, classes: predictions.classes).cases
    let folds = Dictionary(zip(predictions.names, folds)) { first, _ in first }
    let judged = cases.filter { folds[$0.name] != nil }
    guard judged.map(\.name) == predictions.names, judged.map(\.label) == predictions.labels else {
      throw Problem(
        "the cases judged are not those of the data", at: data.path,
        next: "name the data that the runs were trained on: --data DIR")
    }
    let splits = Set(folds.values).sorted().map { fold in
      Split(
        training: cases.indices.filter { folds[cases[$0].name] != fold },
        validation: cases.indices.filter { folds[cases[$0].name] == fold })
    }
    do {
      return (
        try ShapeBaseline(data, cases: cases, splits: splits, classes: predictions.classes, threads: threads),
        []
      )
    } catch let problem as Problem {
      return (nil, ["no row \"\(ComparisonResult.shapeName)\": \(problem)"])
    }
  }
}
