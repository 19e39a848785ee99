import ZooCore
public import ZooGraph
import ZooKernels
import ZooVolume

/// A program made ready for a batch, a mode and a number of workers: kernels chosen, stages fixed, every buffer placed.
///
/// Only the kernels' own small tables are allocated here; `memory` says what a run takes.
public final class Plan {
  /// The network as a graph.
  public let graph: Graph
  /// What the plan is for.
  public let options: PlanOptions
  let program: Program
  private(set) var schedule: Schedule
  /// A kernel for each step that is a convolution.
  let kernels: [Int: ChosenConvolution]
  let packings: [Int: WeightPacking]
  let packingTurns: PackingTurns
  private(set) var placement: Placement
  /// Where the gradients of each step's inputs go, in the order of the backward pass.
  let gradientFlow: GradientFlow
  let scratch: Scratch.Sizes
  let batchScratch: BatchScratch.Sizes

  /// Plans a graph; throws where a convolution is not possible.
  public init(_ graph: Graph, _ options: PlanOptions) throws {
    self.graph = graph
    self.options = options
    let isTraining = options.mode == .training
    let program = Lowering.program(
      for: graph, endingAt: options.end ?? graph.output, inputGradient: options.inputGradient,
      precision: options.precision)
    self.program = program
    // Started when a convolution wants it: it takes a while.
    var started: OneDNNEngine?
    func engine() throws -> OneDNNEngine {
      let engine = try started ?? OneDNNEngine()
      started = engine
      return engine
    }
    var kernels: [Int: ChosenConvolution] = [:]
    var packings: [Int: WeightPacking] = [:]
    for (index, step) in program.steps.enumerated() {
      guard case .convolution(let window, let groups, let hasBias) = step.kind else { continue }
      let input = program.storages[step.inputs[0].storage]
      let output = program.storages[step.output]
      let packing = WeightPacking(input: input.map, output: output.map, groups: groups, taps: window.taps)
      let shape = ConvolutionShape(window, packing: packing, hasBias: hasBias, input: input, output: output)
      packings[index] = packing
      kernels[index] = try ConvolutionKernels.choose(
        shape, dataGradient: isTraining && program.learns(through: step.inputs[0]),
        weightGradient: isTraining, bf16: options.precision == .bf16, kernels: options.kernels,
        // Dropout masks one sample as a whole.
        samples: step.inputs[0].dropout == nil ? options.batch : nil,
        workers: options.threads, engine: engine(), path: step.path)
    }
    self.kernels = kernels
    self.packings = packings
    let slotCounts = program.steps.indices.map { index in
      program.slotCount(index, graph: graph, kernel: kernels[index], packing: packings[index])
    }
    let batched = Set(kernels.filter { if case .batch = $0.value { true } else { false } }.keys)
    let schedule =
      isTraining
      ? Schedule(training: program, slotCounts: slotCounts, batched: batched)
      : Schedule(inference: program, batched: batched)
    self.schedule = schedule
    packingTurns =
      !isTraining && options.batch == 1 && options.isForOneRun
      ? PackingTurns(of: schedule.forward, kernels: kernels, workers: options.threads)
      : PackingTurns(keeping: program.steps.indices, kernels: kernels)
    gradientFlow = GradientFlow(program, schedule)
    placement = Placement(program, schedule, options)
    scratch = Scratch.Sizes(
      program, kernels, packings, slotCounts: slotCounts, isTraining: isTraining)
    batchScratch = Plan.batchScratchSizes(program, kernels)
    try fit()
  }

