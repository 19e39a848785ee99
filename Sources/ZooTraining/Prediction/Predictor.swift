import ZooCore
public import ZooData
public import ZooEngine
import ZooGraph
public import ZooKernels
public import ZooModels

/// Trained models that judge cases together: each sees its own crop, as it is or in several views, and their predictions are
/// blended.
public final class Predictor {
  /// The models, one at least.
  public let models: [ModelFile]
  private let blending: Blending
  private let precision: Precision
  private let kernels: KernelChoice
  private let threads: Int
  private let batch: Int
  private let views: TestTimeViews

  /// Puts models together, by the mean of their probabilities unless said otherwise; a `Problem` where there is none or
  /// they know different numbers of classes.
  public init(
    models: [ModelFile], blending: Blending? = nil, precision: Precision = .f32,
    kernels: KernelChoice = .auto, threads: Int, batch: Int = 32, views: TestTimeViews = .one
  ) throws {
    guard let first = models.first else {
      throw Problem("no model to predict with", next: "name one: --weights FILE or RUN")
    }
    for model in models where model.architecture.classes != first.architecture.classes {
      throw Problem(
        "models that know different numbers of classes cannot be averaged", at: model.place,
        expected: "\(first.architecture.classes) as in \(first.place)",
        found: "\(model.architecture.classes)")
    }
    self.models = models
    self.blending = blending ?? .equal(.mean, models.indices.map { .model($0) })
    self.precision = precision
    self.kernels = kernels
    self.threads = threads
    self.batch = batch
    self.views = views
  }

  /// The number of classes.
  public var classes: Int { models[0].architecture.classes }

  /// Predicts all cases of a part of a data set, in the order of its table; with their labels where `labelled`.
  ///
  /// `skippingMissing` leaves out cases without a file. Volumes are read once for each kind of crop. `progress` hears of
  /// every case a model is done with, out of all models and cases; what it throws ends the prediction.
  public func predictions(
    in source: any DataSource, part: DataPart, labelled: Bool, skippingMissing: Bool = false,
    progress: (_ done: Int, _ all: Int) throws -> Void = { _, _ in }
  ) throws -> Predictions {
    try predictions(progress: progress) { format in
      try Dataset(
        reading: source, part: part, format: format, classes: labelled ? classes : nil,
        skippingMissing: skippingMissing, threads: threads)
    }
  }

  /// Predicts the cases of the data sets that `read` gives for each kind of crop; all hold the same cases.
  public func predictions(
    progress: (_ done: Int, _ all: Int) throws -> Void = { _, _ in },
    reading read: (SampleFormat) throws -> Dataset
  ) throws -> Predictions {
    var all: [Predictions] = []
    var last: (format: SampleFormat, dataset: Dataset)?
    for (number, model) in models.enumerated() {
      let format = SampleFormat(model.architecture)
      let dataset = try last?.format == format ? (last?.dataset ?? read(format)) : read(format)
      last = (format, dataset)
      let cases = dataset.cases.count
      all.append(
        try predictions(of: model, for: dataset) { try progress(number * cases + $0, models.count * cases) })
    }
    return blending(all)
  }

  private func predictions(
    of model: ModelFile, for dataset: Dataset, progress: (_ done: Int) throws -> Void
  ) throws -> Predictions {
    let size = max(1, min(batch, dataset.cases.count))
    let symmetries = views.symmetries(of: dataset.format.size)
    let classifier = try Classifier(
      model.graph, weights: model.weights, batch: size, precision: precision, kernels: kernels,
      threads: threads, isForOneRun: dataset.cases.count * symmetries.count == 1)
    var sums = [[Double]](
      repeating: Array(repeating: 0, count: model.architecture.classes), count: dataset.cases.count)
    for (number, symmetry) in symmetries.enumerated() {
      let source = try BatchSource(
        dataset, indices: Array(dataset.cases.indices), batchSize: size, classes: model.architecture.classes,
        view: symmetry, order: .asGiven, seed: Seed(0))
      let (logits, _) = try classifier.logits(of: try BatchLoader(source)) { done in
        try progress((number * dataset.cases.count + done) / symmetries.count)
      }
      guard logits.allSatisfy(\.isFinite) else {
        throw Problem(
          "the model's output is not finite", at: model.place,
          next: "check the voxels' range, or train it again")
      }
      for (index, row) in classifier.probabilities(of: logits).enumerated() {
        for (k, probability) in row.enumerated() { sums[index][k] += probability / Double(symmetries.count) }
      }
    }
    return Predictions(
      names: dataset.cases.map(\.name), labels: dataset.cases.map(\.label),
      probabilities: model.calibration.map { sums.map($0.probabilities) } ?? sums)
  }
}
