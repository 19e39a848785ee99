import ZooKernels

/// A convolution's weights: packed once a step, their gradients in one slot for each unit of samples.
class ConvolutionRunner: StepRunner {
  let packing: WeightPacking
  let weight: ParameterSlice
  let bias: ParameterSlice?
  let packedForward: UnsafeMutableRawPointer
  let packedData: UnsafeMutableRawPointer?
  /// The bias at the places of its channels.
  let storedBias: UnsafeMutablePointer<Float>?
  /// Floats of a slot before the bias's gradient.
  let biasStart: Int

  init(
    path: String, input: Source, target: Target, state: RunState, kernel: ChosenConvolution,
    packing: WeightPacking, weight: ParameterSlice, bias: ParameterSlice?, packed: inout Carver,
    memory: inout Carver
  ) {
    self.packing = packing
    self.weight = weight
    self.bias = bias
    packedForward = UnsafeMutableRawPointer(packed.take(kernel.forwardBytes, of: UInt8.self))
    packedData =
      kernel.dataBytes > 0 ? UnsafeMutableRawPointer(packed.take(kernel.dataBytes, of: UInt8.self)) : nil
    storedBias = bias.map { _ in memory.floats(packing.output.stored) }
    biasStart = kernel.gradientBytes / 4
    super.init(path: path, inputs: [input], target: target, state: state)
  }

  /// Packs weights given in stored places.
  func pack(stored: UnsafePointer<Float>, worker: Int) throws {}

  /// Turns a packed gradient into one in stored places.
  func unpack(_ gradient: UnsafePointer<Float>, into stored: UnsafeMutablePointer<Float>, worker: Int) throws
  {
  }

  final override func pack(worker: Int) throws {
    if packing.isDirect {
      try pack(stored: weight.values, worker: worker)
    } else {
      let scratch = state.scratch[worker].weights
      packing.spread(weight.values, into: scratch)
      try pack(stored: scratch, worker: worker)
    }
    if let bias, let storedBias {
      for (channel, place) in packing.output.places.enumerated() {
        storedBias[Int(place)] = bias.values[channel]
      }
    }
  }

  override func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) throws {
    if packing.isDirect {
      try unpack(slot, into: weight.gradient, worker: worker)
    } else {
      let scratch = state.scratch[worker].weights
      try unpack(slot, into: scratch, worker: worker)
      packing.gather(scratch, into: weight.gradient)
    }
    spreadBias(slot + biasStart)
  }

  /// The bias's gradient from sums in stored places.
  final func spreadBias(_ sums: UnsafePointer<Float>) {
    guard let bias else { return }
    for (channel, place) in packing.output.places.enumerated() { bias.gradient[channel] = sums[Int(place)] }
  }
}
