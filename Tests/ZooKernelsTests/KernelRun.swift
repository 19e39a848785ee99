import ZooCore
import ZooKernels

/// One sample through all passes of a kernel, in memory that is not a number before.
struct KernelRun {
  let output: [Float]
  let inputGradient: [Float]
  let weightGradient: [Float]
  let biasGradient: [Float]

  /// Whether all of it is numbers, and nothing was written behind.
  var isComplete: Bool {
    [output, inputGradient, weightGradient, biasGradient].allSatisfy {
      !$0.isEmpty && $0.allSatisfy(\.isFinite)
    }
  }

  init(output: [Float], inputGradient: [Float], weightGradient: [Float], biasGradient: [Float]) {
    self.output = output
    self.inputGradient = inputGradient
    self.weightGradient = weightGradient
    self.biasGradient = biasGradient
  }

  init(_ kernel: any ConvolutionKernel, _ sample: Sample, worker: Int) throws {
    let shape = sample.shape
    let weights = AlignedFloats(sample.weights)
    let bias = AlignedFloats(sample.bias)
    let input = AlignedFloats(sample.input)
    let dy = AlignedFloats(sample.outputGradient)
    let forward = AlignedFloats(bytes: kernel.forwardBytes)
    let data = AlignedFloats(bytes: kernel.dataBytes)
    let gradient = AlignedFloats(bytes: kernel.gradientBytes)
    let scratch = AlignedFloats(bytes: kernel.scratchBytes)
    let output = AlignedFloats(bytes: dy.count * 4)
    let inputGradient = AlignedFloats(bytes: input.count * 4)
    let plain = AlignedFloats(bytes: shape.weightCount * 4)
    let biasGradient = AlignedFloats(bytes: bias.count * 4)
    try kernel.packForward(weights.base, into: forward.base, worker: worker)
    try kernel.packData(weights.base, into: data.base, worker: worker)
    try kernel.forward(
      input.base, weights: forward.base, bias: bias.base, output: output.base, scratch: scratch.base,
      worker: worker)
    try kernel.backwardData(
      dy.base, weights: data.base, inputGradient: inputGradient.base, scratch: scratch.base, worker: worker)
    try kernel.backwardWeights(
      input.base, outputGradient: dy.base, gradient: gradient.base, biasGradient: biasGradient.base,
      scratch: scratch.base, worker: worker)
    try kernel.unpackGradient(gradient.base, into: plain.base, worker: worker)
    self.output = output.values
    self.inputGradient = inputGradient.values
    weightGradient = plain.values
    self.biasGradient = biasGradient.values
  }
}

/// A shape with random activations and weights, as the convolution sees them.
struct Sample {
  let shape: ConvolutionShape
  let input: [Float]
  /// What a gradient of the input is multiplied by on its way to what is stored, where not 1.
  let inputSlope: [Float]?
  let outputGradient: [Float]
  let weights: [Float]
  let bias: [Float]

  init(
    shape: ConvolutionShape, input: [Float], inputSlope: [Float], outputGradient: [Float], weights: [Float],
    bias: [Float]
  ) {
    self.shape = shape
    self.input = input
    self.inputSlope = inputSlope
    self.outputGradient = outputGradient
    self.weights = weights
    self.bias = bias
  }

  init(_ shape: ConvolutionShape, seed: Seed) {
    var random = seed.stream()
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.unit() * 2 - 1) } }
    let voxels = shape.input.reduce(1, *)
    self.shape = shape
    inputSlope = nil
    input = values(voxels * shape.inputChannels)
    outputGradient = values(voxels * shape.outputChannels)
    weights = values(shape.weightCount)
    bias = values(shape.outputChannels)
  }
}

/// Floats that begin at a multiple of 64 bytes, with guards behind that must stay.
final class AlignedFloats {
  let base: UnsafeMutablePointer<Float>
  let count: Int
  private static let guards = 16

  init(bytes: Int) {
    count = bytes / 4
    let room = count + AlignedFloats.guards
    base = UnsafeMutableRawPointer.allocate(byteCount: room * 4, alignment: 64)
      .bindMemory(to: Float.self, capacity: room)
    base.initialize(repeating: .nan, count: room)
  }

  convenience init(_ values: [Float]) {
    self.init(bytes: values.count * 4)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { base.deallocate() }

  /// Whether nothing was written behind the values.
  var isIntact: Bool {
    UnsafeBufferPointer(start: base + count, count: AlignedFloats.guards).allSatisfy(\.isNaN)
  }

  /// The values, or none where something was written behind them.
  var values: [Float] { isIntact ? Array(UnsafeBufferPointer(start: base, count: count)) : [] }
}
