public import ZooKernels

/// What a plan is made for.
public struct PlanOptions: Hashable, Sendable {
  /// What will be run.
  public enum Mode: Hashable, Sendable {
    /// Forward with the batch's own statistics, and backward.
    case training
    /// Forward with running statistics, dropout off, memory for one sample a worker.
    case inference
  }

  /// What will be run.
  public var mode: Mode
  /// Samples in a full batch.
  public var batch: Int
  /// Workers, each on a thread of its own.
  public var threads: Int
  /// How tensors are kept between steps.
  public var precision: Precision
  /// Among which kernels those of convolutions are chosen.
  public var kernels: KernelChoice
  /// Bytes the network may take in all; to stay within, training computes some outputs twice. Nil for no limit.
  public var memory: Int?
  /// Whether the gradient of the input is wanted.
  public var inputGradient: Bool
  /// Whether one pass is all it will do: a plan for the inference of one sample then takes less memory and time.
  public var isForOneRun: Bool
  /// The tensor of the graph where the plan ends; nil for the graph's output.
  public var end: Int?

  /// Describes a plan.
  public init(
    mode: Mode, batch: Int, threads: Int, precision: Precision = .f32,
    kernels: KernelChoice = .auto, memory: Int? = nil, inputGradient: Bool = false, isForOneRun: Bool = false,
    end: Int? = nil
  ) {
    self.mode = mode
    self.batch = batch
    self.threads = threads
    self.precision = precision
    self.kernels = kernels
    self.memory = memory
    self.inputGradient = inputGradient
    self.isForOneRun = isForOneRun
    self.end = end
  }
}
