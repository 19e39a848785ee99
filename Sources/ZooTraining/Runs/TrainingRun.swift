import ZooCore
public import ZooData
import ZooGraph
public import ZooModels

/// A training that writes its folder: the data set, what is trained on it, and where it goes.
public struct TrainingRun {
  /// Where it is written.
  public let folder: RunFolder
  /// What it is.
  public let configuration: RunConfiguration
  /// What does the work.
  public let trainer: Trainer
  private let replacing: Bool
  private let trackers: [any RunTracking]

  /// Splits the data, adds what has pseudo labels, and makes the trainer; nothing is written yet.
  ///
  /// The data set is one of `TrainingRun.read`; `data` is what its folder is called in the configuration. `replacing`
  /// lets the run take the place of a finished one.
  public init(
    _ architecture: Architecture, on dataset: Dataset, from data: String, options: TrainingOptions,
    registries: TrainingRegistries, to folder: RunFolder, replacing: Bool = false
  ) throws {
    try folder.checkIsFree(replacing: replacing)
    let options = try registries.explicit(options)
    var (dataset, split) = (dataset, try options.split(of: dataset))
    if let initial = options.initial {
      try Ancestry(of: initial).check(split, of: dataset, from: data)
    }
    if let pseudo = options.pseudo {
      (dataset, split) = try pseudo.add(
        to: dataset, split, from: data, fold: options.fold, classes: architecture.classes,
        threads: options.threads)
    }
    trainer = try Trainer(
      architecture: architecture, dataset: dataset, split: split, options: options, registries: registries)
    configuration = RunConfiguration(
      architecture: architecture, options: options, data: data, trainingCases: split.training.count,
      validationCases: split.validation.count)
    self.folder = folder
    self.replacing = replacing
    trackers = registries.trackers
  }

  /// Reads a data set's training part for an architecture, ready for a run.
  public static func read(
    _ data: any DataSource, for architecture: Architecture, options: TrainingOptions,
    registries: TrainingRegistries, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws -> Dataset {
    try Dataset(
      reading: data, part: .train,
      format: try Trainer.sampleFormat(for: architecture, options: options, registries: registries),
      classes: architecture.classes, threads: options.threads, progress: progress)
  }

  /// Trains and writes; see `Trainer.train`. Each file is written before `onEvent` hears of its epoch.
  ///
  /// A training that was asked to stop leaves its best model, but no result: it is not finished.
  @discardableResult
  public func train(
    shouldStop: () -> Bool = { false }, onEvent: (TrainingEvent) throws -> Void
  ) throws -> TrainingResult {
    var recorder = try RunRecorder(folder, configuration, replacing: replacing)
    let trackers = try trackers.map { try $0.track(self) }
    do {
      return try trainer.train(shouldStop: shouldStop) { event in
        switch event {
        case .epoch(let result): try recorder.record(result, of: trainer)
        case .averaged(let result): try recorder.record(result, of: trainer)
        case .finished(let result) where result.stopped != .request:
          try recorder.finish(result, parameters: trainer.graph.trainableCount)
        default: break
        }
        for tracker in trackers { try tracker.hear(event) }
        try onEvent(event)
      }
    } catch {
      for tracker in trackers { tracker.hear(failure: error) }
      throw error
    }
  }
}
