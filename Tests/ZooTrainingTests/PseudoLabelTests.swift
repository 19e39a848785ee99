import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooTraining

@Test func theSureAreKeptAndTheBalanceToo() {
  let scores = [0.95, 0.02, 0.5, 0.92, 0.99, 0.4, 0.91, 0.08]
  let rows = scores.map { [1 - $0, $0] }
  let sure = PseudoSelection(rows, threshold: 0.9)
  #expect(sure.kept == [0, 1, 3, 4, 6, 7] && sure.counts == [2, 4])
  // Two sure ones of class 0 allow as many of class 1, the surest.
  let even = PseudoSelection(rows, threshold: 0.9, shares: [0.5, 0.5])
  #expect(even.kept == [0, 1, 4, 7] && even.counts == [2, 2])
  // One to three: four of class 1 are three quarters of 5⅓ cases, a quarter of which is one of class 0, the surer.
  let skewed = PseudoSelection(rows, threshold: 0.9, shares: [0.25, 0.75])
  #expect(skewed.kept == [0, 1, 3, 4, 6] && skewed.counts == [1, 4])
  #expect(PseudoSelection(rows, threshold: 1, shares: [0.5, 0.5]).kept == [])
  #expect(PseudoSelection(rows, threshold: 0).kept.count == 8)
  let three = PseudoSelection(
    [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]], threshold: 0.6,
    shares: [1 / 3.0, 1 / 3.0, 1 / 3.0])
  #expect(three.kept == [0, 2, 3])
}

/// Options for one epoch, with labels to learn from.
private func options(_ table: String?, fold: String? = nil) throws -> TrainingOptions {
  var options = quickOptions()
  options.epochs = 1
  options.pseudo = table.map { PseudoOptions(table: $0) }
  options.fold = try fold.map { try Fold($0) }
  return options
}

/// A run over a folder, not yet trained.
private func run(_ data: M3DVFolder, _ path: String, _ options: TrainingOptions) throws -> TrainingRun {
  let (architecture, registries) = (try tinyNetwork(), try builtIn())
  let dataset = try TrainingRun.read(data, for: architecture, options: options, registries: registries)
  return try TrainingRun(
    architecture, on: dataset, from: data.path, options: options, registries: registries, to: RunFolder(path))
}

private func crossValidate(_ data: M3DVFolder, _ path: String, _ options: TrainingOptions) throws {
  let (architecture, registries) = (try tinyNetwork(), try builtIn())
  _ = try CrossValidation(data: data, out: path, options: options, folds: 2, registries: registries).run(
    architecture,
    reading: { try TrainingRun.read(data, for: architecture, options: options, registries: registries) },
    onEvent: { _, _ in })
}

/// Labels the test part by the models of some paths, as `voxelzoo pseudo-label` does.
private func label(_ data: M3DVFolder, _ paths: [String], fold: Int? = nil, to table: String) throws {
  let committee = try Committee(paths, fold: fold)
  let layers = try builtIn().layers
  let models = try committee.files.map { try ModelFile.read($0, layers: layers) }
  let predictions = try Predictor(models: models, blending: committee.blending, threads: 1)
    .predictions(in: data, part: .test, labelled: false)
  let heldOut = try HeldOut.names(
    by: committee.files, among: data.cases(of: .train, classes: 2).cases.map(\.name))
  try PseudoLabels(predictions, part: .test, heldOut: heldOut).write(
    to: table, classes: 2, noting: [:])
}

