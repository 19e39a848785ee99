internal import CWinograd

/// A 3 × 3 × 3 convolution of stride 1 by Winograd's minimal filtering of 4³ tiles: 3 to 5 times as fast as oneDNN from 8³
/// voxels on.
///
/// It rounds more than the direct way: relative errors of 1e-6 to 2.5e-6 rms instead of 3e-7. Packed weights are 8 times as
/// large as plain ones; gradients of weights are plain, so that slots of them add up.
public final class WinogradConvolution: ConvolutionKernel {
  private let kernels: UnsafePointer<zoo_winograd>
  private let shape: zoo_winograd_shape
  private let hasDataGradient: Bool
  private let hasWeightGradient: Bool

  /// Takes a shape, or is nil where it does not fit or the processor lacks the instructions: size D, H, W of multiples of 4,
  /// padding 1 all around, no groups, blocked input.
  ///
  /// `lanes` bounds the floats of a vector: 16 for AVX-512 where there is, 8 for AVX2.
  public init?(_ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, lanes: Int = 16) {
    let ones = [1, 1, 1]
    guard
      shape.kernel == [3, 3, 3], shape.stride == ones, shape.dilation == ones, shape.groups == 1,
      shape.paddingBefore == ones, shape.paddingAfter == ones, !shape.isInputPlain, shape.input.count == 3,
      shape.output == shape.input
    else { return nil }
    let size = (Int64(shape.input[0]), Int64(shape.input[1]), Int64(shape.input[2]))
    var own = zoo_winograd_shape(
      size: size, input_channels: Int64(shape.inputChannels), output_channels: Int64(shape.outputChannels))
    guard zoo_winograd_fits(&own) != 0, let kernels = zoo_winograd_select(Int32(lanes)) else { return nil }
    self.kernels = kernels
    self.shape = own
    hasDataGradient = dataGradient
    hasWeightGradient = weightGradient
  }

  /// The instructions used.
  public var name: String { String(cString: kernels.pointee.name) }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { withUnsafePointer(to: shape) { zoo_winograd_packed_bytes($0) } }
  /// Bytes of the packed data-gradient weights.
  public var dataBytes: Int { hasDataGradient ? forwardBytes : 0 }
  /// Bytes of a weight gradient, plain.
  public var gradientBytes: Int { hasWeightGradient ? weightCount * MemoryLayout<Float>.stride : 0 }
  /// Bytes of a worker's scratch.
  public var scratchBytes: Int {
    withUnsafePointer(to: shape) { kernels.pointee.scratch_bytes($0, hasWeightGradient ? 1 : 0) }
  }

  private var weightCount: Int { Int(shape.input_channels * shape.output_channels) * 27 }

  /// Packs plain weights for the forward pass.
  public func packForward(
    _ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, worker: Int
  ) { withUnsafePointer(to: shape) { kernels.pointee.pack_forward($0, plain, packed) } }

  /// Packs plain weights for the data gradient.
  public func packData(
    _ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>, worker: Int
  ) { withUnsafePointer(to: shape) { kernels.pointee.pack_data($0, plain, packed) } }

  /// Copies a weight gradient, plain as it is.
  public func unpackGradient(
    _ packed: UnsafePointer<Float>, into plain: UnsafeMutablePointer<Float>, worker: Int
  ) { plain.update(from: packed, count: weightCount) }

  /// output = input ∗ weights + bias
  public func forward(
    _ input: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    output: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, worker: Int
  ) {
    withUnsafePointer(to: shape) { kernels.pointee.forward($0, input, weights, bias, output, scratch) }
  }

  /// Writes the gradient of the input.
  public func backwardData(
    _ outputGradient: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>, scratch: UnsafeMutableRawPointer, worker: Int
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.data_gradient($0, outputGradient, weights, inputGradient, scratch)
    }
  }

  /// Writes the gradient of the weights, and that of the bias.
  public func backwardWeights(
    _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, scratch: UnsafeMutableRawPointer, worker: Int
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.weight_gradient($0, input, outputGradient, gradient, biasGradient, scratch)
    }
  }
}
