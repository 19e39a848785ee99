internal import CKernels
import ZooKernels

/// A convolution of all samples at once: they are gathered, one worker a sample; then workers share channels.
final class BatchConvolutionRunner: ConvolutionRunner {
  private let kernel: BatchConvolution
  private let batch: BatchScratch
  private let biasSums: UnsafeMutablePointer<Float>?
  /// The weights' gradient in stored places, where these are not the plain ones.
  private let storedGradient: UnsafeMutablePointer<Float>?

  init(
    path: String, input: Source, target: Target, state: RunState, kernel: BatchConvolution,
    packing: WeightPacking, weight: ParameterSlice, bias: ParameterSlice?, batch: BatchScratch,
    packed: inout Carver, memory: inout Carver
  ) {
    self.kernel = kernel
    self.batch = batch
    let learns = kernel.gradientBytes > 0
    biasSums = bias != nil && learns ? memory.floats(packing.output.stored) : nil
    storedGradient = learns && !packing.isDirect ? memory.floats(packing.storedCount) : nil
    super.init(
      path: path, input: input, target: target, state: state, kernel: .batch(kernel), packing: packing,
      weight: weight, bias: bias, packed: &packed, memory: &memory)
  }

  /// Samples that are taken at once.
  var group: Int { kernel.samples }
  /// Shares that a forward pass is cut into.
  var forwardParts: Int { kernel.outputParts }
  /// Shares of a backward pass: those of the input's gradient, then those of the weights'.
  var backwardParts: Int { (inputs[0].learns ? kernel.inputParts : 0) + kernel.outputParts }

  override func pack(stored: UnsafePointer<Float>, worker: Int) {
    kernel.packForward(stored, into: packedForward)
    if let packedData { kernel.packData(stored, into: packedData) }
  }

  /// Takes one sample in. `place` of `samples` is its place in the group.
  func gather(_ turn: Turn, place: Int, samples: Int) {
    var input = inputs[0].stream(turn)
    kernel.gatherInput(&input, sample: place, samples: samples, into: batch.input)
    guard !turn.isBackward else { return }
    var output = target.stream(turn, tallies: batch.tallies + place * target.map.blocks)
    output.shift = storedBias.map { UnsafePointer($0) }
    batch.targets[place] = output
  }

  /// Takes one sample and its output's gradient in.
  func gatherGradient(_ turn: Turn, place: Int, samples: Int) {
    gather(turn, place: place, samples: samples)
    var gradient = target.gradientStream(turn)
    kernel.gatherGradient(&gradient, sample: place, samples: samples, into: batch.outputGradient)
    if inputs[0].learns { batch.sinks[place] = inputs[0].sink(turn) }
  }

  /// Computes a share of the outputs of all gathered samples.
  func forward(samples: Int, part: Int, worker: Int) {
    kernel.forward(
      batch.input, weights: packedForward, outputs: batch.targets, samples: samples, part: part,
      parts: forwardParts, scratch: state.scratch[worker].kernel)
  }

  /// Takes over the statistics of one sample.
  func conclude(_ turn: Turn, place: Int) {
    target.conclude(turn, tallies: batch.tallies + place * target.map.blocks)
  }

  /// Computes a share of the gradients of all gathered samples.
  func backward(samples: Int, part: Int, accumulates: Bool, worker: Int) {
    let scratch = state.scratch[worker].kernel
    let dataParts = backwardParts - kernel.outputParts
    if part < dataParts {
      guard let packedData else { return }
      kernel.dataGradient(
        batch.outputGradient, weights: packedData, inputGradients: batch.sinks, samples: samples, part: part,
        parts: dataParts, scratch: scratch)
    } else {
      kernel.weightGradient(
        batch.input, outputGradients: batch.outputGradient, gradient: storedGradient ?? weight.gradient,
        biasGradient: biasSums, accumulates: accumulates, samples: samples, part: part - dataParts,
        parts: kernel.outputParts, scratch: scratch)
    }
  }

  override func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) {
    if let storedGradient { packing.gather(storedGradient, into: weight.gradient) }
    if let biasSums { spreadBias(biasSums) }
  }
}
