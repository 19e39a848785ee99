import ZooCore
public import ZooData
import ZooFormats
import ZooGraph
import ZooModels

/// Trains networks on the same splits with the same options, and compares them with each other, with finished runs, and with
/// other programs' predictions.
///
/// A training delivers its last epoch, unless the options say which: the best one would be chosen by the cases it is judged
/// by. Each network has its run, or its cross-validation, in a folder of its own below `out`; one that is finished already is
/// taken as it is, so a comparison that was interrupted goes on where it stopped.
public struct Comparison {
  /// Where the data are.
  public let data: any DataSource
  /// The folder of the runs.
  public let out: String
  /// How all are trained.
  public private(set) var options: TrainingOptions
  /// The folds, and how often all of it is done; nil for a single split.
  public let plan: FoldPlan?
  /// What they are put together from.
  public let registries: TrainingRegistries
  let digest: DataDigest

  /// A comparison; nothing is read or written yet.
  public init(
    data: any DataSource, out: String, options: TrainingOptions, plan: FoldPlan? = nil,
    registries: TrainingRegistries
  ) {
    self.data = data
    self.out = out
    self.options = options
    self.options.averaging = options.averaging.unchosen
    self.plan = plan
    self.registries = registries
    digest = DataDigest(of: data, threads: options.threads)
  }

  /// Trains what is missing and compares all.
  ///
  /// What can be known to be wrong is refused before the first step: two entries of one name, a run of other options or
  /// over other cases, an architecture that cannot be built, a table that lacks cases, weights that these taught. `onForecast` hears how long it will take, if anything is to be
  /// trained; `onEvent` which training an event is of. Once `shouldStop` says yes a `Problem` says how to go on.
  public func run(
    _ entries: [ComparisonEntry], shouldStop: () -> Bool = { false },
    onForecast: (PlanForecast) -> Void = { _ in },
    onEvent: (_ run: PlannedRun, _ event: TrainingEvent) throws -> Void
  ) throws -> ComparisonResult {
    let classes = try check(entries)
    let survey = MaskSurvey(of: data, threads: options.threads)
    var contenders = try entries.map { try known($0) }
    var judged = try self.judged(contenders)
    var baselines: MaskBaselines?
    let works = try works(entries, contenders)
    // Before hours of training, not after them; the cases of a single split are known once it is made.
    if !works.isEmpty {
      let all = try labelledCases()
      try all.require(classes: classes, at: data.path)
      // Folds hold back every case in turn.
      if plan != nil { for contender in contenders.compactMap(\.self) { try all.require(contender) } }
      if let cases = judged ?? (plan == nil ? nil : all) {
        try check(entries, against: cases, classes: classes)
      }
    }
    if !works.isEmpty {
      onForecast(PlanForecast(trainings: works.count, seconds: works.reduce(0) { $0 + $1.work }))
    }
    let trainings = PlannedRun.plan(works)
    func hear(_ name: String, _ event: TrainingEvent) throws {
      if let run = trainings.first(where: { $0.name == name }) { try onEvent(run, event) }
    }
    var datasets: [SampleFormat: Dataset] = [:]
    for (index, entry) in entries.enumerated() {
      guard case .architecture(let architecture) = entry, contenders[index] == nil else { continue }
      let read = {
        let format = try Trainer.sampleFormat(for: architecture, options: options, registries: registries)
        let dataset =
          try datasets[format]
          ?? TrainingRun.read(data, for: architecture, options: options, registries: registries)
        datasets[format] = dataset
        return dataset
      }
      let contender: Contender
      if let validation = try validation(of: architecture) {
        let result = try validation.train(
          architecture, survey: survey, reading: read, shouldStop: shouldStop,
          onEvent: { try hear("\(architecture.name) \($0)", $1) })
        contender = result.contender
        baselines = baselines ?? result.baselines
      } else {
        let dataset = try read()
        let held = JudgedCases(
          heldBackAtOnce: try options.split(of: dataset).validation.map { dataset.cases[$0] })
        try judged?.require(names: held.names, labels: held.labels, at: entry.name)
        if judged == nil { try check(entries, against: held, classes: classes) }
        contender = try train(
          architecture, on: dataset, shouldStop: shouldStop, onEvent: { try hear(architecture.name, $0) })
      }
      try judged?.require(contender)
      judged = judged ?? JudgedCases(contender)
      contenders[index] = contender
    }
    let cases = try judged ?? labelledCases()
    for (index, entry) in entries.enumerated() where contenders[index] == nil {
      contenders[index] = try judging(entry, cases, classes: classes)
    }
    let all = contenders.compactMap(\.self)
    for contender in all { try cases.require(contender) }
    let predictions = all[0].predictions
    guard judged != nil else {
      return try ComparisonResult(
        all, beside: MaskBaselines(besideAll: predictions, from: survey, seed: options.root))
    }
    return try ComparisonResult(
      all,
      beside: baselines
        ?? MaskBaselines(
          meanOf: cases.splits.map { try MaskBaselines(beside: predictions, folds: $0, from: survey) }))
  }

  /// The trainings that are to be done, by their names, and the seconds that each will take.
  private func works(
    _ entries: [ComparisonEntry], _ known: [Contender?]
  ) throws -> [(name: String, work: Double)] {
    var cases: Double?
    return try zip(entries, known).flatMap { entry, known -> [(name: String, work: Double)] in
      guard case .architecture(let architecture) = entry, known == nil else { return [] }
      let missing = try validation(of: architecture)?.missing(of: architecture)
      guard missing?.isEmpty != true else { return [] }
      let all = try cases ?? Double(data.cases(of: .train, classes: architecture.classes).cases.count)
      cases = all
      let cost = try SampleCost(architecture, cases: Int(all), options: options, registries: registries)
      func seconds(_ share: Double) -> Double {
        cost.seconds(learning: all * share, judging: all * (1 - share), options: options)
      }
      guard let missing else {
        let held = options.fold.map { 1 / Double($0.count) } ?? options.validationShare ?? 0.2
        return [(architecture.name, seconds(1 - held))]
      }
      return missing.map { ("\(architecture.name) \($0.name)", seconds($0.share)) }
    }
  }

  /// The cross-validation of a network; nil for a single split.
  private func validation(of architecture: Architecture) throws -> RepeatedCrossValidation? {
    try plan.map {
      try RepeatedCrossValidation(
        data: data, out: Files.join(out, architecture.name), options: options, plan: $0,
        registries: registries, digest: digest)
    }
  }

  /// Trains one network on a single split.
  private func train(
    _ architecture: Architecture, on dataset: Dataset, shouldStop: () -> Bool,
    onEvent: (_ event: TrainingEvent) throws -> Void
  ) throws -> Contender {
    let run = try TrainingRun(
      architecture, on: dataset, from: data.path, options: options, registries: registries,
      to: RunFolder(Files.join(out, architecture.name)))
    let result = try run.train(shouldStop: shouldStop, onEvent: onEvent)
    guard result.stopped != .request else {
      throw Problem(
        "the comparison was stopped", at: out, next: "the same command goes on with \(architecture.name)")
    }
    return try contender(architecture.name, of: run.folder.open())
  }
}
