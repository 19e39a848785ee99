internal import CKernels
import ZooKernels

/// A convolution by a kernel that reads and writes whole f32 tensors.
final class PlainConvolutionRunner: ConvolutionRunner {
  private let kernel: any ConvolutionKernel

  init(
    path: String, input: Source, target: Target, state: RunState, kernel: any ConvolutionKernel,
    packing: WeightPacking, weight: ParameterSlice, bias: ParameterSlice?, packed: inout Carver,
    memory: inout Carver
  ) {
    self.kernel = kernel
    super.init(
      path: path, input: input, target: target, state: state, kernel: .plain(kernel), packing: packing,
      weight: weight, bias: bias, packed: &packed, memory: &memory)
  }

  override func pack(stored: UnsafePointer<Float>, worker: Int) throws {
    try kernel.packForward(stored, into: packedForward.assumingMemoryBound(to: Float.self), worker: worker)
    if let packedData {
      try kernel.packData(stored, into: packedData.assumingMemoryBound(to: Float.self), worker: worker)
    }
  }

  override func unpack(
    _ gradient: UnsafePointer<Float>, into stored: UnsafeMutablePointer<Float>, worker: Int
  ) throws { try kernel.unpackGradient(gradient, into: stored, worker: worker) }

  override func forward(_ turn: Turn) throws {
    let scratch = state.scratch[turn.worker]
    let x = inputs[0].read(turn, into: scratch.input)
    try kernel.forward(
      x, weights: packedForward.assumingMemoryBound(to: Float.self),
      bias: storedBias.map { UnsafePointer($0) }, output: target.output(turn), scratch: scratch.kernel,
      worker: turn.worker)
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) throws {
    let scratch = state.scratch[turn.worker]
    let source = inputs[0]
    let dy = target.finishedGradient(turn)
    let x = source.read(turn, into: scratch.input)
    let own = isFirst ? slot : scratch.gradient
    try kernel.backwardWeights(
      x, outputGradient: dy, gradient: own, biasGradient: bias.map { _ in own + biasStart },
      scratch: scratch.kernel, worker: turn.worker)
    if !isFirst {
      state.kernels.add(own, slot, Int64(biasStart + (bias == nil ? 0 : packing.output.stored)))
    }
    guard source.learns, let packedData else { return }
    let weights = UnsafePointer(packedData.assumingMemoryBound(to: Float.self))
    if source.takesGradientDirectly, let gradient = source.gradient {
      try kernel.backwardData(
        dy, weights: weights,
        inputGradient: gradient.region.at(turn).assumingMemoryBound(to: Float.self), scratch: scratch.kernel,
        worker: turn.worker)
    } else {
      try kernel.backwardData(
        dy, weights: weights, inputGradient: scratch.inputGradient, scratch: scratch.kernel,
        worker: turn.worker)
      source.backward(scratch.inputGradient, turn)
    }
  }
}
