internal import CKernels

/// A kernel for groups of samples on trial.
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
      MemoryLayout<zoo_target>.stride * kernel.samples, MemoryLayout<zoo_sink>.stride * kernel.samples,
    ])
    memory.fill(Part.weights, count: shape.weightCount, factor: 0.1)
  }

  func pack() {
    kernel.packForward(memory.floats(Part.weights), into: memory[Part.forward])
    if kernel.dataBytes > 0 { kernel.packData(memory.floats(Part.weights), into: memory[Part.data]) }
  }

  func forward() {
    forEachGroup { group in
      for (place, sample) in group.enumerated() {
        gather(sample, place: place, of: group.count)
        targets[place] = samples.output(sample)
        targets[place].shift = samples.bias
      }
      kernel.forward(
        memory[Part.input], weights: memory[Part.forward], outputs: targets, samples: group.count, part: 0,
        parts: 1, scratch: memory[Part.scratch])
    }
  }

  func backward() {
    forEachGroup { group in
      for (place, sample) in group.enumerated() {
        gather(sample, place: place, of: group.count)
        var gradient = samples.outputGradient(sample)
        kernel.gatherGradient(
          &gradient, sample: place, samples: group.count, into: memory[Part.outputGradient])
        sinks[place] = samples.inputGradient(sample)
      }
      if kernel.dataBytes > 0 {
        kernel.dataGradient(
          memory[Part.outputGradient], weights: memory[Part.data], inputGradients: sinks,
          samples: group.count, part: 0, parts: 1, scratch: memory[Part.scratch])
      }
      kernel.weightGradient(
        memory[Part.input], outputGradients: memory[Part.outputGradient],
        gradient: memory.floats(Part.gradient),
        biasGradient: samples.shape.hasBias ? memory.floats(Part.biasGradient) : nil,
        accumulates: group.lowerBound > 0, samples: group.count, part: 0, parts: 1,
        scratch: memory[Part.scratch])
    }
  }

  private var targets: UnsafeMutablePointer<zoo_target> {
    memory[Part.targets].assumingMemoryBound(to: zoo_target.self)
  }
  private var sinks: UnsafeMutablePointer<zoo_sink> {
    memory[Part.sinks].assumingMemoryBound(to: zoo_sink.self)
  }

  private func forEachGroup(_ body: (Range<Int>) -> Void) {
    for first in stride(from: 0, to: samples.count, by: kernel.samples) {
      body(first..<min(first + kernel.samples, samples.count))
    }
  }

  private func gather(_ sample: Int, place: Int, of count: Int) {
    var input = samples.input(sample)
    kernel.gatherInput(&input, sample: place, samples: count, into: memory[Part.input])
  }
}
