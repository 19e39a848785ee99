internal import CKernels

/// A kernel of whole f32 tensors on trial, with the passes around it that normalise, mask, round and take statistics.
final class PlainTrial: KernelTrial {
  private let kernel: any ConvolutionKernel
  private let samples: BenchSamples
  private let dataGradient: Bool
  private let weightGradient: Bool
  private let memory: BenchMemory
  private let loops = zoo_kernels_select().pointee

  private enum Part {
    static let (weights, forward, data, gradient, sum, biasGradient, scratch) = (0, 1, 2, 3, 4, 5, 6)
    static let (input, inputGradient, output, outputGradient, plain) = (7, 8, 9, 10, 11)
  }

  init(_ kernel: any ConvolutionKernel, _ samples: BenchSamples) throws {
    self.kernel = kernel
    self.samples = samples
    dataGradient = kernel.dataBytes > 0
    weightGradient = kernel.gradientBytes > 0
    let shape = samples.shape
    let (inputBytes, outputBytes) = (4 * shape.inputCount, 4 * shape.outputCount)
    memory = try BenchMemory([
      4 * shape.weightCount, kernel.forwardBytes, kernel.dataBytes, kernel.gradientBytes,
      kernel.gradientBytes,
      4 * shape.outputChannels, kernel.scratchBytes, inputBytes, inputBytes, outputBytes, outputBytes,
      4 * shape.weightCount,
    ])
    memory.fill(Part.weights, count: shape.weightCount, factor: 0.1)
  }

  func pack() throws {
    let weights = memory.floats(Part.weights)
    try kernel.packForward(weights, into: memory.floats(Part.forward), worker: 0)
    if dataGradient { try kernel.packData(weights, into: memory.floats(Part.data), worker: 0) }
    if weightGradient {
      try kernel.unpackGradient(memory.floats(Part.sum), into: memory.floats(Part.plain), worker: 0)
    }
  }

  func forward() throws {
    for sample in 0..<samples.count { try forward(sample) }
  }

  func backward() throws {
    for sample in 0..<samples.count { try backward(sample) }
  }

  private func forward(_ sample: Int) throws {
    var target = samples.output(sample)
    let output =
      samples.bf16 ? memory.floats(Part.output) : target.values.assumingMemoryBound(to: Float.self)
    try kernel.forward(
      input(sample), weights: memory.floats(Part.forward), bias: samples.bias, output: output,
      scratch: memory[Part.scratch], worker: 0)
    forEachBlock(of: samples.shape.output, samples.shape.outputChannels) { block, voxels, start in
      loops.write(&target, block, 0, voxels, output + start)
    }
  }

  private func backward(_ sample: Int) throws {
    var source = samples.outputGradient(sample)
    let dy = memory.floats(Part.outputGradient)
    forEachBlock(of: samples.shape.output, samples.shape.outputChannels) { block, voxels, start in
      loops.read(&source, block, 0, voxels, dy + start)
    }
    try kernel.backwardWeights(
      input(sample), outputGradient: dy, gradient: memory.floats(Part.gradient),
      biasGradient: samples.shape.hasBias ? memory.floats(Part.biasGradient) : nil,
      scratch: memory[Part.scratch], worker: 0)
    loops.add(
      memory.floats(Part.gradient), memory.floats(Part.sum), Int64(kernel.gradientBytes / 4))
    guard dataGradient else { return }
    let dx = memory.floats(Part.inputGradient)
    try kernel.backwardData(
      dy, weights: memory.floats(Part.data), inputGradient: dx, scratch: memory[Part.scratch], worker: 0)
    guard !samples.shape.isInputPlain else { return }
    var sink = samples.inputGradient(sample)
    forEachBlock(of: samples.shape.input, samples.shape.inputChannels) { block, voxels, start in
      loops.take(&sink, block, 0, voxels, dx + start)
    }
  }

  private func input(_ sample: Int) -> UnsafePointer<Float> {
    var source = samples.input(sample)
    if samples.shape.isInputPlain { return source.x.assumingMemoryBound(to: Float.self) }
    let whole = memory.floats(Part.input)
    forEachBlock(of: samples.shape.input, samples.shape.inputChannels) { block, voxels, start in
      loops.read(&source, block, 0, voxels, whole + start)
    }
    return UnsafePointer(whole)
  }

  private func forEachBlock(
    of size: [Int], _ channels: Int, _ body: (_ block: Int64, _ voxels: Int64, _ start: Int) -> Void
  ) {
    let voxels = size.reduce(1, *)
    for block in 0..<channels / 16 { body(Int64(block), Int64(voxels), block * voxels * 16) }
  }
}
