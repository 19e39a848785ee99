public import ZooCore
public import ZooData
public import ZooEngine
public import ZooKernels

/// Everything that decides the result of a training besides the data and the architecture; saved with every run.
///
/// `threads` and `memory` are in it for the record: they change the time only.
public struct TrainingOptions: Hashable, Sendable {
  /// Passes over the training cases, at most.
  public var epochs = 30
  /// Samples a step. The cases that are left over after the last whole batch of an epoch wait for the next; with fewer
  /// cases than this, all of them are the batch.
  public var batch = 32
  /// Whether every batch holds each class as often as the others, rare ones drawn again.
  public var balanced = false
  /// Steps an epoch has; nil for as many as the training cases fill.
  public var steps: Int?
  /// Name of the optimizer.
  public var optimizer = "adam"
  /// Options of the optimizer besides those below, an object: `{"beta1": 0.9}`.
  public var optimizerOptions = JSONValue.object([:])
  /// Base learning rate.
  public var learningRate = 1e-3
  /// Name of the schedule.
  public var schedule = "cosine"
  /// Options of the schedule besides the warm-up, an object.
  public var scheduleOptions = JSONValue.object([:])
  /// Epochs over which the rate rises linearly, parts of one allowed.
  public var warmupEpochs = 0.0
  /// Name of the loss; nil for the one that fits the network's output: softmax or binary cross-entropy.
  public var loss: String?
  /// The share of every target that is spread over all classes.
  public var labelSmoothing = 0.0
  /// How much each class counts.
  public var classWeights = ClassWeights.equal
  /// L2 factor on kernels, l2·Σw² beside the loss; nil for the architecture's.
  public var l2: Double?
  /// Decoupled weight decay of `adamw`; nil for its default.
  public var weightDecay: Double?
  /// The weights to start from; nil for drawn ones.
  public var initial: InitialWeights?
  /// What happens to gradients before the optimizer gets them.
  public var update = UpdateOptions()
  /// Which averages of weights are taken.
  public var averaging = AveragingOptions()
  /// Pseudo labels to learn from too.
  public var pseudo: PseudoOptions?
  /// The augmentation: the name of a preset, or its list of steps.
  public var augmentation: JSONValue = []
  /// The root of all chance: the split, initial weights, order, augmentation and dropout.
  public var seed = 0
  /// The root of the split alone, so that trainings of other seeds share it; nil for `seed`.
  public var splitSeed: Int?
  /// How tensors are kept between the network's steps.
  public var precision = Precision.f32
  /// Among which kernels those of convolutions are chosen; they round differently.
  public var kernels = KernelChoice.auto
  /// Bytes the training network may take; nil for no limit. It changes the time only.
  public var memory: Int?
  /// Threads to work on.
  public var threads = 1
  /// Epochs without a better one after which training stops; nil never.
  public var patience: Int?
  /// The validation AUC after which training stops, at the end of the first epoch that reaches it; nil for none.
  public var targetAUC: Double?
  /// The share of the cases held back for validation, where there is no fold; nil for the split that the data set comes
  /// with, or a fifth where it has none.
  public var validationShare: Double?
  /// The fold held back for validation.
  public var fold: Fold?
  /// The fold held back of the cases that are left to train on, those of `fold` left out altogether; nil for none.
  public var innerFold: Fold?
  /// Whether nearly the same volume may be on both sides of the split.
  public var allowDuplicates = false
  /// Batches of training data over which the batch norms' statistics are taken before each validation; with 0 they
  /// follow the training steps with the layers' momentum.
  public var calibrationBatches = 10

  /// The defaults.
  public init() {}

  /// Whether the cases that judge a training have a say in which epoch it delivers.
  public var isChosenByJudges: Bool {
    epochs > 1 && (averaging.epochs?.kind != .last || canStopEarly)
  }

  /// Whether it may end before its last epoch.
  public var canStopEarly: Bool { patience != nil || targetAUC != nil }

  /// The seed as a root.
  public var root: Seed { Seed(UInt64(bitPattern: Int64(seed))) }

  /// Which cases teach and which judge: the fold, the share, the data set's own split, or four fifths and one; with an inner
  /// fold those that teach are split once more.
  public func split(of dataset: Dataset) throws -> Split {
    let outer = try outerSplit(of: dataset)
    return try innerFold.map { try outer.inner($0, of: dataset, seed: splitRoot) } ?? outer
  }

  private var splitRoot: Seed { splitSeed.map { Seed(UInt64(bitPattern: Int64($0))) } ?? root }

  private func outerSplit(of dataset: Dataset) throws -> Split {
    let root = splitRoot
    if let fold { return try Split(dataset, fold: fold, seed: root) }
    if validationShare == nil, let official = try Split(officialOf: dataset) { return official }
    return try Split(dataset, validationShare: validationShare ?? 0.2, seed: root)
  }
}
