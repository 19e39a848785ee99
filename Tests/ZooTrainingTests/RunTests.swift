import FoundationEssentials
import Testing
import ZooCore
import ZooData
import ZooEngine
import ZooFormats
import ZooGraph
import ZooModels
import ZooTraining
import ZooVolume

/// Trains a tiny network on a folder of blobs.
private func run(
  _ data: M3DVFolder, _ path: String, _ options: TrainingOptions = quickOptions(), replacing: Bool = false
) throws -> TrainingRun {
  let (architecture, registries) = (try tinyNetwork(), try builtIn())
  let dataset = try TrainingRun.read(data, for: architecture, options: options, registries: registries)
  return try TrainingRun(
    architecture, on: dataset, from: data.path, options: options, registries: registries,
    to: RunFolder(path), replacing: replacing)
}

@Test func aRunReadsBackAsItWasWritten() throws {
  try withFolder { path in
    let data = try Blobs().write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 3
    let training = try run(data, "\(path)/runs/one", options)
    let result = try training.train { event in
      // Until the end it is not finished.
      if case .epoch = event { #expect(training.folder.isRun && !training.folder.isFinished) }
    }
    let finished = try RunFolder("\(path)/runs/one").open()
    #expect(finished.folder.name == "one")
    #expect(finished.predictions.names == result.predictions.names)
    #expect(finished.predictions.labels == result.predictions.labels)
    #expect(finished.predictions.scores == result.predictions.scores)
    #expect(finished.evaluation.auc == result.evaluation.auc)
    #expect(finished.keptEpochs == [result.best.epoch] && finished.epochs == 3)
    #expect(finished.parameters == training.trainer.graph.trainableCount)
    #expect(finished.configuration.options == options)
    #expect(finished.configuration.architecture.json == training.trainer.architecture.json)
    let table = try CSVTable(reading: finished.folder.epochsPath)
    #expect(
      table.header == ["epoch", "loss", "validation_loss", "validation_auc", "learning_rate", "seconds"])
    #expect(try table.numbers("validation_loss") == result.epochs.map(\.validationLoss))

    let model = try ModelFile.read(finished.folder.modelPath, layers: try builtIn().layers)
    #expect(Array(model.weights.values) == Array(try #require(training.trainer.bestModel).weights.values))
    // The file alone, on the same volumes, gives what the run has noted.
    let all = try Predictor(models: [model], threads: 2).predictions(in: data, part: .train, labelled: true)
    let scores = Dictionary(uniqueKeysWithValues: zip(all.names, all.scores))
    #expect(finished.predictions.names.map { scores[$0] } == finished.predictions.scores)
  }
}

@Test func aRunFolderIsNotTakenFromOthers() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    expectProblem("data: the folder is not empty, and not a run", "choose another folder") {
      try run(data, "\(path)/data", options)
    }
    try Files.makeFolder("\(path)/theirs")
    try Files.writeAtomically("{\"format\": \"else\"}", to: "\(path)/theirs/config.json")
    expectProblem("not empty, and not a run") { try run(data, "\(path)/theirs", options) }

    try run(data, "\(path)/run", options).train { _ in }
    expectProblem("holds a finished run") { try run(data, "\(path)/run", options) }
    try run(data, "\(path)/run", options, replacing: true).train { _ in }
    // One that was stopped is not finished, but has its best model; a new one may take its place.
    var steps = 0
    try run(data, "\(path)/stopped", quickOptions()).train(shouldStop: { steps > 3 }) {
      if case .step = $0 { steps += 1 }
    }
    expectProblem("the run is not finished") { try RunFolder("\(path)/stopped").open() }
    #expect(try RunFolder.modelFile(of: "\(path)/stopped") == "\(path)/stopped/best.safetensors")
    try run(data, "\(path)/stopped", options).train { _ in }
    #expect(RunFolder("\(path)/stopped").isFinished)
    expectProblem("not a run") { try RunFolder("\(path)/data").open() }
    expectProblem("not a run") { try RunFolder.modelFile(of: "\(path)/data") }
  }
}

