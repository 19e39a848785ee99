internal import CKernels

/// A fused kernel on trial: it reads and writes the samples as they are kept.
final class FusedTrial: KernelTrial {
  private let kernel: any FusedConvolution
  private let samples: BenchSamples
  private let dataGradient: Bool
  private let memory: BenchMemory

  private enum Part {
    static let (weights, forward, data, gradient, biasGradient, scratch) = (0, 1, 2, 3, 4, 5)
  }

  init(_ kernel: any FusedConvolution, _ samples: BenchSamples) throws {
    self.kernel = kernel
    self.samples = samples
    dataGradient = kernel.dataBytes > 0
    let shape = samples.shape
    memory = try BenchMemory([
      4 * shape.weightCount, kernel.forwardBytes, kernel.dataBytes, kernel.gradientBytes,
      4 * shape.outputChannels, kernel.scratchBytes,
    ])
    memory.fill(Part.weights, count: shape.weightCount, factor: 0.1)
  }

  func pack() {
    kernel.packForward(memory.floats(Part.weights), into: memory[Part.forward])
    if dataGradient { kernel.packData(memory.floats(Part.weights), into: memory[Part.data]) }
  }

  func forward() {
    for sample in 0..<samples.count { forward(sample) }
  }

  func backward() {
    for sample in 0..<samples.count { backward(sample) }
  }

  private func forward(_ sample: Int) {
    var (input, output) = (samples.input(sample), samples.output(sample))
    output.shift = samples.bias
    kernel.forward(
      &input, weights: memory[Part.forward], output: &output, part: 0, parts: 1,
      scratch: memory[Part.scratch])
  }

  private func backward(_ sample: Int) {
    var (input, gradient) = (samples.input(sample), samples.outputGradient(sample))
    var sink = samples.inputGradient(sample)
    withUnsafePointer(to: &sink) { sink in
      kernel.backward(
        &input, outputGradient: &gradient, weights: dataGradient ? UnsafeRawPointer(memory[Part.data]) : nil,
        inputGradient: dataGradient ? sink : nil, weightGradient: memory.floats(Part.gradient),
        biasGradient: samples.shape.hasBias ? memory.floats(Part.biasGradient) : nil, accumulates: sample > 0,
        scratch: memory[Part.scratch])
    }
  }
}
