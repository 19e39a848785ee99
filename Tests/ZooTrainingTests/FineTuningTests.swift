import Testing
import ZooCore
import ZooData
import ZooEngine
import ZooFormats
import ZooGraph
import ZooModels
import ZooTraining

/// Trains a tiny network on a folder of blobs.
@discardableResult
private func train(
  _ data: M3DVFolder, _ path: String, _ options: TrainingOptions, _ architecture: Architecture? = nil,
  heard: (TrainingEvent) -> Void = { _ in }
) throws -> Trainer {
  let (architecture, registries) = (try architecture ?? tinyNetwork(), try builtIn())
  let dataset = try TrainingRun.read(data, for: architecture, options: options, registries: registries)
  let run = try TrainingRun(
    architecture, on: dataset, from: data.path, options: options, registries: registries, to: RunFolder(path))
  try run.train { heard($0) }
  return run.trainer
}

/// Options under which a step changes nothing that could be seen.
private func still(from path: String) throws -> TrainingOptions {
  var options = quickOptions()
  options.epochs = 1
  options.learningRate = 1e-12
  options.calibrationBatches = 0
  options.initial = try InitialWeights(path)
  return options
}

@Test func trainingStartsFromARunsWeights() throws {
  try withFolder { path in
    let data = try Blobs(count: 32).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 2
    let base = try train(data, "\(path)/base", options)
    let model = try #require(base.bestModel)
    for name in ["\(path)/base", "\(path)/base/best.safetensors"] {
      var options = try still(from: name)
      // The norm's statistics are taken over, and stay where it is frozen.
      options.update.freeze = ["one", "norm"]
      var notes: [String] = []
      let tuned = try train(data, "\(path)/tuned\(name.count)", options) {
        if case .started(let start) = $0 { notes = start.notes }
      }
      #expect(notes == ["starts from \(name): 9 of 9 arrays taken"])
      #expect(tuned.transfer?.taken.count == 9)
      for (own, other) in zip(try #require(tuned.bestModel).weights.values, model.weights.values) {
        #expect(abs(own - other) <= 1e-10 * max(1, abs(other)))
      }
      let text = try Files.text(of: "\(path)/tuned\(name.count)/config.json")
      #expect(text.contains("\"sha256\"") && text.contains("\"path\""))
      #expect(try RunFolder("\(path)/tuned\(name.count)").configuration().options == options)
    }
  }
}

@Test func anotherNumberOfClassesResetsTheHead() throws {
  try withFolder { path in
    let two = try Blobs(count: 32).write(to: "\(path)/two")
    let three = try Blobs(count: 48, classes: 3).write(to: "\(path)/three")
    var options = quickOptions()
    options.epochs = 1
    let base = try train(two, "\(path)/base", options)
    var notes: [String] = []
    let tuned = try train(three, "\(path)/tuned", still(from: "\(path)/base"), tinyNetwork(classes: 3)) {
      if case .started(let start) = $0 { notes = start.notes }
    }
    #expect(tuned.transfer?.reset == ["head.weight", "head.bias"] && tuned.transfer?.taken.count == 7)
    #expect(notes.contains("another number of classes there: head.weight, head.bias starts anew"))
    let (own, other) = (try #require(tuned.bestModel).weights, try #require(base.bestModel).weights)
    #expect(zip(own.values, other.values).prefix(100).allSatisfy { abs($0 - $1) < 1e-6 })

    // Other filters: the norm and what reads it have other shapes, and the rest is counted.
    let wide = try train(two, "\(path)/wide", still(from: "\(path)/base"), tinyNetwork(filters: 4))
    #expect(
      wide.transfer?.otherShape.count == 6
        && wide.transfer?.taken == ["two.bias", "head.weight", "head.bias"])
  }
}

@Test func weightsThatCannotBeTakenAreRefused() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    expectProblem("no such file") { try InitialWeights("\(path)/none.safetensors") }
    expectProblem("not a run") { try InitialWeights("\(path)/data") }
    func file(_ name: String, _ value: Float) throws -> String {
      let file = "\(path)/\(name).safetensors"
      let array = NDArray(shape: [8], float: Array(repeating: value, count: 8))
      try SafetensorsFile.write(tensors: [(name: name, array: array)], metadata: [:], to: file)
      return file
    }
    expectProblem("none of these weights fits", "found other") {
      try train(data, "\(path)/a", still(from: file("other", 1)))
    }
    expectProblem("two.bias: the weights are damaged") {
      try train(data, "\(path)/b", still(from: file("two.bias", .nan)))
    }
    let good = try file("two.bias", 1)
    let options = try still(from: good)
    _ = try file("two.bias", 2)
    expectProblem("the weights to start from have changed", "--init") {
      try train(data, "\(path)/c", options)
    }
    #expect(try InitialWeights(good).sha256 != options.initial?.sha256)
    var notes: [String] = []
    _ = try train(data, "\(path)/d", still(from: good)) {
      if case .started(let start) = $0 { notes = start.notes }
    }
    #expect(notes.contains { $0.contains("trained on is not known") })
    #expect(notes.contains("not there: one.weight, norm.weight, norm.bias and 5 more starts anew"))
    // What sha256sum prints for these three bytes.
    try Files.writeAtomically("abc", to: "\(path)/abc")
    #expect(
      try Files.sha256(of: "\(path)/abc")
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}

@Test func validationCasesThatTaughtTheFirstRunAreRefused() throws {
  try withFolder { path in
    let data = try Blobs(count: 48).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    options.fold = try Fold("1/4")
    try train(data, "\(path)/base", options)
    options.initial = try InitialWeights("\(path)/base")
    try train(data, "\(path)/tuned", options)

    options.fold = try Fold("2/4")
    expectProblem(
      "base: its weights were trained on validation cases", "found 12 of 12",
      "--split-seed 3 --fold 1/4"
    ) { try train(data, "\(path)/other", options) }
    // The grandchild is told too, and the same cases in another folder are the same cases.
    options.initial = try InitialWeights("\(path)/tuned/best.safetensors")
    let copy = try Blobs(count: 48).write(to: "\(path)/copy")
    expectProblem("trained on validation cases") { try train(copy, "\(path)/other", options) }
    options.fold = nil
    options.seed = 9
    expectProblem("trained on validation cases") { try train(data, "\(path)/other", options) }
    // Other data are no matter.
    let others = try Blobs(count: 40, seed: 5).write(to: "\(path)/others")
    try train(others, "\(path)/other", options)

    // Fold by fold it goes as a whole.
    options = quickOptions()
    options.epochs = 1
    let registries = try builtIn()
    func folds(_ name: String, _ options: TrainingOptions) throws -> CrossValidationResult {
      let crossed = try CrossValidation(
        data: data, out: "\(path)/\(name)", options: options, folds: 2, registries: registries)
      return try crossed.run(
        try tinyNetwork(),
        reading: { try TrainingRun.read(data, for: tinyNetwork(), options: options, registries: registries) }
      ) { _, _ in }
    }
    _ = try folds("folds", options)
    options.initial = try InitialWeights("\(path)/folds")
    _ = try folds("tunedfolds", options)
    let second = try RunFolder("\(path)/tunedfolds/fold2").configuration().options.initial
    #expect(try second == InitialWeights("\(path)/folds/fold2"))
  }
}

@Test func aPatientInBothPartsIsRefused() throws {
  let cases = Blobs().cases()
  let split = Split(training: Array(0..<25), validation: Array(25..<48))
  #expect(cases[24].patient == cases[25].patient)
  expectProblem("patient \"p6\" is in both parts", "found 3 of 23") { try trainer(split: split) }
}
