import ZooCore
public import ZooData
import ZooFormats
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
  /// How much work a crash may cost: where more time has gone by at an epoch's end, a checkpoint is written.
  public var checkpointInterval = Duration.seconds(60)
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
    var options = try registries.explicit(options)
    var (dataset, split) = (dataset, try options.split(of: dataset))
    let duplicates = dataset.nearDuplicates()
    if !options.allowDuplicates { try split.checkDuplicates(duplicates, of: dataset) }
    let (digest, allowed) = (dataset.digest, split.separated(duplicates))
    // Kept only where there was something to allow: without it the run is as good as any.
    options.allowDuplicates = !allowed.isEmpty
    let note = "nearly the same volume on both sides of the split, as was allowed: "
    let notes = allowed.isEmpty ? [] : [note + Split.text(of: allowed, in: dataset)]
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
    trainer.notesOfStart += notes
    configuration = RunConfiguration(
      architecture: architecture, options: options, data: data, digest: digest,
      trainingCases: split.training.count, validationCases: split.validation.count)
    self.folder = folder
    self.replacing = replacing
    trackers = registries.trackers
  }

  /// Reads a data set's training part for an architecture, ready for a run.
  public static func read(
    _ data: any DataSource, for architecture: Architecture, options: TrainingOptions,
    registries: TrainingRegistries, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws -> Dataset {
    var dataset = try Dataset(
      reading: data, part: .train,
      format: try Trainer.sampleFormat(for: architecture, options: options, registries: registries),
      classes: architecture.classes, threads: options.threads, progress: progress)
    dataset.digest = try DataDigest(of: data, threads: options.threads).value()
    return dataset
  }

  /// Trains and writes; see `Trainer.train`. Each file is written before `onEvent` hears of its epoch.
  ///
  /// A training that was asked to stop leaves its best model and a checkpoint, but no result: it is not finished, and the same
  /// run in the same folder goes on from there. One that crashed goes on from its last checkpoint, which is written at the
  /// ends of epochs, once a minute at most.
  @discardableResult
  public func train(
    shouldStop: () -> Bool = { false }, onEvent: (TrainingEvent) throws -> Void
  ) throws -> TrainingResult {
    let isResumed = try resume()
    var recorder = try RunRecorder(
      folder, configuration, replacing: replacing, after: isResumed ? trainer.progress.epochs : nil)
    let trackers = try trackers.map { try $0.track(self) }
    var lastSaved = ContinuousClock.now
    do {
      return try trainer.train(shouldStop: shouldStop) { event in
        switch event {
        case .epoch(let result):
          try recorder.record(result, of: trainer)
          guard ContinuousClock.now - lastSaved >= checkpointInterval else { break }
          try trainer.saveCheckpoint(to: folder.checkpointPath)
          lastSaved = .now
        case .averaged(let result): try recorder.record(result, of: trainer)
        case .stopped(.request): try trainer.saveCheckpoint(to: folder.checkpointPath)
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

  /// Goes back to where a training of the same run was interrupted; false where there is none, or it was another.
  private func resume() throws -> Bool {
    guard !replacing, !folder.isFinished, folder.isRun, Files.exists(folder.checkpointPath) else {
      return false
    }
    let earlier = try folder.configuration()
    let isSame = earlier.difference(to: configuration) == nil && earlier.data == configuration.data
    guard try isSame && trainer.restoreCheckpoint(from: folder.checkpointPath) else {
      let difference = earlier.difference(to: configuration) ?? "data"
      trainer.notesOfStart.append("begins anew: the run that was interrupted here had another \(difference)")
      return false
    }
    let progress = trainer.progress
    trainer.notesOfStart.append("goes on in epoch \(progress.epoch), after batch \(progress.batches)")
    return true
  }
}
