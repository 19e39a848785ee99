internal import CKernels
import ZooCore
import ZooGraph
import ZooVolume

/// Everything a plan turns into, at its place in one block of memory.
final class NetworkParts {
  let state: RunState
  let runners: [StepRunner]
  let norms: [NormState]
  /// By root storage.
  let statistics: [Int: Statistics]
  /// Norms whose tensor is complete after each forward stage.
  let foldsAfter: [[Int]]
  let slots: UnsafeMutablePointer<Float>
  let input: UnsafeMutableBufferPointer<Float>
  let output: UnsafeMutableBufferPointer<Float>
  let outputGradient: UnsafeMutableBufferPointer<Float>
  let inputGradient: UnsafeMutableBufferPointer<Float>
  let gradients: UnsafeMutableBufferPointer<Float>
  private let plan: Plan
  private let result: Region
  private let resultGradient: Region?

  /// Bytes the parts take: the same code run over no memory.
  static func bytes(plan: Plan, weights: Weights?) throws -> Int {
    guard let nowhere = UnsafeMutableRawPointer(bitPattern: 1 << 20) else { return 0 }
    var carver = Carver(base: nowhere)
    _ = NetworkParts(plan: plan, weights: weights, memory: &carver)
    return carver.used
  }

  init(plan: Plan, weights: Weights?, memory: inout Carver) {
    self.plan = plan
    let (program, options) = (plan.program, plan.options)
    let isTraining = options.mode == .training
    let batch = options.batch

    let placement = plan.placement
    let batchTensors = memory.take(placement.batch.bytes, of: UInt8.self)
    let workerTensors = memory.take(placement.worker.bytes * options.threads, of: UInt8.self)
    func region(_ id: Int, _ spots: [Int: Placement.Spot], again: [Int: Placement.Spot] = [:]) -> Region? {
      let (root, place) = program.root(of: id)
      guard let spot = spots[root] else { return nil }
      let storage = program.storages[root]
      func base(_ spot: Placement.Spot) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(
          spot.isWorkers
            ? workerTensors + placement.worker.buffers[spot.buffer].offset
            : batchTensors + placement.batch.buffers[spot.buffer].offset)
      }
      return Region(
        base: base(spot), again: again[root].map(base), sampleStride: spot.isWorkers ? 0 : storage.bytes,
        copyStride: spot.isWorkers ? placement.worker.bytes : 0
      )
      .advanced(by: place * storage.shape.voxels * storage.precision.bytes)
    }

    let inputCount = plan.graph.inputShape.count
    let outputCount = program.storages[program.output].shape.count
    func buffer(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
      // A plain tensor is read in whole vectors of 16.
      UnsafeMutableBufferPointer(start: memory.floats(count + 16), count: count)
    }
    input = buffer(batch * inputCount)
    output = buffer(batch * outputCount)
    outputGradient = buffer(isTraining ? batch * outputCount : 0)
    inputGradient = buffer(options.inputGradient ? batch * inputCount : 0)
    let parameterCount = plan.graph.parameters.map(\.count).reduce(0, +)
    gradients = UnsafeMutableBufferPointer(
      start: memory.floats(isTraining ? parameterCount : 0), count: isTraining ? parameterCount : 0)
    slots = memory.floats(plan.slotFloats)

    let state = RunState(
      kernels: zoo_kernels_select().pointee,
      scratch: (0..<options.threads).map { _ in Scratch(plan.scratch, memory: &memory) })
    self.state = state
    let batchScratch = BatchScratch(plan.batchScratch, memory: &memory)

    // Weights have memory of their own; when only counting, there are none and nobody looks.
    let slices = NetworkParts.slices(
      plan.graph, weights, values: slots, gradients: gradients.baseAddress ?? slots)

    var statistics: [Int: Statistics] = [:]
    if isTraining {
      for norm in program.norms {
        let root = program.root(of: norm.storage).storage
        guard statistics[root] == nil else { continue }
        let storage = program.storages[root]
        statistics[root] = Statistics(
          stored: storage.map.stored, voxels: storage.shape.voxels, batch: batch, memory: &memory)
      }
    }
    self.statistics = statistics
    let unused = Statistics(stored: 0, voxels: 1, batch: 0, memory: &memory)
    let norms = program.norms.map { norm in
      let places = program.places(of: norm.storage)
      return NormState(
        norm, map: program.storages[norm.storage].map, places: places.range,
        statistics: statistics[places.root] ?? unused, slices: slices, memory: &memory)
    }
    self.norms = norms

