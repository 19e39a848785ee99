public import CKernels
internal import CStem

/// A network's first convolution: from a plain input of few channels into blocks. Any kernel, stride, dilation and padding; no input
/// gradient.
public final class StemConvolution: FusedConvolution {
  private let kernels: UnsafePointer<zoo_stem>
  private let shape: zoo_stem_shape
  private let hasWeightGradient: Bool

  /// Takes a shape, or is nil where it does not fit or the processor lacks the instructions: a plain input, no groups, output
  /// channels in blocks of 16.
  ///
  /// `lanes` bounds the floats of a vector: 16 for AVX-512 where there is, 8 for AVX2.
  public init?(_ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, lanes: Int = 16) {
    guard shape.isInputPlain, shape.groups == 1, !dataGradient, shape.input.count == 3 else { return nil }
    func triple(_ sizes: [Int]) -> (Int64, Int64, Int64) {
      (Int64(sizes[0]), Int64(sizes[1]), Int64(sizes[2]))
    }
    var own = zoo_stem_shape(
      input_channels: Int64(shape.inputChannels), output_channels: Int64(shape.outputChannels),
      input: triple(shape.input), output: triple(shape.output), kernel: triple(shape.kernel),
      stride: triple(shape.stride), dilation: triple(shape.dilation), padding: triple(shape.paddingBefore))
    guard zoo_stem_fits(&own) != 0, let kernels = zoo_stem_select(Int32(lanes)) else { return nil }
    self.kernels = kernels
    self.shape = own
    hasWeightGradient = weightGradient
  }

  /// The instructions used.
  public var name: String { String(cString: kernels.pointee.name) }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { withUnsafePointer(to: shape) { Int(kernels.pointee.packed_bytes($0)) } }
  /// Nobody wants the gradient of a plain input.
  public var dataBytes: Int { 0 }
  /// Bytes of a weight gradient, plain.
  public var gradientBytes: Int {
    let taps = shape.kernel.0 * shape.kernel.1 * shape.kernel.2
    return hasWeightGradient ? Int(shape.input_channels * shape.output_channels * taps) * 4 : 0
  }
  /// Bytes of a worker's scratch.
  public var scratchBytes: Int { withUnsafePointer(to: shape) { Int(kernels.pointee.scratch_bytes($0)) } }

  /// Packs plain weights for the forward pass.
  public func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack($0, plain, packed) }
  }

  /// There is no data gradient.
  public func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {}

  /// output = input ∗ weights; a part is a share of the planes.
  public func forward(
    _ input: UnsafePointer<zoo_source>, weights: UnsafeRawPointer, output: UnsafePointer<zoo_target>,
    part: Int, parts: Int, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.forward($0, input, weights, output, Int64(part), Int64(parts), scratch)
    }
  }

  /// The gradients of the weights and, unless it is nil, of the bias.
  public func backward(
    _ input: UnsafePointer<zoo_source>, outputGradient: UnsafePointer<zoo_source>, weights: UnsafeRawPointer?,
    inputGradient: UnsafePointer<zoo_sink>?, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, accumulates: Bool, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.weight_gradient(
        $0, input, outputGradient, weightGradient, biasGradient, accumulates ? 1 : 0, scratch)
    }
  }
}
