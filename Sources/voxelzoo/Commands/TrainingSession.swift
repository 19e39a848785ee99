import ArgumentParser
import ZooCore
import ZooData
import ZooModels
import ZooReport
import ZooTraining

/// What trainings of one command share: options, registries, data, and Ctrl-C.
struct TrainingSession {
  /// How networks are trained.
  let options: TrainingOptions
  /// What they are put together from.
  let registries: TrainingRegistries
  /// The data set.
  let data: any DataSource
  private let zoo: Zoo
  private let sample: SampleFlags
  private let quiet: QuietOption

  /// Checks what was asked for.
  init(_ flags: TrainingFlags, _ varied: VariedFlags?, zoo: ZooOptions, data: DataOption) throws {
    var registries = try TrainingRegistries(layers: zoo.layers())
    registries.trackers = try flags.tracking.trackers()
    self.registries = registries
    var options = try flags.options(varied)
    // Here a mistake is said of the file, or of the flag.
    options.augmentation = try registries.augmentation(
      options.augmentation, at: varied?.augmentation.place ?? "augmentation"
    ).json
    self.options = options
    self.zoo = try zoo.zoo()
    sample = flags.sample
    quiet = flags.quiet
    self.data = try data.open(quiet: quiet.quiet)
  }

  /// An architecture by its name, as it was asked for, and fitted to the data.
  func find(_ name: String) throws -> Architecture {
    let architecture = try sample.applied(to: zoo.find(name))
    let (fitted, notes) = try architecture.fitted(to: data, keepingClasses: sample.classes != nil)
    for note in notes { quiet.note("\(name): \(note)") }
    return fitted
  }

  /// Whether there is a model of this name.
  func knows(_ name: String) -> Bool { (try? zoo.find(name)) != nil }

  /// Reads the training part as an architecture wants to see it.
  func read(for architecture: Architecture) throws -> Dataset {
    let format = try Trainer.sampleFormat(for: architecture, options: options, registries: registries)
    if let memory = data.memory(of: .train, format: format, threads: options.threads) {
      quiet.note(
        "data: \(Format.bytes(memory.crops)) of memory for \(architecture.name), "
          + "\(Format.bytes(memory.decoding)) more while they are read")
    }
    let progress = quiet.progress("reading")
    defer { progress.clear() }
    let dataset = try TrainingRun.read(
      data, for: architecture, options: options, registries: registries
    ) { progress.update($0, of: $1) }
    progress.clear()
    try dataset.requireTwoClasses(among: dataset.cases.indices)
    warn(dataset.warnings)
    return dataset
  }

  /// Reads, trains and writes a run.
  func train(
    _ architecture: Architecture, to folder: RunFolder, replacing: Bool
  ) throws -> TrainingResult {
    let dataset = try read(for: architecture)
    return try monitored { shouldStop, hear in
      let run = try TrainingRun(
        architecture, on: dataset, from: data.path, options: options, registries: registries, to: folder,
        replacing: replacing)
      let planned = PlannedRun(only: architecture.name)
      let result = try run.train(shouldStop: shouldStop) { hear(planned, $0) }
      guard result.stopped != .request else {
        throw Problem(
          "interrupted", at: folder.path, found: "epoch \(result.best.epoch), the best so far, kept",
          next: "evaluate, predict and export take it as it is; the same command goes on")
      }
      return result
    }
  }

  /// Trains what is missing of a cross-validation.
  func crossValidate(
    _ architecture: Architecture, to out: String, folds: Int, seeds: Int
  ) throws -> CrossValidationResult {
    let validation = try CrossValidation(
      data: data, out: out, options: options, folds: folds, seeds: seeds, registries: registries)
    return try monitored(prefix: architecture.name) { shouldStop, hear in
      try validation.run(
        architecture, reading: { try read(for: architecture) }, shouldStop: shouldStop, onEvent: hear)
    }
  }

  /// Does trainings: who watches hears how they go, and Ctrl-C ends them in order. What they then throw is said with the
  /// command that goes on, which ends with exit code 130.
  func monitored<Result>(
    prefix: String = "",
    _ work: (
      _ shouldStop: () -> Bool, _ hear: (_ run: PlannedRun, _ event: TrainingEvent) -> Void
    ) throws -> Result
  ) throws -> Result {
    let interruption = Interruption()
    let monitor = TrainingMonitor(prefix: prefix, quiet: quiet)
    defer { monitor.close() }
    do {
      return try work({ interruption.isRequested }, { monitor.hear($0, $1) })
    } catch let problem as Problem where interruption.isRequested {
      monitor.close()
      Console.complain(problem.description)
      Console.note("to go on: \(CommandLine.typed)")
      throw ExitCode(Interruption.exitCode)
    }
  }

  private func warn(_ warnings: [Problem]) {
    for warning in warnings.prefix(3) { Console.note("warning: \(warning)") }
    if warnings.count > 3 {
      Console.note("warning: \(warnings.count - 3) more; voxelzoo data check lists them")
    }
  }
}