  /// Computes outputs again for the backward pass instead of keeping them, the cheapest for the memory they free first: what
  /// costs next to nothing, then more until the plan fits its limit. Results do not depend on it.
  private func fit() throws {
    let full = try Network.forecast(self).total
    let others = full - tensorBytes
    var left = options.mode == .training ? program.repeatable(kernels: kernels) : []
    while let next = left.first, share(of: schedule.repeats.union([next])) <= Plan.trifle {
      schedule.repeats.insert(left.removeFirst())
    }
    schedule.placeRepeats(program)
    placement = Placement(program, schedule, options)
    guard let limit = options.memory else { return }
    while others + tensorBytes > limit {
      guard !left.isEmpty else {
        throw Problem(
          "the network does not fit the memory", at: "batch of \(options.batch)",
          expected: "\((others + tensorBytes).asMegabytes) at least",
          found: "\(limit / 1_000_000) MB",
          next: "use a smaller batch, a smaller input or more memory (--memory)")
      }
      schedule.repeats.insert(left.removeFirst())
      schedule.placeRepeats(program)
      placement = Placement(program, schedule, options)
    }
  }

  /// Multiply-adds that computing outputs again adds to those of a step, as a share; 0 where all are kept.
  public var repeatedShare: Double { share(of: schedule.repeats) }

  /// Whether more is computed again than always is, to stay within the memory.
  public var repeatsForMemory: Bool { repeatedShare > Plan.trifle }

  /// The share that is always given for memory: a convolution of the reference DenseNet, and an eighth of all its memory.
  private static let trifle = 0.005

  private func share(of repeats: Set<Int>) -> Double {
    func forward(_ steps: some Sequence<Int>) -> Int {
      steps.map { multiplyAdds(of: program.steps[$0], .forward) }.reduce(0, +)
    }
    let backward = program.steps.map { multiplyAdds(of: $0, .backward) }.reduce(0, +)
    return Double(forward(repeats)) / Double(max(1, forward(program.steps.indices) + backward))
  }

  /// The implementations chosen for the convolutions, by layer path.
  public var convolutionNames: [(path: String, name: String)] {
    program.steps.enumerated().compactMap { index, step in kernels[index].map { (step.path, $0.name) } }
  }

  /// Bytes of all stored tensors and their gradients.
  var tensorBytes: Int {
    placement.batch.bytes + placement.worker.bytes * options.threads
  }

  /// Whether packed weights stay until the weights change.
  var keepsPackedWeights: Bool { packingTurns.steps.count == 1 }

  /// Copies of what is kept for one sample: one a sample in training, one a worker in inference.
  var copies: Int { options.mode == .training ? options.batch : options.threads }

  /// Samples that a worker takes one after the other into the same slot: fewer slots where weights are large, the same for any
  /// number of workers.
  func units(of stage: Schedule.Stage, samples: Int) -> Int {
    guard stage.slotCount > 0 else { return samples }
    return min(samples, max(8, (16 << 20) / stage.slotCount))
  }

  /// Slots of weight gradients that the largest stage needs, in floats.
  var slotFloats: Int {
    schedule.backward.map { units(of: $0, samples: options.batch) * $0.slotCount }.max() ?? 0
  }
}

extension Plan {
  fileprivate static func batchScratchSizes(_ program: Program, _ kernels: [Int: ChosenConvolution])
    -> BatchScratch.Sizes
  {
    var sizes = BatchScratch.Sizes()
    for (index, kernel) in kernels {
      guard case .batch(let kernel) = kernel else { continue }
      sizes.inputBytes = max(sizes.inputBytes, kernel.inputBytes)
      sizes.outputBytes = max(sizes.outputBytes, kernel.gradientBytes > 0 ? kernel.outputBytes : 0)
      sizes.samples = max(sizes.samples, kernel.samples)
      let output = program.storages[program.steps[index].output]
      sizes.blocks = max(sizes.blocks, kernel.samples * output.map.blocks)
    }
    return sizes
  }
}

extension Program {
  /// Floats of one slot of a step's weight gradients.
  func slotCount(_ index: Int, graph: Graph, kernel: ChosenConvolution?, packing: WeightPacking?) -> Int {
    let step = steps[index]
    switch step.kind {
    case .convolution(_, _, let hasBias):
      guard let kernel, let packing else { return 0 }
      // Takes all samples at once and needs no slots.
      if case .batch = kernel { return 0 }
      return packing.slotCount(of: kernel, hasBias: hasBias)
    case .custom: return step.parameters.map { graph.parameters[$0].count }.reduce(0, +)
    default: return 0
    }
  }
}
