/// Measures the kernels that can compute a convolution against each other: on the calling thread alone, over a few samples
/// between two batch norms.
public struct KernelBench {
  private let engine: OneDNNEngine
  private let bf16: Bool
  private let rounds: Int

  /// Measures in so many rounds at least, after one that warms up, and in more where that takes no fifth of a second; `bf16` is how
  /// tensors are kept and, where a kernel can, multiplied.
  public init(bf16: Bool, rounds: Int) throws {
    engine = try OneDNNEngine()
    self.bf16 = bf16
    self.rounds = rounds
  }

  /// The median of the rounds, for each kernel that fits; every round has a turn of each.
  public func measure(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool
  ) throws -> [KernelTiming] {
    let samples = try BenchSamples(shape, bf16: bf16)
    let entries = try KernelKind.allCases.compactMap { kind in
      try kind.make(
        shape, samples: samples.count, dataGradient: dataGradient, weightGradient: weightGradient,
        bf16: bf16, engine: engine
      ).map { try Entry(kind, $0, samples) }
    }
    let clock = ContinuousClock()
    let start = clock.now
    var round = 0
    while round <= rounds || clock.now - start < .milliseconds(200) {
      for entry in entries {
        try entry.run(samples.count, backward: weightGradient, isTimed: round > 0)
      }
      round += 1
    }
    return entries.map(\.timing)
  }

  /// A kernel and its times so far.
  private final class Entry {
    private let kind: KernelKind
    private let name: String
    private let trial: any KernelTrial
    private let clock = ContinuousClock()
    private var forward: [Double] = []
    private var backward: [Double] = []
    private var packing: [Double] = []

    init(_ kind: KernelKind, _ kernel: ChosenConvolution, _ samples: BenchSamples) throws {
      self.kind = kind
      name = kernel.name
      switch kernel {
      case .plain(let kernel): trial = try PlainTrial(kernel, samples)
      case .fused(let kernel): trial = try FusedTrial(kernel, samples)
      case .batch(let kernel): trial = try BatchTrial(kernel, samples)
      }
    }

    func run(_ samples: Int, backward hasBackward: Bool, isTimed: Bool) throws {
      let packing = try clock.measure { try trial.pack() }
      let forward = try clock.measure { try trial.forward() }
      let backward = try clock.measure { if hasBackward { try trial.backward() } }
      guard isTimed else { return }
      self.packing.append(packing / .seconds(1))
      self.forward.append(forward / .seconds(samples))
      if hasBackward { self.backward.append(backward / .seconds(samples)) }
    }

    var timing: KernelTiming {
      func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
      return KernelTiming(
        kind: kind, name: name, forward: median(forward),
        backward: backward.isEmpty ? nil : median(backward), packing: median(packing))
    }
  }
}
