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
  /// The network's out-of-fold predictions beside the baselines', which are fitted fold by fold.
  public let comparison: ComparisonResult
  /// The network's row.
  let contender: Contender
  /// The other rows.
  let baselines: MaskBaselines

  init(
    _ architecture: Architecture, _ runs: [(fold: Int, run: FinishedRun)], names: [String],
    inner: [(fold: Int, run: FinishedRun)], operations: Int, survey: MaskSurvey
  ) throws {
    let cases = try survey.data.cases(of: .train, classes: architecture.classes).cases
    let outOfFold = try OutOfFold(runs, cases: cases, place: survey.data.path)
    self.outOfFold = outOfFold
    baselines = try MaskBaselines(
      beside: outOfFold.predictions, folds: outOfFold.folds, from: survey)
    contender = try Contender(
      architecture.name, .network, [outOfFold],
      parameters: runs.first?.run.parameters, operations: operations,
      seconds: runs.reduce(0) { $0 + $1.run.seconds }, runs: runs.map(\.run),
      inner: inner.isEmpty ? [] : [InnerValidation(outOfFold, inner: inner)])
    comparison = try ComparisonResult([contender], beside: baselines)
    let shape = baselines.all.first { $0.kind == .shape }
    members = try zip(runs, names).map { one, name in
      let held = cases.indices.filter { outOfFold.folds[$0] == one.fold }
      let baseline = try shape.map { try Evaluation($0.predictions.cases(held)) }
      return Member(name: name, fold: one.fold, run: one.run, shapeAUC: baseline?.auc)
    }
  }
}
