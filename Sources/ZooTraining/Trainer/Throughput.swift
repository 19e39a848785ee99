public import ZooCore
public import ZooData
public import ZooEngine
public import ZooGraph
public import ZooKernels

/// How fast a network runs on this machine, and where the time goes: a full training step, or a batch of inference, on random
/// voxels.
public struct Throughput: Sendable {
  /// What is timed.
  public enum Task: String, Sendable {
    /// Forward, loss, backward, Adam.
    case training
    /// Forward with running statistics.
    case inference
  }

  /// What is timed.
  public let task: Task
  /// Samples in a batch.
  public let batch: Int
  /// How tensors are kept.
  public let precision: Precision
  /// Workers.
  public let threads: Int
  /// Seconds of each repetition, those that warm up left out.
  public let seconds: [Double]
  /// What each step of the network takes, measured in further repetitions.
  public let timings: [StepTiming]
  /// Mean seconds of those repetitions.
  public let timedSeconds: Double
  /// Of which making the samples, where they are augmented; a training does that while the step before runs.
  public let augmentationSeconds: Double
  /// Of which the optimizer.
  public let optimizerSeconds: Double
  /// Multiply-adds that computing layers twice, to save memory, adds to a step, as a share.
  public let repeatedShare: Double
  /// Copies of samples into another layout that a repetition made.
  public let reorders: Double
  /// Heap allocations that a repetition made; nil where nobody counted.
  public let allocations: Allocations?
  /// Bytes the network, and in training Adam's two moments, were forecast to take.
  public let forecast: Int
  /// What computes each convolution, by layer path.
  public let convolutions: [(path: String, name: String)]

  /// Calls of malloc and its relatives.
  public struct Allocations: Sendable {
    /// Those of everything else.
    public let own: Int
    /// Those of oneDNN, which keeps a table of arguments for each call.
    public let library: Int

    /// Counts.
    public init(own: Int, library: Int) {
      self.own = own
      self.library = library
    }
  }

  /// Median of samples a second.
  public var samplesPerSecond: Double {
    let sorted = seconds.sorted()
    return Double(batch) / sorted[sorted.count / 2]
  }

  /// Multiply-adds of a repetition, computed directly.
  public var multiplyAdds: Int { timings.map(\.multiplyAdds).reduce(0, +) }

  /// Times `repetitions` steps after two that warm up, then some with the clock of the steps on, and one under `counting`, which
  /// says how many allocations what it is given makes.
  ///
  /// With an augmentation and the format that it needs, steps get their batches as in a training; with the clock on, each
  /// batch is made before its step.
  public init(
    of graph: Graph, task: Task, augmentation: (steps: Augmentation, format: SampleFormat)? = nil, batch: Int,
    precision: Precision, kernels: KernelChoice = .auto,
    memory: Int? = nil, threads: Int, repetitions: Int, seed: Seed = Seed(0),
    counting: ((_ body: () throws -> Void) throws -> Allocations)? = nil
  ) throws {
    let bench = try StepBench(
      graph, task: task, batch: batch, precision: precision, kernels: kernels, memory: memory,
      threads: threads, seed: seed)
    let batches = try augmentation.map {
      try BenchBatches(
        $0.steps, format: $0.format, batch: batch, classes: max(2, graph.logits.count), threads: threads,
        steps: repetitions, seed: seed)
    }
    for _ in 0..<2 { _ = try bench.step() }
    let reorders = bench.network.reorders
    let seconds = try bench.seconds(of: repetitions, with: batches)
    self.reorders = Double(bench.network.reorders - reorders) / Double(repetitions)
    allocations = try counting.map { count in
      try count {
        batches?.fill()
        _ = try bench.step()
      }
    }
    bench.network.startTimings()
    let timed = try (0..<(repetitions + 1) / 2).map { _ in
      let filling = bench.clock.measure { batches?.fill() } / .seconds(1)
      return (filling: filling, step: try bench.step())
    }
    timings = bench.network.timings()
    let count = Double(timed.count)
    augmentationSeconds = batches == nil ? 0 : timed.map(\.filling).reduce(0, +) / count
    timedSeconds = augmentationSeconds + timed.map(\.step.all).reduce(0, +) / count
    optimizerSeconds = timed.map(\.step.optimizer).reduce(0, +) / count
    self.seconds = seconds
    self.task = task
    self.batch = batch
    self.precision = precision
    self.threads = threads
    let moments = task == .training ? 2 * 4 * graph.trainableCount : 0
    forecast = try Network.forecast(bench.network.plan).total + moments
    repeatedShare = bench.network.plan.repeatedShare
    convolutions = bench.network.plan.convolutionNames
  }
}
