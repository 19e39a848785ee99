import ZooCore
public import ZooData
import ZooFormats
import ZooGraph
public import ZooModels

/// Trains networks on the same split with the same options, and compares them.
///
/// Each has its run in a folder of its own below `out`; one that is finished already is taken as it is, so a comparison
/// that was interrupted goes on where it stopped.
public struct Comparison {
  /// What is compared.
  public enum Entry: Sendable {
    /// A network to train, under the architecture's name.
    case architecture(Architecture)
    /// A run that is finished.
    case run(RunFolder)

    /// What its row is called.
    public var name: String {
      switch self {
      case .architecture(let architecture): architecture.name
      case .run(let folder): folder.name
      }
    }
  }

  /// Where the data are.
  public let data: any DataSource
  /// The folder of the runs.
  public let out: String
  /// How all are trained.
  public let options: TrainingOptions
  /// What they are put together from.
  public let registries: TrainingRegistries

  /// A comparison; nothing is read or written yet.
  public init(
    data: any DataSource, out: String, options: TrainingOptions, registries: TrainingRegistries
  ) {
    self.data = data
    self.out = out
    self.options = options
    self.registries = registries
  }

  /// Trains what is missing and compares all.
  ///
  /// Everything that can be known to be wrong is refused before the first step: two entries of one name, a run of other
  /// options or over other cases, an architecture that cannot be built. `onEvent` hears which of the
  /// trainings an event is of. Once
  /// `shouldStop` says yes a `Problem` says how to go on.
  public func run(
    _ entries: [Entry], shouldStop: () -> Bool = { false },
    onEvent: (_ run: PlannedRun, _ event: TrainingEvent) throws -> Void
  ) throws -> ComparisonResult {
    let plans = try check(entries)
    var runs: [FinishedRun?] = plans.map { if case .finished(let run) = $0 { run } else { nil } }
    var datasets: [SampleFormat: Dataset] = [:]
    for (index, planned) in try trainings(among: plans) {
      guard case .training(let architecture, let folder) = plans[index] else { continue }
      let format = try Trainer.sampleFormat(for: architecture, options: options, registries: registries)
      let dataset = try datasets[format] ?? read(for: architecture)
      datasets[format] = dataset
      // Before hours of training, not after them.
      let judged = try options.split(of: dataset).validation.map { dataset.cases[$0] }
      try requireSameCases(runs.compactMap(\.self), names: judged.map(\.name), labels: judged.map(\.label))
      runs[index] = try train(architecture, on: dataset, to: folder, shouldStop: shouldStop) {
        try onEvent(planned, $0)
      }
    }
    let finished = runs.compactMap(\.self)
    if let first = finished.first?.predictions {
      try requireSameCases(finished, names: first.names, labels: first.labels)
    }
    var (shape, notes): (ShapeBaseline?, [String]) = (nil, [])
    if let first = finished.first?.predictions {
      // What the runs held back is one fold.
      (shape, notes) = try ShapeBaseline.judging(
        first, folds: first.names.map { _ in 1 }, of: data, threads: options.threads)
    }
    return ComparisonResult(runs: finished, names: entries.map(\.name), shape: shape, notes: notes)
  }

  /// What is to be trained, by its position among the entries.
  private func trainings(among steps: [Step]) throws -> [(index: Int, run: PlannedRun)] {
    let works = try steps.enumerated().compactMap { index, step in
      guard case .training(let architecture, _) = step else { return nil as (Int, String, Double)? }
      let graph = try architecture.graph(registry: registries.layers)
      return (index, architecture.name, Double(graph.multiplyAdds))
    }
    return Array(zip(works.map(\.0), PlannedRun.plan(works.map { (name: $0.1, work: $0.2) })))
  }

  private func read(for architecture: Architecture) throws -> Dataset {
    try TrainingRun.read(data, for: architecture, options: options, registries: registries)
  }

  private func train(
    _ architecture: Architecture, on dataset: Dataset, to folder: RunFolder, shouldStop: () -> Bool,
    onEvent: (_ event: TrainingEvent) throws -> Void
  ) throws -> FinishedRun {
    let run = try TrainingRun(
      architecture, on: dataset, from: data.path, options: options, registries: registries, to: folder)
    let result = try run.train(shouldStop: shouldStop, onEvent: onEvent)
    guard result.stopped != .request else {
      throw Problem(
        "the comparison was stopped", at: out, next: "the same command goes on with \(architecture.name)")
    }
    return try folder.open()
  }
}
