import ZooCore
import ZooData
import ZooModels

/// What a cross-validation came to.
public struct CrossValidationResult: Sendable {
  /// One of the runs.
  public struct Member: Sendable {
    /// What its folder is called below that of the cross-validation.
    public let name: String
    /// The fold it held back, counted from 1.
    public let fold: Int
    /// The run.
    public let run: FinishedRun
    /// The AUC of the baseline over the same cases; nil where there is none.
    public let shapeAUC: Double?
  }

  /// The runs, seed by seed.
  public let members: [Member]
  /// Every case's prediction by those that did not train on it.
  public let outOfFold: OutOfFold
  /// The network's out-of-fold predictions beside the baseline's, which is fitted fold by fold.
  public let comparison: ComparisonResult

  init(
    _ architecture: Architecture, _ runs: [(fold: Int, run: FinishedRun)], names: [String],
    data: any DataSource,
    threads: Int
  ) throws {
    let cases = try data.cases(of: .train, classes: architecture.classes).cases
    let outOfFold = try OutOfFold(runs, cases: cases, place: data.path)
    self.outOfFold = outOfFold
    let (shape, notes) = try outOfFold.shapeBaseline(
      data, cases: cases, classes: architecture.classes, threads: threads)
    comparison = ComparisonResult(
      [
        Competitor(
          name: architecture.name, predictions: outOfFold.predictions,
          evaluation: try Evaluation(outOfFold.predictions), seconds: runs.reduce(0) { $0 + $1.run.seconds },
          parameters: runs.first?.run.parameters)
      ], shape: shape, notes: notes)
    members = try zip(runs, names).map { one, name in
      let held = cases.indices.filter { outOfFold.folds[$0] == one.fold }
      let baseline = try shape.map { try Evaluation($0.predictions.cases(held)) }
      return Member(name: name, fold: one.fold, run: one.run, shapeAUC: baseline?.auc)
    }
  }
}

extension OutOfFold {
  /// The baseline, fitted for each fold on the cases outside it; or a note that says why there is none.
  func shapeBaseline(
    _ data: any DataSource, cases: [Case], classes: Int, threads: Int
  ) throws -> (ShapeBaseline?, [String]) {
    let splits = Set(folds).sorted().map { fold in
      Split(
        training: folds.indices.filter { folds[$0] != fold },
        validation: folds.indices.filter { folds[$0] == fold })
    }
    do {
      return (try ShapeBaseline(data, cases: cases, splits: splits, classes: classes, threads: threads), [])
    } catch let problem as Problem {
      return (nil, ["no row \"\(ComparisonResult.shapeName)\": \(problem)"])
    }
  }
}
