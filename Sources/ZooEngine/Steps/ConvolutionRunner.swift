internal import CKernels
import ZooKernels

/// A convolution: weights packed once a step, one slot of weight gradients for each unit of samples.
final class ConvolutionRunner: StepRunner {
  private let kernel: any ConvolutionKernel
  private let packing: WeightPacking
  private let weight: ParameterSlice
  private let bias: ParameterSlice?
  private let packedForward: UnsafeMutablePointer<Float>
  private let packedData: UnsafeMutablePointer<Float>?
  private let storedBias: UnsafeMutablePointer<Float>?

  init(
    path: String, input: Source, target: Target, state: RunState, kernel: any ConvolutionKernel,
    packing: WeightPacking, weight: ParameterSlice, bias: ParameterSlice?, memory: inout Carver
  ) {
    self.kernel = kernel
    self.packing = packing
    self.weight = weight
    self.bias = bias
    packedForward = memory.floats(kernel.forwardBytes / 4)
    packedData = kernel.dataBytes > 0 ? memory.floats(kernel.dataBytes / 4) : nil
    storedBias = bias.map { _ in memory.floats(packing.output.stored) }
    super.init(path: path, inputs: [input], target: target, state: state)
  }

  override func pack(worker: Int) throws {
    var plain = UnsafePointer(weight.values)
    if !packing.isDirect {
      let scratch = state.scratch[worker].weights
      packing.spread(weight.values, into: scratch)
      plain = UnsafePointer(scratch)
    }
    try kernel.packForward(plain, into: packedForward, worker: worker)
    if let packedData { try kernel.packData(plain, into: packedData, worker: worker) }
    if let bias, let storedBias {
      for (channel, place) in packing.output.places.enumerated() {
        storedBias[Int(place)] = bias.values[channel]
      }
    }
  }

  override func forward(sample: Int, worker: Int) throws {
    let scratch = state.scratch[worker]
    let x = inputs[0].read(sample: sample, worker: worker, into: scratch.input)
    try kernel.forward(
      x, weights: packedForward, bias: storedBias.map { UnsafePointer($0) },
      output: target.at(sample: sample, worker: worker), scratch: scratch.kernel, worker: worker)
    target.measure(sample: sample, worker: worker)
  }

  override func backward(
    sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool
  ) throws {
    let scratch = state.scratch[worker]
    let source = inputs[0]
    let dy = target.finishedGradient(sample: sample, worker: worker)
    let x = source.read(sample: sample, worker: worker, into: scratch.input)
    let own = isFirst ? slot : scratch.gradient
    let biasStart = kernel.gradientBytes / 4
    try kernel.backwardWeights(
      x, outputGradient: dy, gradient: own, biasGradient: bias.map { _ in own + biasStart },
      scratch: scratch.kernel,
      worker: worker)
    if !isFirst { state.kernels.add(own, slot, Int64(packing.slotCount(of: kernel, hasBias: bias != nil))) }
    guard source.learns, let packedData else { return }
    if source.takesGradientDirectly, let gradient = source.gradient {
      try kernel.backwardData(
        dy, weights: packedData, inputGradient: gradient.region.at(sample: sample, worker: worker),
        scratch: scratch.kernel, worker: worker)
    } else {
      try kernel.backwardData(
        dy, weights: packedData, inputGradient: scratch.inputGradient, scratch: scratch.kernel, worker: worker
      )
      source.backward(scratch.inputGradient, sample: sample, worker: worker)
    }
  }

  override func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) throws {
    if packing.isDirect {
      try kernel.unpackGradient(slot, into: weight.gradient, worker: worker)
    } else {
      let scratch = state.scratch[worker].weights
      try kernel.unpackGradient(slot, into: scratch, worker: worker)
      packing.gather(scratch, into: weight.gradient)
    }
    guard let bias else { return }
    let sums = slot + kernel.gradientBytes / 4
    for (channel, place) in packing.output.places.enumerated() { bias.gradient[channel] = sums[Int(place)] }
  }
}
