import ZooKernels

/// A group of samples through all passes, each in so many parts; gradients of inputs less what was there before.
struct BatchRun: Equatable {
  private(set) var output: [[Float]] = []
  private(set) var means: [[Double]] = []
  private(set) var inputGradient: [[Float]] = []
  private(set) var sums: [[Double]] = []
  private(set) var weightGradient: [Float] = []
  private(set) var biasGradient: [Float] = []
  /// Whether nothing was written behind scratch and packed weights.
  private(set) var isIntact = false

  init(_ kernel: BatchConvolution, _ data: BatchData, parts: Int = 1) {
    let memory = BatchMemory(
      kernel, inputRows: kernel.inputBytes, gradientRows: kernel.outputBytes, data)
    let samples = data.samples
    for sample in 0..<samples {
      kernel.gatherInput(
        &memory.inputs[sample], sample: sample, samples: samples, into: memory.inputRows.base)
      kernel.gatherGradient(
        &memory.gradients[sample], sample: sample, samples: samples, into: memory.gradientRows.base)
    }
    for part in 0..<parts {
      kernel.forward(
        memory.inputRows.base, weights: memory.forward.base, outputs: memory.targets, samples: samples,
        part: part, parts: parts, scratch: memory.scratch.base)
      kernel.dataGradient(
        memory.gradientRows.base, weights: memory.data.base, inputGradients: memory.sinks,
        samples: samples, part: part, parts: parts, scratch: memory.scratch.base)
      for accumulates in [false, true] {
        kernel.weightGradient(
          memory.inputRows.base, outputGradients: memory.gradientRows.base,
          gradient: memory.weightGradient.base, biasGradient: memory.biasGradient.base,
          accumulates: accumulates, samples: samples, part: part, parts: parts,
          scratch: memory.scratch.base)
      }
    }
    take(memory, data)
  }

  init(_ kernel: SlabConvolution, _ data: BatchData, parts: Int = 1) {
    let memory = BatchMemory(kernel, data)
    for sample in 0..<data.samples {
      var (target, sink) = (memory.targets[sample], memory.sinks[sample])
      for part in 0..<parts {
        kernel.forward(
          &memory.inputs[sample], weights: memory.forward.base, output: &target, part: part, parts: parts,
          scratch: memory.scratch.base)
      }
      kernel.backward(
        &memory.inputs[sample], outputGradient: &memory.gradients[sample], weights: memory.data.base,
        inputGradient: &sink, weightGradient: memory.weightGradient.base,
        biasGradient: memory.biasGradient.base, accumulates: sample > 0, scratch: memory.scratch.base)
      // Once more, to be added.
      kernel.backward(
        &memory.inputs[sample], outputGradient: &memory.gradients[sample], weights: nil, inputGradient: nil,
        weightGradient: memory.weightGradient.base, biasGradient: memory.biasGradient.base, accumulates: true,
        scratch: memory.scratch.base)
    }
    take(memory, data)
  }

  private mutating func take(_ memory: BatchMemory, _ data: BatchData) {
    for sample in 0..<data.samples {
      output.append(memory.outputs[sample].values)
      inputGradient.append(zip(memory.inputGradients[sample].values, data.held[sample]).map { $0 - $1 })
      means.append(memory.means(sample))
      sums.append(memory.sums(sample))
    }
    weightGradient = memory.weightGradient.values.map { $0 / 2 }
    biasGradient = memory.biasGradient.values.map { $0 / 2 }
    isIntact = memory.isIntact
  }
}