@Test func predictionsOfSeveralModelsAreAveraged() throws {
  try withFolder { path in
    let data = try Blobs(count: 12).write(to: path)
    let registries = try builtIn()
    // One looks through the mask, the other does not: each gets its own crop.
    let models = try [("multiply", 1), ("ignore", 2)].map { mask, seed in
      let architecture = try tinyNetwork(mask: mask)
      let graph = try architecture.graph(registry: registries.layers)
      let weights = try Weights(for: graph)
      weights.initialize(seed: Seed(UInt64(seed)))
      return ModelFile(architecture: architecture, graph: graph, weights: weights)
    }
    let single = try models.map {
      try Predictor(models: [$0], threads: 1).predictions(in: data, part: .test, labelled: false)
    }
    var heard: [Int] = []
    let both = try Predictor(models: models, threads: 2, batch: 2)
      .predictions(in: data, part: .test, labelled: false) { done, all in
        heard.append(done)
        #expect(all == 10)
      }
    #expect(both.names == ["case3", "case0", "case4", "case1", "case2"])
    #expect(heard == [2, 4, 5, 7, 9, 10])
    #expect(single[0].scores != single[1].scores)
    for (index, score) in both.scores.enumerated() {
      #expect(abs(score - (single[0].scores[index] + single[1].scores[index]) / 2) < 1e-15)
    }
    expectProblem("has no label") { try Evaluation(both) }

    let file = "\(path)/predictions.csv"
    try both.write(to: file)
    let table = try CSVTable(reading: file)
    #expect(table.header == ["name", "predicted"])
    #expect(try table.column("name") == CSVTable(reading: data.tablePath(of: .test)).column("name"))
    #expect(try Predictions(reading: file, classes: 2).scores == both.scores)
    let labelled = try both.labelled(by: CSVTable(reading: data.tablePath(of: .train)))
    #expect(labelled.labels == [1, 0, 0, 1, 0])
    #expect(try Evaluation(labelled).counts == [3, 2])
  }
}

@Test func predictionsOfThreeClassesHaveAColumnEach() throws {
  try withFolder { path in
    let one = Predictions(
      names: ["a", "b,c"], labels: [2, nil], probabilities: [[0.1, 0.2, 0.7], [1 / 3.0, 1 / 3.0, 1 / 3.0]])
    try one.write(to: "\(path)/p.csv", withLabels: true)
    #expect(try Predictions(reading: "\(path)/p.csv", classes: 3) == one)
    #expect(
      try CSVTable(reading: "\(path)/p.csv").header == [
        "name", "label", "predicted_0", "predicted_1", "predicted_2",
      ])
  }
}

@Test func viewsOfACaseAreAveraged() throws {
  let registries = try builtIn()
  for mask in ["multiply", "channel"] {
    let architecture = try tinyNetwork(mask: mask)
    let graph = try architecture.graph(registry: registries.layers)
    let weights = try Weights(for: graph)
    weights.initialize(seed: Seed(4))
    let model = ModelFile(architecture: architecture, graph: graph, weights: weights)
    let cases = (0..<5).map { Case(name: "\($0)", label: $0 % 2) }
    /// Predictions for volumes that are turned before they become a data set.
    func turned(_ symmetry: CubeSymmetry, _ views: TestTimeViews) throws -> [Double] {
      try Predictor(models: [model], threads: 2, batch: 2, views: views).predictions { format in
        let whole = SampleFormat(size: Blobs.axes, mask: .channel)
        let crops = (0..<5).map { index in
          let (voxels, inside, _) = Blobs().volume(index)
          let crop = Crop(bytes: voxels, axes: Blobs.axes, mask: inside, format: whole)
          var sample = [Float](repeating: 0, count: whole.shape.count)
          sample.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress {
              crop.write(Placement(shift: (0, 0, 0), symmetry: symmetry), to: base)
            }
          }
          return Crop(
            bytes: sample[..<1728].map { UInt8($0) }, axes: Blobs.axes,
            mask: sample[1728...].map { $0 > 0 ? 1 : 0 }, format: format)
        }
        return Dataset(place: "turned", cases: cases, crops: crops, format: format)
      }.scores
    }
    for (views, count) in [(TestTimeViews.mirrorings, 8), (.symmetries, 48)] {
      let single = try (0..<count).map { try turned(CubeSymmetry($0), .one) }
      let all = try turned(.identity, views)
      for index in 0..<5 {
        let mean = single.reduce(0) { $0 + $1[index] } / Double(count)
        #expect(abs(all[index] - mean) < 1e-12)
      }
      #expect(single[0] != all)
    }
  }
}

