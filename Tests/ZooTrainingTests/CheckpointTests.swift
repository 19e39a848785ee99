import FoundationEssentials
import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooTraining

/// A run over blobs.
private func run(_ data: M3DVFolder, _ path: String, _ options: TrainingOptions) throws -> TrainingRun {
  let (architecture, registries) = (try tinyNetwork(), try builtIn())
  let dataset = try TrainingRun.read(data, for: architecture, options: options, registries: registries)
  return try TrainingRun(
    architecture, on: dataset, from: data.path, options: options, registries: registries,
    to: RunFolder(path))
}

/// Options with everything that a training remembers.
private func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
  var options = quickOptions()
  options.epochs = 3
  options.augmentation = "standard"
  change(&options)
  return options
}

private let kinds: [TrainingOptions] = [
  options(),
  options {
    $0.optimizer = "sgd"
    $0.calibrationBatches = 0
    $0.balanced = true
    $0.steps = 5
  },
  options {
    $0.update.accumulate = 2
    $0.averaging.decay = 0.9
    $0.averaging.epochs = try? EpochChoice("best:2", at: "average")
    $0.augmentation = [["type": "mixup", "alpha": 0.4]]
    $0.optimizer = "adamw"
  },
]

/// A training that is interrupted after any step, and again, ends with the bits of one that is not.
@Test(arguments: kinds, [1, 4, 7]) func anInterruptedRunGoesOnToTheSameBits(
  options: TrainingOptions, pause: Int
) throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    let whole = try run(data, "\(path)/whole", options).train { _ in }
    var heard: [(epoch: Int, step: Int)] = []
    var isFinished = false
    for attempt in 0..<20 where !isFinished {
      var options = options
      options.threads = 1 + attempt % 2
      var steps = 0
      do {
        let result = try run(data, "\(path)/parts", options).train(shouldStop: { steps >= pause }) { event in
          guard case .step(let step) = event else { return }
          steps += 1
          heard.append((step.epoch, step.step))
        }
        isFinished = result.stopped == nil
      } catch let problem as Problem where problem.what.contains("before the first epoch") {}
      #expect(Files.exists("\(path)/parts/checkpoint.safetensors") != isFinished)
    }
    #expect(isFinished)
    // No step is done twice.
    #expect(Set(heard.map { "\($0.epoch)/\($0.step)" }).count == heard.count)
    #expect(heard.map(\.epoch) == heard.map(\.epoch).sorted())
    let (one, other) = (try RunFolder("\(path)/whole").open(), try RunFolder("\(path)/parts").open())
    #expect(one.predictions == other.predictions && other.epochs == whole.epochs.count)
    for file in ["best.safetensors", "validation.csv"] {
      #expect(try Files.read("\(path)/whole/\(file)") == Files.read("\(path)/parts/\(file)"), "\(file)")
    }
    func epochs(_ folder: String) throws -> [String] {
      let table = try CSVTable(reading: "\(path)/\(folder)/epochs.csv")
      return try ["epoch", "loss", "validation_loss", "validation_auc"].flatMap { try table.column($0) }
    }
    #expect(try epochs("whole") == epochs("parts"))
  }
}

/// A training that dies in the middle of an epoch, without a chance to save anything, loses that epoch only.
@Test func aCrashedRunGoesOnFromItsLastCheckpoint() throws {
  struct Crash: Error {}
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    _ = try run(data, "\(path)/whole", options()).train { _ in }
    for (interval, goesOn) in [(Duration.zero, true), (.seconds(3600), false)] {
      var crashing = try run(data, "\(path)/parts", options())
      crashing.checkpointInterval = interval
      #expect(throws: Crash.self) {
        try crashing.train { event in
          if case .step(let step) = event, step.epoch == 3 { throw Crash() }
        }
      }
      var (notes, first) = ([String](), 0)
      try run(data, "\(path)/parts", options()).train { event in
        if case .started(let start) = event { notes = start.notes }
        if case .step(let step) = event, first == 0 { first = step.epoch }
      }
      #expect(notes == (goesOn ? ["goes on in epoch 3, after batch 0"] : []) && first == (goesOn ? 3 : 1))
      for file in ["best.safetensors", "validation.csv"] {
        #expect(try Files.read("\(path)/whole/\(file)") == Files.read("\(path)/parts/\(file)"), "\(file)")
      }
      #expect(!Files.exists("\(path)/parts/checkpoint.safetensors"))
      try Files.remove("\(path)/parts/result.json")
    }
  }
}

@Test func anotherRunBeginsAnewAndSaysSo() throws {
  try withFolder { path in
    let data = try Blobs(count: 40).write(to: "\(path)/data")
    func train(_ options: TrainingOptions, stopAfter steps: Int) throws -> [String] {
      var (done, notes) = (0, [String]())
      _ = try run(data, "\(path)/run", options).train(shouldStop: { done >= steps }) { event in
        if case .step = event { done += 1 }
        if case .started(let start) = event { notes = start.notes }
      }
      return notes
    }
    #expect(try train(options(), stopAfter: 6) == [])
    #expect(try train(options(), stopAfter: 2) == ["goes on in epoch 2, after batch 2"])
    let other = try train(options { $0.learningRate = 0.02 }, stopAfter: 6)
    #expect(other == ["begins anew: the run that was interrupted here had another learning_rate"])
    let file = "\(path)/run/checkpoint.safetensors"
    let bytes = try Files.read(file)
    try Files.writeAtomically(Array(bytes.dropLast(9)), to: file)
    expectProblem("checkpoint.safetensors") {
      try train(options { $0.learningRate = 0.02 }, stopAfter: 6)
    }
    try Files.writeAtomically(Array("{}".utf8), to: file)
    expectProblem("checkpoint.safetensors") {
      try train(options { $0.learningRate = 0.02 }, stopAfter: 6)
    }
  }
}
