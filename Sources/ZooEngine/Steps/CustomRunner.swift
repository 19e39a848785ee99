import ZooGraph
import ZooVolume

/// Somebody else's operation: plain copies of its inputs around each call.
final class CustomRunner: StepRunner {
  private let operation: any CustomOperation
  private let shapes: [Shape]
  private let parameters: [ParameterSlice]
  private let parameterPointers: [UnsafePointer<Float>]
  /// For each worker.
  private let buffers: [Buffers]

  private final class Buffers {
    let inputs: [UnsafeMutablePointer<Float>]
    let readOnly: [UnsafePointer<Float>]
    let gradients: [UnsafeMutablePointer<Float>]
    let output: UnsafeMutablePointer<Float>
    /// Where the parameters' gradients of a call go; an array that is made once.
    var slots: [UnsafeMutablePointer<Float>]

    init(
      inputs: [UnsafeMutablePointer<Float>], gradients: [UnsafeMutablePointer<Float>],
      output: UnsafeMutablePointer<Float>, slots: [UnsafeMutablePointer<Float>]
    ) {
      (self.inputs, self.gradients, self.output, self.slots) = (inputs, gradients, output, slots)
      readOnly = inputs.map { UnsafePointer($0) }
    }
  }

  init(
    path: String, inputs: [Source], target: Target, state: RunState, operation: any CustomOperation,
    shapes: [Shape],
    outputCount: Int, parameters: [ParameterSlice], workers: Int, memory: inout Carver
  ) {
    self.operation = operation
    self.shapes = shapes
    self.parameters = parameters
    parameterPointers = parameters.map { UnsafePointer($0.values) }
    var buffers: [Buffers] = []
    for _ in 0..<workers {
      buffers.append(
        Buffers(
          inputs: shapes.map { memory.floats($0.count) }, gradients: shapes.map { memory.floats($0.count) },
          output: memory.floats(outputCount), slots: parameters.map(\.gradient)))
    }
    self.buffers = buffers
    super.init(path: path, inputs: inputs, target: target, state: state)
  }

  private func gather(_ turn: Turn) -> Buffers {
    let own = buffers[turn.worker]
    for (index, source) in inputs.enumerated() {
      let x = source.read(turn, into: state.scratch[turn.worker].input)
      if source.isPlain {
        own.inputs[index].update(from: x, count: shapes[index].count)
      } else {
        _ = unblocked(x, source.map, into: own.inputs[index], voxels: source.voxels)
      }
    }
    return own
  }

  override func forward(_ turn: Turn) {
    let own = gather(turn)
    operation.forward(inputs: own.readOnly, shapes: shapes, parameters: parameterPointers, output: own.output)
    blocked(own.output, target.map, into: target.output(turn))
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let own = gather(turn)
    let dy = target.finishedGradient(turn)
    let plain = unblocked(dy, target.map, into: own.output)
    var at = slot
    for (index, parameter) in parameters.enumerated() {
      own.slots[index] = at
      at += parameter.count
    }
    if isFirst { slot.update(repeating: 0, count: at - slot) }
    operation.backward(
      inputs: own.readOnly, shapes: shapes, parameters: parameterPointers, outputGradient: plain,
      inputGradients: own.gradients, parameterGradients: own.slots)
    for (index, source) in inputs.enumerated() where source.learns {
      let scratch = state.scratch[turn.worker].inputGradient
      blocked(own.gradients[index], source.map, into: scratch, voxels: source.voxels)
      source.backward(scratch, turn)
    }
  }

  override func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) {
    var at = slot
    for parameter in parameters {
      parameter.gradient.update(from: at, count: parameter.count)
      at += parameter.count
    }
  }
}