@Test func viewsKeepTheShapeOfTheCrop() {
  #expect(TestTimeViews.symmetries.symmetries(of: [4, 4, 4]).count == 48)
  #expect(TestTimeViews.symmetries.symmetries(of: [4, 6, 6]).count == 16)
  #expect(TestTimeViews.symmetries.symmetries(of: [4, 5, 6]).count == 8)
  #expect(TestTimeViews.mirrorings.symmetries(of: [4, 5, 6]).count == 8)
  #expect(TestTimeViews.one.symmetries(of: [4, 5, 6]) == [.identity])
}

@Test func tablesOfOtherProgramsAreTakenOrRefused() throws {
  try withFolder { path in
    func read(_ text: String, classes: Int = 2) throws -> Predictions {
      try Files.writeAtomically(text, to: "\(path)/other.csv")
      return try Predictions(reading: "\(path)/other.csv", classes: classes)
    }
    let expected = Predictions(
      names: ["a", "b"], labels: [0, 1], probabilities: [[0.75, 0.25], [0.5, 0.5]])
    // Labels as pandas writes a column with gaps.
    let taken = try [
      "name,label,predicted\na,0.0,0.25\nb,1.0,0.5\n", "name,label,predicted_1\na,0,0.25\nb,1,0.5\n",
      "name,predicted_0,label,predicted_1\na,0.75,0,0.25\nb,0.5,1,0.5\n",
    ].map { try read($0) }
    #expect(taken == [expected, expected, expected])
    expectProblem("other.csv:2: wrong label", "found \"0.5\"") { try read("name,label,predicted\na,0.5,1\n") }
    expectProblem("other.csv:3: wrong probability", "found nan") {
      try read("name,predicted\na,0.1\nb,nan\n")
    }
    expectProblem("other.csv:2: wrong probability", "found 1.5") { try read("name,predicted\na,1.5\n") }
    let header = "name,predicted_0,predicted_1,predicted_2\n"
    #expect(try read(header + "a,0.33,0.33,0.33\n", classes: 3).classes == 3)
    expectProblem("other.csv:2: probabilities that do not sum to 1", "found 1.5") {
      try read(header + "a,0.5,0.5,0.5\n", classes: 3)
    }
    expectProblem("has no column \"predicted\"") { try read("name,score\na,0.5\n") }
  }
}

@Test func looksAtTheTestPartOutliveATraining() throws {
  try withFolder { path in
    let data = try Blobs(count: 16).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 1
    let folder = RunFolder("\(path)/run")
    func train() throws {
      let dataset = try TrainingRun.read(data, for: tinyNetwork(), options: options, registries: builtIn())
      try TrainingRun(
        tinyNetwork(), on: dataset, from: data.path, options: options, registries: builtIn(), to: folder,
        replacing: true
      ).train { _ in }
    }
    try train()
    var looks = try TestLooks(atModels: [folder.modelPath])
    try looks.add(["run"])
    try train()
    #expect(try TestLooks(atModels: [folder.modelPath]).count == 1)
  }
}
