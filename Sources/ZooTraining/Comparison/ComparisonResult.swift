public import ZooStatistics

/// What a comparison of networks on the same validation cases came to.
public struct ComparisonResult: Sendable {
  /// One network, or the mask's shape.
  public struct Row: Sendable {
    /// The run's or the architecture's name; `shape` for the baseline.
    public let name: String
    /// Values that training changed; nil for the baseline, and for networks that predict together.
    public let parameters: Int?
    /// How good its predictions are.
    public let evaluation: Evaluation
    /// Whether it is the network with the highest AUC.
    public let isBest: Bool
    /// Its AUC less the best network's; nil for that one itself, and where an AUC is undefined.
    public let toBest: Difference?
    /// Its AUC less the baseline's; nil for the baseline itself, and where there is none.
    public let toShape: Difference?
    /// Time to train it.
    public let seconds: Double
    /// Its run; nil for the baseline, and for what several runs predict together.
    public let run: FinishedRun?
  }

  /// The difference of two AUCs over the same cases.
  public struct Difference: Sendable {
    /// This row's AUC less the other's.
    public let auc: Double
    /// DeLong's paired test; nil for more than two classes, and with fewer than two cases of one.
    public let test: PairedDeLong?

    /// Nil where an AUC is undefined; both are predictions for the same cases.
    init?(_ row: Competitor, to other: Competitor) {
      guard let own = row.evaluation.auc, let others = other.evaluation.auc else { return nil }
      auc = own - others
      let labels = row.predictions.labels.map { $0 == 1 }
      test =
        row.predictions.classes == 2
        ? PairedDeLong(row.predictions.scores, other.predictions.scores, labels: labels) : nil
    }
  }

  /// The networks in the order they were named, then the baseline.
  public let rows: [Row]
  /// Validation cases.
  public let cases: Int
  /// What a person should know, a line each: why there is no baseline, why an AUC is undefined.
  public let notes: [String]

  /// Compares runs over the same cases with each other and with the baseline.
  init(runs: [FinishedRun], names: [String], shape: ShapeBaseline?, notes: [String]) {
    self.init(
      zip(runs, names).map { run, name in
        Competitor(
          name: name, predictions: run.predictions, evaluation: run.evaluation, seconds: run.seconds,
          parameters: run.parameters, run: run)
      }, shape: shape, notes: notes)
  }

  /// Compares predictions of the same cases with each other and with the baseline.
  init(_ competitors: [Competitor], shape: ShapeBaseline?, notes: [String]) {
    var all = competitors
    let best = all.indices.filter { all[$0].evaluation.auc != nil }
      .max { (all[$0].evaluation.auc ?? 0, $1) < (all[$1].evaluation.auc ?? 0, $0) }
    let baseline = shape.map {
      Competitor(
        name: ComparisonResult.shapeName, predictions: $0.predictions, evaluation: $0.evaluation,
        seconds: $0.seconds)
    }
    if let baseline { all.append(baseline) }
    rows = all.enumerated().map { index, one in
      Row(
        name: one.name, parameters: one.parameters, evaluation: one.evaluation, isBest: index == best,
        toBest: index == best ? nil : best.flatMap { Difference(one, to: all[$0]) },
        toShape: index == competitors.count ? nil : baseline.flatMap { Difference(one, to: $0) },
        seconds: one.seconds,
        run: one.run)
    }
    cases = all.first?.evaluation.cases ?? 0
    self.notes = notes + (all.first?.evaluation.notes ?? [])
  }

  /// What the baseline's row is called.
  public static let shapeName = "shape"
}

/// Predictions that take part in a comparison.
struct Competitor {
  let name: String
  let predictions: Predictions
  let evaluation: Evaluation
  let seconds: Double
  var parameters: Int? = nil
  var run: FinishedRun? = nil
}