@Test func aFoldLearnsFromLabelsOfModelsThatHeldItBack() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    try crossValidate(data, "\(path)/cv", options(nil))
    for fold in 1...2 { try label(data, ["\(path)/cv"], fold: fold, to: "\(path)/pseudo-\(fold).csv") }
    try crossValidate(data, "\(path)/taught", options("\(path)/pseudo-{fold}.csv"))
    for fold in 1...2 {
      let (plain, taught) = (
        try RunFolder("\(path)/cv/fold\(fold)").open(), try RunFolder("\(path)/taught/fold\(fold)").open()
      )
      // The same cases judge, and the labels did make a difference.
      #expect(plain.predictions.names == taught.predictions.names)
      #expect(plain.predictions.scores != taught.predictions.scores)
      #expect(taught.configuration.options.pseudo == PseudoOptions(table: "\(path)/pseudo-{fold}.csv"))
    }

    // Nothing that is sure is nothing to learn from, and no problem.
    let nothing = Predictions(names: [], labels: [], probabilities: [])
    try PseudoLabels(
      nothing, part: .test, heldOut: Set(try data.cases(of: .train, classes: 2).cases.map(\.name))
    )
    .write(to: "\(path)/none.csv", classes: 2, noting: [:])
    #expect(try run(data, "\(path)/n", options("\(path)/none.csv")).trainer.split.pseudo == [])

    let leak = "the labels know this run's validation cases"
    try label(data, ["\(path)/cv"], to: "\(path)/all.csv")
    expectProblem("all.csv: \(leak)", "12 of 12", "pseudo-{fold}.csv") {
      try run(data, "\(path)/x", options("\(path)/all.csv", fold: "1/2"))
    }
    expectProblem("pseudo-2.csv: \(leak)") {
      try run(data, "\(path)/x", options("\(path)/pseudo-2.csv", fold: "1/2"))
    }
    // Another split, of another seed, judges by some of both folds.
    var other = try options("\(path)/pseudo-2.csv")
    other.seed = 5
    expectProblem(leak) { try run(data, "\(path)/x", other) }
    expectProblem("there is no fold") { try run(data, "\(path)/x", options("\(path)/pseudo-{fold}.csv")) }
    expectProblem("has no folds") { try Committee(["\(path)/cv/fold1"], fold: 1) }
    expectProblem("there is no fold 3") { try Committee(["\(path)/cv"], fold: 3) }

    // Weights away from their run say what they have seen.
    try Files.writeAtomically(
      Files.read("\(path)/cv/fold1/best.safetensors"), to: "\(path)/copied.safetensors")
    try label(data, ["\(path)/copied.safetensors"], to: "\(path)/copied.csv")
    #expect(
      try Set(PseudoLabels(reading: "\(path)/copied.csv", classes: 2).heldOut ?? [])
        == Set(RunFolder("\(path)/cv/fold1").open().predictions.names))

    // Those of other programs do not; a table alone does not say who made it.
    var model = try ModelFile.read("\(path)/cv/fold1/best.safetensors", layers: builtIn().layers)
    model.trainedOn = nil
    try model.write(to: "\(path)/alone.safetensors")
    try label(data, ["\(path)/alone.safetensors"], to: "\(path)/unknown.csv")
    expectProblem("unknown.csv: nobody knows what the models trained on") {
      try run(data, "\(path)/x", options("\(path)/unknown.csv", fold: "1/2"))
    }
    try Files.remove("\(path)/unknown.json")
    expectProblem("unknown.csv: nobody knows which models made these labels") {
      try run(data, "\(path)/x", options("\(path)/unknown.csv", fold: "1/2"))
    }
    #expect(!Files.exists("\(path)/x"))
  }
}

@Test func aPseudoCaseOfAPatientWhoIsJudgedIsLeftOut() throws {
  try withFolder { path in
    let data = try Blobs(count: 24).write(to: "\(path)/data")
    let judged = try run(data, "\(path)/one", options(nil)).trainer
    let cases = try data.cases(of: .train, classes: 2).cases
    let (held, taught) = (judged.split.validation.map { cases[$0] }, judged.split.training.map { cases[$0] })
    // Two volumes of patients that are validated on, one of a patient that is trained on, one of nobody known, and one
    // that is itself validated on.
    let patients = [held[0].patient, held.last?.patient, taught[0].patient, nil, nil]
    let names = ["a", "b", "c", "d", held[2].name]
    for (index, name) in names.enumerated() {
      let (voxels, mask, _) = Blobs().volume(index)
      try NPZFile.write(
        [
          (name: "voxel", array: NDArray(shape: Blobs.axes, uint8: voxels)),
          (name: "seg", array: NDArray(shape: Blobs.axes, bool: mask.map { $0 != 0 })),
        ], to: "\(path)/data/test/\(name).npz", compressed: true)
    }
    try CSVTable.write(
      header: ["name", "predicted", "patient"], rows: zip(names, patients).map { [$0, "0.5", $1 ?? ""] },
      to: "\(path)/data/sampleSubmission.csv")
    let labels = Predictions(
      names: names, labels: names.map { _ in nil }, probabilities: names.map { _ in [0.25, 0.75] })
    try PseudoLabels(labels, part: .test, heldOut: Set(held.map(\.name))).write(
      to: "\(path)/p.csv", classes: 2, noting: [:])

    let taughtRun = try run(data, "\(path)/two", options("\(path)/p.csv"))
    let split = taughtRun.trainer.split
    #expect(split.training == judged.split.training && split.validation == judged.split.validation)
    #expect(split.pseudo == [26, 27] && split.leftOut == 3)
    var start: TrainingEvent.Start?
    try taughtRun.train { if case .started(let one) = $0 { start = one } }
    let told = try #require(start)
    // Pseudo labels are neither counted as cases of a class nor validated on.
    #expect(told.trainingCounts.reduce(0, +) == split.training.count)
    #expect(told.validationCounts.reduce(0, +) == split.validation.count)
    #expect(
      told.notes == [
        "learning from 2 volumes with pseudo labels too; 3 left out, of patients that are validated on"
      ])
    #expect(told.steps == (split.training.count + 2) / 8)

    try PseudoLabels(
      Predictions(names: ["else"], labels: [nil], probabilities: [[0.5, 0.5]]), part: .test,
      heldOut: Set(held.map(\.name))
    ).write(to: "\(path)/q.csv", classes: 2, noting: [:])
    expectProblem("case \"else\" is not in the data") { try run(data, "\(path)/x", options("\(path)/q.csv")) }
  }
}
