import ArgumentParser
import ZooCore
import ZooData
import ZooModels
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

  /// Checks what was asked for.
  init(_ flags: TrainingFlags, _ varied: VariedFlags?, zoo: ZooOptions, data: DataOption) throws {
    registries = try TrainingRegistries(layers: zoo.layers())
    var options = try flags.options(varied)
    // Here a mistake is said of the file, or of the flag.
    options.augmentation = try registries.augmentation(
      options.augmentation, at: varied?.augmentation.place ?? "augmentation"
    ).json
    self.options = options
    self.zoo = try zoo.zoo()
    sample = flags.sample
    self.data = try data.open()
  }

  /// An architecture by its name, as it was asked for, and fitted to the data.
  func find(_ name: String) throws -> Architecture {
    let architecture = try sample.applied(to: zoo.find(name))
    let (fitted, notes) = try architecture.fitted(to: data, keepingClasses: sample.classes != nil)
    for note in notes { Console.note("\(name): \(note)") }
    return fitted
  }

  /// Reads the training part as an architecture wants to see it.
  func read(for architecture: Architecture) throws -> Dataset {
    let progress = Progress("reading")
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
    return try interruptible { shouldStop in
      let run = try TrainingRun(
        architecture, on: dataset, from: data.path, options: options, registries: registries, to: folder,
        replacing: replacing)
      let monitor = TrainingMonitor(architecture.name)
      defer { monitor.close() }
      let result = try run.train(shouldStop: shouldStop) { monitor.hear($0) }
      guard result.stopped != .request else {
        throw Problem(
          "interrupted", at: folder.path, found: "epoch \(result.best.epoch), the best so far, kept",
          next: "evaluate, predict and export take it as it is; the same command trains it anew")
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
    return try interruptible { shouldStop in
      var monitor: TrainingMonitor?
      defer { monitor?.close() }
      return try validation.run(
        architecture, reading: { try read(for: architecture) }, shouldStop: shouldStop
      ) { name, event in
        if case .started = event { monitor = TrainingMonitor("\(architecture.name) \(name)") }
        monitor?.hear(event)
      }
    }
  }

  /// Does work that Ctrl-C ends in order: what it then throws is said, and the command ends with exit code 130.
  func interruptible<Result>(_ work: (_ shouldStop: () -> Bool) throws -> Result) throws -> Result {
    let interruption = Interruption()
    do {
      return try work { interruption.isRequested }
    } catch let problem as Problem where interruption.isRequested {
      Console.complain(problem.description)
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
