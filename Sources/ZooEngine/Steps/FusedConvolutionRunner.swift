internal import CKernels
import ZooKernels

/// A convolution by a kernel that reads and writes tensors as they are kept, with normalisation, activation and statistics on
/// the way.
final class FusedConvolutionRunner: ConvolutionRunner {
  private let kernel: any FusedConvolution

  init(
    path: String, input: Source, target: Target, state: RunState, kernel: any FusedConvolution,
    packing: WeightPacking, weight: ParameterSlice, bias: ParameterSlice?, packed: inout Carver,
    memory: inout Carver
  ) {
    self.kernel = kernel
    super.init(
      path: path, input: input, target: target, state: state, kernel: .fused(kernel), packing: packing,
      weight: weight, bias: bias, packed: &packed, memory: &memory)
  }

  override var isShared: Bool { true }

  override func pack(stored: UnsafePointer<Float>, worker: Int) {
    kernel.packForward(stored, into: packedForward)
    if let packedData { kernel.packData(stored, into: packedData) }
  }

  override func unpack(
    _ gradient: UnsafePointer<Float>, into stored: UnsafeMutablePointer<Float>, worker: Int
  ) { stored.update(from: gradient, count: packing.storedCount) }

  override func forward(_ turn: Turn) {
    var input = read(turn)
    var output = target.stream(turn)
    output.shift = storedBias.map { UnsafePointer($0) }
    kernel.forward(
      &input, weights: packedForward, output: &output, part: turn.part, parts: turn.parts,
      scratch: state.scratch[turn.worker].kernel)
    target.conclude(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    let scratch = state.scratch[turn.worker]
    var input = read(turn)
    var gradient = target.gradientStream(turn)
    let biasGradient = bias.map { _ in slot + biasStart }
    func run(_ sink: UnsafePointer<zoo_sink>?) {
      kernel.backward(
        &input, outputGradient: &gradient,
        weights: sink == nil ? nil : packedData.map { UnsafeRawPointer($0) },
        inputGradient: sink, weightGradient: slot, biasGradient: biasGradient, accumulates: !isFirst,
        scratch: scratch.kernel)
    }
    guard source.learns else { return run(nil) }
    if source.isMasked {
      var sink = zoo_sink()
      sink.g = UnsafeMutableRawPointer(scratch.inputGradient)
      sink.voxels = Int64(source.voxels)
      run(&sink)
      source.backward(scratch.inputGradient, turn)
    } else {
      var sink = source.sink(turn)
      run(&sink)
    }
  }

  /// The input piece by piece, or computed whole where dropout masks it.
  private func read(_ turn: Turn) -> zoo_source {
    let source = inputs[0]
    guard source.isMasked else { return source.stream(turn) }
    var whole = zoo_source()
    whole.x = UnsafeRawPointer(source.read(turn, into: state.scratch[turn.worker].input))
    whole.voxels = Int64(source.voxels)
    return whole
  }
}
