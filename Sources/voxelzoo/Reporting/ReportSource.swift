import ZooCore
import ZooData
import ZooGraph
import ZooLayers
import ZooModels
import ZooReport
import ZooTraining

/// Fills a report from what was read of folders.
struct ReportSource {
  private let comparison: ReportedComparison
  private let rows: [ComparisonResult.Row]
  private let layers: Registry<any Layer.Type>
  private let threads: Int

  init(_ comparison: ReportedComparison, layers: Registry<any Layer.Type>, threads: Int) {
    self.comparison = comparison
    (self.layers, self.threads) = (layers, threads)
    rows = comparison.result.rows
  }

  /// All that the report is made of; the commands make it again.
  func contents(title: String?, sensitivity: Double, commands: [String]) throws -> ReportContents {
    let first = rows[0].contender
    let predictions = first.predictions
    let (hardest, notes) = try hardestCases()
    let named = rows.filter { $0.contender.kind != .baseline }.map(\.contender.name)
    return ReportContents(
      title: title ?? named.joined(separator: ", "), version: voxelZooVersion, judgement: judgement,
      cases: ReportCases(
        names: predictions.names, labels: try predictions.knownLabels(), classes: predictions.classes),
      subjects: try zip(rows, comparison.runs).map { row, runs in
        try ReportSubject(
          row, runs: runs, origin: comparison.ensembles[row.contender.name], notes: judgedNotes(of: row))
      },
      table: ComparisonTable(comparison.result, aucTitle: judgement.auc), sensitivity: sensitivity,
      subgroups: comparison.record.subgroups.map { ReportSubgroups($0) },
      data: try ReportData(comparison.data, comparison.record, judged: predictions, folds: first.folds),
      hardest: hardest, notes: comparison.notes + ownNotes + notes,
      commands: commands)
  }
}

extension ReportSource {
  /// Of predictions without runs behind them nobody knows who held them back.
  private var judgement: ReportContents.Judgement {
    if comparison.record.part == .test { return .test }
    if comparison.result.isOutOfFold { return .outOfFold }
    return comparison.result.isOfTrainings ? .validation : .unknown
  }

  /// What is to be known of an ensemble where the cases that judge it had a say in it, which those of the test part had not.
  private func judgedNotes(of row: ComparisonResult.Row) -> [String] {
    comparison.record.part == .test ? [] : row.contender.ensemble?.notes ?? []
  }

  /// Notes on the results; what flatters a single row the summary says of all that it flatters.
  private var ownNotes: [String] {
    let said = rows.flatMap(\.contender.notes)
    return comparison.result.notes.filter { !said.contains($0) }
  }

  /// Cases of the best network, where its runs and the data are there.
  private func hardestCases() throws -> ([ReportCaseView], [String]) {
    guard let best = rows.firstIndex(where: \.isBest), let data = comparison.data else { return ([], []) }
    let contender = rows[best].contender
    guard !comparison.runs[best].isEmpty || comparison.ensembles[contender.name] != nil else {
      let reason =
        contender.kind == .table
        ? "\(contender.name) is a table of another program, and no model of it is here"
        : "what \(contender.name) said of them is here, and no model of it"
      return ([], ["no case is shown: \(reason)"])
    }
    do {
      return try HardestCases(
        of: contender.predictions, by: comparison.judges(ofRow: best), in: data,
        comparison.record.part, layers: layers, threads: threads
      ).views()
    } catch let problem as Problem {
      return ([], ["no case is shown: \(problem)"])
    }
  }
}

extension ReportSubgroups {
  fileprivate init(_ subgroups: ComparisonRecord.Subgroups) {
    self.init(
      column: subgroups.column,
      parts: subgroups.parts.map {
        Part(name: $0.name, counts: $0.counts, aucs: $0.aucs, intervals: $0.intervals)
      })
  }
}

extension ReportSubject {
  /// A row with its trainings; those of an ensemble are its members'.
  fileprivate init(
    _ row: ComparisonResult.Row, runs: [FinishedRun], origin: EnsembleOrigin?, notes: [String]
  ) throws {
    let contender = row.contender
    let reported =
      try origin?.members.flatMap { try ReportSubject.reported($0.runs, of: $0.path, alone: $0.path) }
      ?? ReportSubject.reported(runs, of: nil, alone: contender.name)
    let kind: Kind =
      switch contender.kind {
      case .baseline: .baseline
      case .network where !runs.isEmpty: .network
      case .network, .table, .member, .unknown: .other
      }
    self.init(
      name: contender.name, kind: kind, probabilities: contender.predictions.probabilities, runs: reported,
      variance: row.variance, foldAUCs: contender.foldAUCs.compactMap(\.self), notes: notes)
  }

  private static func reported(
    _ runs: [FinishedRun], of member: String?, alone name: String
  ) throws -> [ReportRun] {
    let options = runs.map(\.configuration.options)
    let hasSeeds = Set(options.map(\.seed)).count > 1
    let hasSplits = Set(options.map { $0.splitSeed ?? $0.seed }).count > 1
    return try runs.map { run in
      let options = run.configuration.options
      let words = [
        options.fold.map { "fold \($0.index + 1)" }, hasSeeds ? "seed \(options.seed)" : nil,
        hasSplits ? "split \(options.splitSeed ?? options.seed)" : nil,
      ].compactMap(\.self)
      return ReportRun(
        name: words.isEmpty ? name : ([member].compactMap(\.self) + words).joined(separator: ", "),
        epochs: try run.folder.readEpochs().map {
          .init(
            epoch: $0.epoch, loss: $0.loss, validationLoss: $0.validationLoss,
            validationAUC: $0.validationAUC)
        }, keptEpoch: run.keptEpochs.last ?? run.epochs,
        isChosenByJudges: options.isChosenByJudges, configuration: run.configuration.json.text(),
        member: member)
    }
  }
}
