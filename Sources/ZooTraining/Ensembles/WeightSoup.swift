import ZooCore
import ZooData
import ZooEngine
import ZooGraph
import ZooModels

/// One network with the mean of the weights of several, their batch norms' statistics taken anew on the training data.
///
/// It works where the weights lie near each other, as after fine-tuning from the same ones (Wortsman 2022).
struct WeightSoup {
  /// The network.
  let model: ModelFile
  /// What it predicts for the cases that none of the runs trained on.
  let predictions: Predictions

  /// Averages the weights of runs of one architecture that held back the same cases.
  ///
  /// A cross-validation is refused: each case was trained on by all of its runs but one, so that no case would be left to
  /// judge the mean by.
  init(of members: [EnsembleMember], data: any DataSource, registries: TrainingRegistries, threads: Int)
    throws
  {
    if let folds = members.first(where: \.isCrossValidation) {
      throw Problem(
        "a soup of folds has no honest figure", at: folds.path,
        found: "every case was trained on by all folds but one",
        next: "average runs of the same fold: \(folds.path)/fold1 OTHER/fold1")
    }
    let runs = members.flatMap(\.runs)
    let models = try runs.map { try ModelFile.read($0.folder.modelPath, layers: registries.layers) }
    let (run, model) = (runs[0], models[0])
    for other in models where other.architecture.json != model.architecture.json {
      throw Problem(
        "weights of different architectures have no mean", at: other.place,
        expected: "\(model.architecture.name) as in \(model.place)",
        next: "average predictions: --method mean")
    }
    let weights = try Weights(for: model.graph)
    weights.becomeMean(of: models.map(\.weights))
    let dataset = try Dataset(
      reading: data, part: .train, format: SampleFormat(model.architecture),
      classes: model.architecture.classes,
      threads: threads)
    let held = Set(run.predictions.names)
    let training = dataset.cases.indices.filter { !held.contains(dataset.cases[$0].name) }
    var options = run.configuration.options
    options.threads = threads
    try WeightSoup.calibrate(weights, of: model.graph, on: dataset, training, options)
    let taught = models.compactMap(\.trainedOn)
    self.model = ModelFile(
      architecture: model.architecture, graph: model.graph, weights: weights,
      trainedOn: taught.count == models.count ? taught.dropFirst().reduce(taught[0]) { $0.union($1) } : nil)

    let judged = dataset.cases.indices.filter { held.contains(dataset.cases[$0].name) }
    let classifier = try Classifier(
      model.graph, weights: weights, batch: options.batch, precision: options.precision,
      kernels: options.kernels,
      threads: threads)
    let source = try BatchSource(
      dataset, indices: judged, batchSize: options.batch, classes: model.architecture.classes,
      order: .asGiven,
      seed: options.root)
    let logits = try classifier.logits(of: BatchLoader(source)).logits
    predictions = Predictions(
      names: judged.map { dataset.cases[$0].name }, labels: judged.map { dataset.cases[$0].label },
      probabilities: classifier.probabilities(of: logits))
  }

  /// The mean of the batch norms' statistics over all whole batches of the training cases, as they are.
  private static func calibrate(
    _ weights: Weights, of graph: Graph, on dataset: Dataset, _ training: [Int], _ options: TrainingOptions
  ) throws {
    let batch = min(options.batch, training.count)
    let plan = try Plan(
      graph,
      PlanOptions(
        mode: .training, batch: batch, threads: options.threads, precision: options.precision,
        kernels: options.kernels, memory: MachineMemory.available, end: graph.logits.tensor))
    let network = try Network(plan, weights: weights)
    let source = try BatchSource(
      dataset, indices: Array(training.prefix(training.count / batch * batch)), batchSize: batch,
      classes: max(2, graph.logits.count), order: .asGiven, seed: options.root)
    try network.calibrate(on: BatchLoader(source))
  }
}
