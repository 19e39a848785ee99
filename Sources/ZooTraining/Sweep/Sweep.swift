import ZooCore
public import ZooData
import ZooFormats
public import ZooModels

/// Searches options: every trial is a training with drawn values in a folder of its own below `out`.
///
/// A run that is finished is taken as it is, so a search that was interrupted goes on where it stopped, and one with more
/// trials takes up those there are. All trials have the same split and seed.
public struct Sweep {
  /// Where the data are.
  public let data: any DataSource
  /// The folder of the runs.
  public let out: String
  /// How all are trained, but for what is varied.
  public let options: TrainingOptions
  /// What is varied.
  public let space: SweepSpace
  /// How epochs are shared out.
  public let method: SweepMethod
  /// Points that are tried.
  public let trials: Int
  /// What they are put together from.
  public let registries: TrainingRegistries
  private let digest: DataDigest

  /// A search; nothing is read or written yet. A `Problem` where there is nothing to vary, or a number is out of range.
  public init(
    data: any DataSource, out: String, options: TrainingOptions, space: SweepSpace, method: SweepMethod,
    trials: Int, registries: TrainingRegistries
  ) throws {
    guard (1...10_000).contains(trials) else {
      throw Problem("out of range", at: "--trials", expected: "1 to 10000", found: "\(trials)")
    }
    guard !space.keys.isEmpty else { throw Problem("nothing to vary", next: "name a range: --learning-rate") }
    self.data = data
    self.out = out
    self.options = options
    self.space = space
    self.method = method
    self.trials = trials
    self.registries = registries
    digest = DataDigest(of: data, threads: options.threads)
  }

  /// Trains what is missing and ranks all.
  ///
  /// A trial whose loss is no finite number any more is out, and the others go on. `onEvent` hears which run an event is of.
  /// Once `shouldStop` says yes a `Problem` says how to go on.
  public func run(
    _ architecture: Architecture, shouldStop: () -> Bool = { false },
    onEvent: (_ run: PlannedRun, _ event: TrainingEvent) throws -> Void
  ) throws -> SweepResult {
    var all = (1...trials).map {
      SweepTrial(number: $0, values: space.values(trial: $0, seed: options.root))
    }
    var datasets: [SampleFormat: Dataset] = [:]
    var trained: [(name: String, work: Double)] = []
    let rounds = method.rounds(trials: trials, epochs: options.epochs)
    for (number, round) in rounds.enumerated() {
      // The first round takes all, the others the best of those that have come as far.
      let ranked = all.indices.filter { number == 0 || all[$0].run != nil }
        .sorted { all[$0].isBetter(than: all[$1]) }
      let plans = try ranked.prefix(round.trials).sorted().map {
        try plan(all[$0], at: $0, architecture, epochs: round.epochs)
      }
      // Which trials later rounds take is not known yet, but how many.
      let missing = plans.filter { $0.finished == nil }.map {
        (name: $0.folder.name, work: Double(round.epochs))
      }
      let later = rounds[(number + 1)...].flatMap {
        Array(repeating: (name: "", work: Double($0.epochs)), count: $0.trials)
      }
      let schedule = PlannedRun.plan(trained + missing + later)
      for plan in plans {
        all[plan.index].epochs = round.epochs
        if let run = plan.finished {
          all[plan.index].run = run
          continue
        }
        let planned = schedule[trained.count]
        trained.append((name: planned.name, work: Double(round.epochs)))
        all[plan.index].run = try train(plan, architecture, &datasets, shouldStop: shouldStop) {
          try onEvent(planned, $0)
        }
      }
    }
    return SweepResult(keys: space.keys, method: method, trials: all.sorted { $0.isBetter(than: $1) })
  }

  /// What is to be done for a trial in a round.
  private struct Plan {
    let index: Int
    let options: TrainingOptions
    let folder: RunFolder
    let finished: FinishedRun?
  }

  private func plan(
    _ trial: SweepTrial, at index: Int, _ architecture: Architecture, epochs: Int
  ) throws -> Plan {
    var values = options.values
    values.merge(trial.values) { _, drawn in drawn }
    values["epochs"] = .number(Double(epochs))
    let options = try TrainingOptions(.object(values), at: "trial \(trial.number)")
    // Names that do not exist are found before the first step.
    _ = try Trainer.sampleFormat(for: architecture, options: options, registries: registries)
    let folder = RunFolder(Files.join(out, "trial\(trial.number)-epochs\(epochs)"))
    let wanted = RunConfiguration(
      architecture: architecture, options: try registries.explicit(options), data: data.path,
      trainingCases: 0, validationCases: 0)
    return Plan(
      index: index, options: options, folder: folder, finished: try folder.finished(as: wanted, over: digest))
  }

  /// Trains one run; nil where its loss was no finite number any more.
  private func train(
    _ plan: Plan, _ architecture: Architecture, _ datasets: inout [SampleFormat: Dataset],
    shouldStop: () -> Bool, onEvent: (_ event: TrainingEvent) throws -> Void
  ) throws -> FinishedRun? {
    let format = try Trainer.sampleFormat(for: architecture, options: plan.options, registries: registries)
    let dataset =
      try datasets[format]
      ?? TrainingRun.read(data, for: architecture, options: plan.options, registries: registries)
    datasets[format] = dataset
    let run = try TrainingRun(
      architecture, on: dataset, from: data.path, options: plan.options, registries: registries,
      to: plan.folder)
    let result: TrainingResult
    do {
      result = try run.train(shouldStop: shouldStop, onEvent: onEvent)
    } catch  where run.trainer.hasDiverged {
      return nil
    }
    guard result.stopped != .request else {
      throw Problem(
        "the sweep was stopped", at: out, next: "the same command goes on with \(plan.folder.name)")
    }
    return try plan.folder.open()
  }
}