    // Where a turn begins, the weights of the one before have been used.
    let packedWeights = memory.take(plan.packingTurns.bytes, of: UInt8.self)
    let firstSteps = Set(plan.packingTurns.steps.compactMap(\.first))
    var packed = Carver(base: packedWeights)

    let plainInput = Region(
      base: UnsafeMutableRawPointer(input.baseAddress ?? slots), sampleStride: inputCount * 4, copyStride: 0)
    let normed = program.norms.map { program.places(of: $0.storage) }
    var runners: [StepRunner] = []
    for (index, step) in program.steps.enumerated() {
      if firstSteps.contains(index) { packed = Carver(base: packedWeights) }
      let sources = step.inputs.enumerated().map { number, view in
        let storage = program.storages[view.storage]
        let values =
          storage.isPlain
          ? plainInput : region(view.storage, placement.values, again: placement.again)
        let gradient = plan.gradientFlow[index, number].flatMap { entry in
          region(view.storage, placement.gradients).map {
            Source.Gradient(region: $0, accumulates: entry.accumulates, clears: entry.clears)
          }
        }
        return Source(
          view, storage: storage, values: values ?? plainInput, gradient: isTraining ? gradient : nil,
          norms: norms,
          state: state, batch: batch, keepsSums: isTraining && program.learns(through: view), memory: &memory)
      }
      let places = program.places(of: step.output)
      let isNormed = normed.contains { $0.overlaps(places) }
      let target = Target(
        storage: program.storages[step.output], places: places.range,
        values: region(step.output, placement.values, again: placement.again) ?? plainInput,
        gradient: region(step.output, placement.gradients),
        statistics: isNormed ? statistics[places.root] : nil,
        state: state)
      runners.append(
        NetworkParts.runner(
          index, plan, sources, target, state, slices, input: input, inputGradient: inputGradient,
          batch: batchScratch, packed: &packed, memory: &memory))
      precondition(packed.used <= plan.packingTurns.bytes, "more packed weights than there is room for")
    }
    self.runners = runners
    result = region(program.output, placement.values) ?? plainInput
    resultGradient = region(program.output, placement.gradients)
    foldsAfter = NetworkParts.folds(program, plan.schedule, normed)
  }

  /// Writes constants, once the memory is there.
  func prepare() {
    for runner in runners { for source in runner.inputs { source.prepare() } }
  }

  /// The result of one sample, plain, to `output`.
  func copyResult(_ turn: Turn) {
    guard let base = output.baseAddress else { return }
    let storage = plan.program.storages[plan.program.output]
    storage.map.places.withUnsafeBufferPointer {
      state.kernels.to_plain(
        result.at(turn).assumingMemoryBound(to: Float.self), base + turn.sample * storage.shape.count,
        Int64(storage.map.channels),
        Int64(storage.shape.voxels), $0.baseAddress)
    }
  }

  /// `outputGradient` into blocks, as the gradient of the result.
  func seedGradient(samples: Int) {
    guard let resultGradient, let base = outputGradient.baseAddress else { return }
    let storage = plan.program.storages[plan.program.output]
    for sample in 0..<samples {
      storage.map.places.withUnsafeBufferPointer {
        state.kernels.to_blocks(
          base + sample * storage.shape.count,
          resultGradient.at(Turn(sample: sample, worker: 0, copy: 0)).assumingMemoryBound(to: Float.self),
          Int64(storage.map.channels), Int64(storage.map.blocks), Int64(storage.shape.voxels), $0.baseAddress)
      }
    }
  }

  private static func slices(
    _ graph: Graph, _ weights: Weights?, values: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>
  ) -> [ParameterSlice] {
    var start = 0
    let values = weights?.values.baseAddress ?? values
    return graph.parameters.map { parameter in
      defer { start += parameter.count }
      return ParameterSlice(values: values + start, gradient: gradients + start, count: parameter.count)
    }
  }

  /// After which forward stage each norm's tensor is complete.
  private static func folds(_ program: Program, _ schedule: Schedule, _ normed: [Places]) -> [[Int]] {
    schedule.forward.map { stage in
      let made = stage.map { program.places(of: program.steps[$0].output) }
      return normed.indices.filter { norm in made.contains { $0.overlaps(normed[norm]) } }
    }
  }
}
