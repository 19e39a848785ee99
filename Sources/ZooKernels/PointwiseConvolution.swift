public import CKernels
internal import CPointwise

/// A 1 × 1 × 1 convolution of stride 1, a tile of voxels at a time: read, multiplied and handed on without leaving the caches.
///
/// With `bf16`, operands are rounded to bf16 before they are multiplied where the processor has such products, whatever the tensors
/// are kept as; sums are f32.
public final class PointwiseConvolution: FusedConvolution {
  private let kernels: UnsafePointer<zoo_pointwise>
  private let shape: zoo_pointwise_shape
  private let hasDataGradient: Bool
  private let hasWeightGradient: Bool

  /// Takes a shape, or is nil where it does not fit or the processor lacks the instructions: no padding, no groups, channels in
  /// blocks of 16.
  ///
  /// `lanes` bounds the floats of a vector: 16 for AVX-512 where there is, 8 for AVX2. `bf16` takes AVX512_BF16 where there is.
  public init?(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, bf16: Bool = false, lanes: Int = 16
  ) {
    let ones = [1, 1, 1]
    let none = [0, 0, 0]
    guard
      shape.kernel == ones, shape.stride == ones, shape.groups == 1, shape.paddingBefore == none,
      shape.paddingAfter == none, !shape.isInputPlain, shape.output == shape.input
    else { return nil }
    var own = zoo_pointwise_shape(
      voxels: Int64(shape.output.reduce(1, *)), input_channels: Int64(shape.inputChannels),
      output_channels: Int64(shape.outputChannels))
    guard zoo_pointwise_fits(&own) != 0, let kernels = zoo_pointwise_select(Int32(lanes), bf16 ? 1 : 0)
    else { return nil }
    self.kernels = kernels
    self.shape = own
    hasDataGradient = dataGradient
    hasWeightGradient = weightGradient
  }

  /// The instructions used.
  public var name: String { String(cString: kernels.pointee.name) }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { withUnsafePointer(to: shape) { kernels.pointee.packed_bytes($0) } }
  /// Bytes of the packed data-gradient weights.
  public var dataBytes: Int { hasDataGradient ? forwardBytes : 0 }
  /// Bytes of a weight gradient, plain.
  public var gradientBytes: Int {
    hasWeightGradient ? Int(shape.input_channels * shape.output_channels) * MemoryLayout<Float>.stride : 0
  }
  /// Bytes of a worker's scratch.
  public var scratchBytes: Int { withUnsafePointer(to: shape) { kernels.pointee.scratch_bytes($0) } }

  /// Packs plain weights for the forward pass.
  public func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack_forward($0, plain, packed) }
  }

  /// Packs plain weights for the data gradient.
  public func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack_data($0, plain, packed) }
  }

  /// output = input · weights; a part is a share of the tiles.
  public func forward(
    _ input: UnsafePointer<zoo_source>, weights: UnsafeRawPointer, output: UnsafePointer<zoo_target>,
    part: Int, parts: Int, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.forward($0, input, weights, output, Int32(part), Int32(parts), scratch)
    }
  }

  /// The gradients of the weights and, unless they are nil, of the input and the bias.
  public func backward(
    _ input: UnsafePointer<zoo_source>, outputGradient: UnsafePointer<zoo_source>, weights: UnsafeRawPointer?,
    inputGradient: UnsafePointer<zoo_sink>?, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, accumulates: Bool, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.backward(
        $0, input, outputGradient, weights, inputGradient, weightGradient, biasGradient, accumulates ? 1 : 0,
        scratch)
    }
  }
}
