internal import CKernels

/// A kernel for all samples at once on trial.
final class BatchTrial: KernelTrial {
  private let kernel: BatchConvolution
  private let samples: BenchSamples
  private let memory: BenchMemory

  private enum Part {
    static let (weights, forward, data, gradient, biasGradient, scratch) = (0, 1, 2, 3, 4, 5)
    static let (input, outputGradient, targets, sinks) = (6, 7, 8, 9)
  }

  init(_ kernel: BatchConvolution, _ samples: BenchSamples) throws {
    self.kernel = kernel
    self.samples = samples
    let shape = samples.shape
    memory = try BenchMemory([
      4 * shape.weightCount, kernel.forwardBytes, kernel.dataBytes, kernel.gradientBytes,
      4 * shape.outputChannels, kernel.scratchBytes, kernel.inputBytes, kernel.outputBytes,
      MemoryLayout<zoo_target>.stride * samples.count, MemoryLayout<zoo_sink>.stride * samples.count,
    ])
    memory.fill(Part.weights, count: shape.weightCount, factor: 0.1)
  }

  func pack() {
    kernel.packForward(memory.floats(Part.weights), into: memory[Part.forward])
    if kernel.dataBytes > 0 { kernel.packData(memory.floats(Part.weights), into: memory[Part.data]) }
  }

  func forward() {
    let targets = memory[Part.targets].assumingMemoryBound(to: zoo_target.self)
    for sample in 0..<samples.count {
      gather(sample)
      targets[sample] = samples.output(sample)
      targets[sample].shift = samples.bias
    }
    kernel.forward(
      memory[Part.input], weights: memory[Part.forward], outputs: targets, samples: samples.count, part: 0,
      parts: 1, scratch: memory[Part.scratch])
  }

  func backward() {
    let sinks = memory[Part.sinks].assumingMemoryBound(to: zoo_sink.self)
    for sample in 0..<samples.count {
      gather(sample)
      var gradient = samples.outputGradient(sample)
      kernel.gatherGradient(
        &gradient, sample: sample, samples: samples.count, into: memory[Part.outputGradient])
      sinks[sample] = samples.inputGradient(sample)
    }
    if kernel.dataBytes > 0 {
      kernel.dataGradient(
        memory[Part.outputGradient], weights: memory[Part.data], inputGradients: sinks,
        samples: samples.count, part: 0, parts: 1, scratch: memory[Part.scratch])
    }
    kernel.weightGradient(
      memory[Part.input], outputGradients: memory[Part.outputGradient],
      gradient: memory.floats(Part.gradient),
      biasGradient: samples.shape.hasBias ? memory.floats(Part.biasGradient) : nil, accumulates: false,
      samples: samples.count, part: 0, parts: 1, scratch: memory[Part.scratch])
  }

  private func gather(_ sample: Int) {
    var input = samples.input(sample)
    kernel.gatherInput(&input, sample: sample, samples: samples.count, into: memory[Part.input])
  }
}
