public import ZooStatistics

/// What a comparison of predictions of the same cases came to.
public struct ComparisonResult: Sendable {
  /// One contender, and how it stands to the others.
  public struct Row: Sendable {
    /// Whose row it is.
    public let contender: Contender
    /// Whether it has the highest AUC; baselines aside, and weights of which nobody knows what they were trained on.
    public let isBest: Bool
    /// Its AUC less the best one's; nil for that one itself, and where an AUC is undefined.
    public let toBest: Difference?
    /// Its AUC less that of the row `shape`; nil for baselines, and where there is none.
    public let toShape: Difference?
    /// What is shown of networks of the same kind on other splits and seeds; nil for fewer than two folds.
    public let variance: VarianceSplit?
  }

  /// The difference of two AUCs over the same cases.
  public struct Difference: Sendable {
    /// This row's AUC less the other's.
    public let auc: Double
    /// DeLong's paired test; nil with fewer than two cases of a class.
    public let test: PairedDeLong?
    /// Its p-value by Holm's correction over all pairs of rows; nil where the row is a member of another.
    public let adjustedP: Double?

    /// What it says of this row against the other; nil without a corrected p-value.
    public var verdict: Verdict? { adjustedP.map { Verdict(difference: auc, adjustedP: $0) } }
  }

  /// The contenders in the order they were named, then the baselines.
  public let rows: [Row]
  /// What a person should know, a line each: why there is no baseline, why an AUC is undefined.
  public let notes: [String]
  /// How many pairs of rows were tested.
  public let pairs: Int
  /// The contender to take: of those that cannot be told from the best, the one of fewest operations. Nil unless there are
  /// two to choose from, and where the operations of one that is tied are not known, as of an ensemble.
  public let recommended: String?
  /// How good the choice of the best network is; nil for fewer than two networks or folds.
  public let choice: ModelChoice?
  /// What these cases can show; nil where an AUC is undefined, and for a single row.
  public let sight: Sight?

  /// Whether the cases were held back fold by fold.
  public var isOutOfFold: Bool {
    rows.contains { $0.contender.kind != .baseline && Set($0.contender.folds).count > 1 }
  }
  /// Whether the cases are known to be held back: there are trainings behind a row.
  public var isOfTrainings: Bool {
    rows.contains { !$0.contender.runs.isEmpty || $0.contender.ensemble != nil }
  }
  /// Cases that all judge.
  public var cases: Int { rows.first?.contender.evaluation.cases ?? 0 }

  /// A network beside the baselines, or alone.
  public init(_ contender: Contender, beside baselines: MaskBaselines?) throws {
    try self.init([contender], beside: baselines ?? .none)
  }

  /// Compares contenders and baselines.
  init(_ contenders: [Contender], beside baselines: MaskBaselines) throws {
    // What an ensemble is made of may have been chosen by all folds.
    let choice = try ModelChoice(among: contenders.filter { $0.kind == .network && $0.ensemble == nil })
    try self.init(
      all: contenders + baselines.all.map { try Contender($0) }, notes: baselines.notes, choice: choice)
  }

  /// Compares contenders, the baselines among them; each note is said once.
  init(all: [Contender], notes: [String], choice: ModelChoice?) throws {
    let tested = all.indices.filter { all[$0].kind != .member }
    let labels = try all.first?.predictions.knownLabels() ?? []
    let tests = PairwiseComparison(
      probabilities: tested.map { all[$0].predictions.probabilities }, labels: labels)
    func difference(_ index: Int, to other: Int) -> Difference? {
      guard let own = all[index].evaluation.auc, let others = all[other].evaluation.auc else { return nil }
      let places = (tested.firstIndex(of: index), tested.firstIndex(of: other))
      let adjusted = tests?.pairs.first {
        [$0.first, $0.second] == [places.0, places.1].compactMap(\.self).sorted()
      }
      return Difference(
        auc: own - others,
        test: PairedDeLong(
          all[index].predictions.probabilities, all[other].predictions.probabilities, labels: labels),
        adjustedP: adjusted?.adjustedP)
    }
    let best = all.indices.filter {
      (all[$0].kind.competes || all[$0].kind == .member) && all[$0].evaluation.auc != nil
    }
    .max { (all[$0].evaluation.auc ?? 0, $1) < (all[$1].evaluation.auc ?? 0, $0) }
    let shape = all.firstIndex { $0.kind == .baseline && $0.name == BaselineKind.shape.rawValue }
    rows = all.indices.map { index in
      Row(
        contender: all[index], isBest: index == best,
        toBest: index == best ? nil : best.flatMap { difference(index, to: $0) },
        toShape: all[index].kind == .baseline ? nil : shape.flatMap { difference(index, to: $0) },
        variance: ComparisonResult.variance(of: all[index].runs))
    }
    let known = notes + all.flatMap(\.notes) + (all.first?.evaluation.notes ?? [])
    self.notes = known.indices.filter { !known[..<$0].contains(known[$0]) }.map { known[$0] }
    pairs = tests?.pairs.count ?? 0
    recommended = ComparisonResult.recommended(rows)
    self.choice = choice
    sight = ComparisonResult.sight(all, best: best, labels: labels, pairs: pairs)
  }

  private static func recommended(_ rows: [Row]) -> String? {
    let contenders = rows.filter(\.contender.kind.competes)
    let tied = contenders.filter { $0.isBest || $0.toBest?.verdict == .tied }
    guard contenders.count > 1, !tied.isEmpty, tied.allSatisfy({ $0.contender.operations != nil }) else {
      return nil
    }
    return tied.min {
      ($0.contender.operations ?? .max, -($0.contender.evaluation.auc ?? 0))
        < ($1.contender.operations ?? .max, -($1.contender.evaluation.auc ?? 0))
    }?.contender.name
  }

  private static func sight(_ all: [Contender], best: Int?, labels: [Int], pairs: Int) -> Sight? {
    guard let best else { return nil }
    let tested = all.indices.filter { all[$0].kind.competes || $0 == best }
    func probabilities(_ indices: [Int]) -> [[[Double]]] { indices.map { all[$0].predictions.probabilities } }
    return Sight(
      contenders: probabilities(tested), best: tested.firstIndex(of: best) ?? 0,
      baselines: probabilities(all.indices.filter { all[$0].kind == .baseline }), labels: labels, pairs: pairs
    )
  }

  /// Takes the runs by fold and split, seeds side by side.
  private static func variance(of runs: [FinishedRun]) -> VarianceSplit? {
    let groups = Dictionary(grouping: runs) { run in
      let options = run.configuration.options
      return "\(options.splitSeed ?? options.seed) \(options.fold.map(String.init(describing:)) ?? "")"
    }
    let figures = groups.sorted { $0.key < $1.key }.map { group in
      group.value.compactMap { run in
        DeLong(
          probabilities: run.predictions.probabilities, labels: run.predictions.labels.compactMap(\.self))
      }
    }
    return VarianceSplit(
      aucs: figures.map { $0.map(\.auc) }, caseVariances: figures.map { $0.map(\.variance) })
  }
}
