public import ZooCore

/// Which cases make which batches: a pure function of the settings, the epoch and the number of the batch.
public struct BatchSource: Sendable {
  /// What becomes of the cases that do not fill a batch, and of the order.
  public enum Order: Hashable, Sendable {
    /// Shuffled anew each epoch, whole batches only: for training.
    case shuffled
    /// Every class as often as the others in each batch, rare ones drawn again: for training.
    case balanced
    /// As given, the last batch may be smaller: for validation.
    case asGiven
  }

  /// Where the samples come from.
  public let dataset: Dataset
  /// The cases, as positions in the data set.
  public let indices: [Int]
  /// Samples a batch.
  public let batchSize: Int
  /// K, the classes that a target is about.
  public let classes: Int
  /// What is done to the samples.
  public let augmentation: Augmentation
  /// How every sample is turned, the same for all.
  public let view: CubeSymmetry
  /// How the cases follow each other.
  public let order: Order
  /// Batches an epoch has, where that is not as many as the cases fill.
  public let steps: Int?
  /// The root of order and augmentation.
  public let seed: Seed
  /// The classes' turns, where they are balanced.
  private let balance: ClassBalance?

  /// Plans batches; `steps` is for training only. Problems: no cases, fewer cases than a batch where only whole batches count, a label outside the
  /// classes, an augmentation that shifts further than the data set's margin.
  public init(
    _ dataset: Dataset, indices: [Int], batchSize: Int, classes: Int, augmentation: Augmentation = .none,
    view: CubeSymmetry = .identity, order: Order, steps: Int? = nil, seed: Seed
  ) throws {
    precondition(batchSize > 0 && classes > 1, "a batch has samples, a target classes")
    precondition(view.preserves(dataset.format.size), "a turned sample keeps its shape")
    precondition(steps == nil || order != .asGiven, "cases that are taken as given are taken once")
    let least = order == .asGiven ? 1 : batchSize
    guard indices.count >= least else {
      throw Problem(
        "too few cases for a batch", at: dataset.place, expected: "\(least) at least",
        found: "\(indices.count)", next: "choose a smaller batch or add cases")
    }
    for index in indices {
      if let label = dataset.cases[index].label, !(0..<classes).contains(label) {
        throw Problem(
          "wrong label of case \"\(dataset.cases[index].name)\"", at: dataset.place,
          expected: "a class from 0 to \(classes - 1)", found: "\(label)")
      }
    }
    let margin = augmentation.margin(of: dataset.format.size)
    guard margin <= dataset.format.margin else {
      throw Problem(
        "augmentation reads too far out of the crop", at: dataset.place,
        expected: "at most \(dataset.format.margin) voxels", found: "\(margin)",
        next: "read the data set with a larger margin")
    }
    self.dataset = dataset
    self.indices = indices
    self.batchSize = batchSize
    self.classes = classes
    self.augmentation = augmentation
    self.view = view
    self.order = order
    self.steps = steps
    self.seed = seed
    balance =
      order == .balanced
      ? ClassBalance(
        indices, classes: try indices.map(dataset.likeliestClass), batchSize: batchSize,
        seed: seed.child("balance"))
      : nil
  }

  /// Batches an epoch has.
  public var batchCount: Int {
    steps ?? (order == .asGiven ? indices.count + batchSize - 1 : indices.count) / batchSize
  }

  /// The cases of an epoch in their order.
  ///
  /// Balanced classes, and cases in epochs of so many steps, are drawn in cycles that go on from epoch to epoch.
  public func cases(epoch: Int) -> [Int] {
    let batches = epoch * batchCount..<(epoch + 1) * batchCount
    if let balance { return balance.cases(ofBatches: batches) }
    guard order != .asGiven else { return indices }
    if steps != nil {
      let cycles = ShuffledCycles(cases: indices, seed: seed.child("cycles"))
      return cycles.draws(batches.lowerBound * batchSize..<batches.upperBound * batchSize)
    }
    var draws = seed.child("order").child(epoch).stream()
    return draws.shuffled(indices)
  }

  /// An empty batch of the right size.
  public func makeBatch() throws -> Batch {
    try Batch(capacity: batchSize, shape: dataset.format.shape, classes: classes)
  }
}
