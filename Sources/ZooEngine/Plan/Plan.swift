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
  let schedule: Schedule
  /// A kernel for each step that is a convolution.
  let kernels: [Int: ChosenConvolution]
  let packings: [Int: WeightPacking]
  /// Buffer of each root storage's values and gradients, in `liveness`.
  let valueBuffers: [Int: Int]
  let gradientBuffers: [Int: Int]
  /// Buffer of the values of root storages that are computed again for the backward pass.
  let againBuffers: [Int: Int]
  let liveness: Liveness
  /// Where the gradients of each step's inputs go, in the order of the backward pass.
  let gradientFlow: GradientFlow
  let scratch: Scratch.Sizes

  /// Plans a graph; throws where a convolution is not possible.
  public init(_ graph: Graph, _ options: PlanOptions) throws {
    self.graph = graph
    self.options = options
    let isTraining = options.mode == .training
    let program = Lowering.program(
      for: graph, endingAt: options.end ?? graph.output, inputGradient: options.inputGradient,
      precision: options.precision)
    self.program = program
    let engine = try OneDNNEngine()
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
        weightGradient: isTraining, bf16: options.precision == .bf16,
        workers: options.threads, engine: engine, path: step.path)
    }
    self.kernels = kernels
    self.packings = packings
    let slotCounts = program.steps.indices.map { index in
      program.slotCount(index, graph: graph, kernel: kernels[index], packing: packings[index])
    }
    schedule =
      isTraining ? Schedule(training: program, slotCounts: slotCounts) : Schedule(inference: program)
    gradientFlow = GradientFlow(program, schedule)
    var liveness = Liveness()
    var values: [Int: Int] = [:]
    var gradients: [Int: Int] = [:]
    Plan.trace(program, schedule, options, &liveness, &values, &gradients)
    liveness.place()
    self.liveness = liveness
    valueBuffers = values
    gradientBuffers = gradients
    againBuffers = [:]
    scratch = Plan.scratchSizes(program, kernels, packings, slotCounts)
  }

  /// The implementations chosen for the convolutions, by layer path.
  public var convolutionNames: [(path: String, name: String)] {
    program.steps.enumerated().compactMap { index, step in kernels[index].map { (step.path, $0.name) } }
  }

  /// Bytes of all stored tensors and their gradients.
  var tensorBytes: Int { options.mode == .training ? liveness.bytes : liveness.bytes * options.threads }

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

  /// Follows all steps in the order they run and says when each buffer is used.
  private static func trace(
    _ program: Program, _ schedule: Schedule, _ options: PlanOptions, _ liveness: inout Liveness,
    _ values: inout [Int: Int], _ gradients: inout [Int: Int]
  ) {
    // In inference each worker has a block of its own: workers stand at different steps at the same time.
    let copies = options.mode == .training ? options.batch : 1
    func use(_ storage: Int, _ buffers: inout [Int: Int], _ stage: Int) {
      let root = program.root(of: storage).storage
      let bytes = copies * program.storages[root].bytes
      let buffer = buffers[root] ?? liveness.add(bytes: bytes)
      buffers[root] = buffer
      liveness.use(buffer, at: stage)
    }
    var time = 0
    for stage in schedule.forward {
      for index in stage {
        // Without a batch to wait for, each step is a stage of its own as far as memory goes.
        let step = program.steps[index]
        for view in step.inputs where !program.storages[view.storage].isPlain {
          use(view.storage, &values, time)
        }
        use(step.output, &values, time)
        if options.mode == .inference { time += 1 }
      }
      time += 1
    }
    use(program.output, &values, time)
    guard options.mode == .training else { return }
    if program.storages[program.output].needsGradient { use(program.output, &gradients, time) }
    for stage in schedule.backward {
      for index in stage.steps {
        let step = program.steps[index]
        for view in step.inputs {
          if !program.storages[view.storage].isPlain { use(view.storage, &values, time) }
          if program.storages[view.storage].needsGradient { use(view.storage, &gradients, time) }
        }
        use(step.output, &values, time)
        use(step.output, &gradients, time)
      }
      time += 1
    }
  }

  private static func scratchSizes(
    _ program: Program, _ kernels: [Int: ChosenConvolution], _ packings: [Int: WeightPacking],
    _ slotCounts: [Int]
  ) -> Scratch.Sizes {
    var sizes = Scratch.Sizes()
    for (index, step) in program.steps.enumerated() {
      let touched = step.inputs.map(\.storage) + [step.output]
      for storage in touched.map({ program.storages[$0] }) {
        sizes.tensor = max(sizes.tensor, storage.count)
        if storage.precision != .f32 { sizes.output = max(sizes.output, storage.count) }
        sizes.blocks = max(sizes.blocks, storage.map.blocks)
      }
      if let packing = packings[index], !packing.isDirect {
        sizes.weights = max(sizes.weights, packing.storedCount)
      }
      if let kernel = kernels[index] {
        sizes.gradient = max(sizes.gradient, slotCounts[index])
        sizes.bytes = max(sizes.bytes, kernel.scratchBytes)
      }
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
      return packing.slotCount(of: kernel, hasBias: hasBias)
    case .custom: return step.parameters.map { graph.parameters[$0].count }.reduce(0, +)
    default: return 0
    }
  }
}
