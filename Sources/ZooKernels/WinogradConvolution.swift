public import CKernels
internal import CWinograd

/// A 3 × 3 × 3 convolution of stride 1 by Winograd's minimal filtering, of any size.
///
/// With tiles of 4³ it takes an eighth of the products and rounds more than the direct way: relative errors of 1e-6 to 2.5e-6 rms
/// instead of 3e-7. Packed weights are 8 times as large as plain ones, 4 times in integers. With tiles of 2³ it takes three in ten of the products,
/// rounds as the direct way does, and weights grow 64/27 times. For bf16 tensors the products of tiles of 4³ are of 16-bit integers
/// where the processor has them, twice as fast: 5e-4 to 3e-3, about what bf16 rounds.
public final class WinogradConvolution: FusedConvolution {
  /// Voxels along the edge of a tile of outputs.
  public enum Tile: Int32, CaseIterable, Sendable {
    /// Tiles of 2³.
    case two = 2
    /// Tiles of 4³.
    case four = 4
  }

  /// The tile.
  public let tile: Tile
  private let kernels: UnsafePointer<zoo_winograd>
  private let shape: zoo_winograd_shape
  private let hasDataGradient: Bool
  private let hasWeightGradient: Bool

  /// Takes a shape, or is nil where it does not fit or the processor lacks the instructions: padding 1 all around, no groups,
  /// channels in blocks of 16.
  ///
  /// `lanes` bounds the floats of a vector: 16 for AVX-512 where there is, 8 for AVX2. With `bf16`, products may be rounded about
  /// as those of bf16 values are, where that is faster.
  public init?(
    _ shape: ConvolutionShape, tile: Tile, dataGradient: Bool, weightGradient: Bool, bf16: Bool = false,
    lanes: Int = 16
  ) {
    let ones = [1, 1, 1]
    guard
      shape.kernel == [3, 3, 3], shape.stride == ones, shape.dilation == ones, shape.groups == 1,
      shape.paddingBefore == ones, shape.paddingAfter == ones, !shape.isInputPlain, shape.input.count == 3,
      shape.output == shape.input
    else { return nil }
    let size = (Int64(shape.input[0]), Int64(shape.input[1]), Int64(shape.input[2]))
    var own = zoo_winograd_shape(
      size: size, input_channels: Int64(shape.inputChannels), output_channels: Int64(shape.outputChannels))
    guard
      zoo_winograd_fits(&own) != 0,
      let kernels = zoo_winograd_select(Int32(lanes), tile.rawValue, bf16 ? 1 : 0)
    else { return nil }
    self.tile = tile
    self.kernels = kernels
    self.shape = own
    hasDataGradient = dataGradient
    hasWeightGradient = weightGradient
  }

  /// The tile and the instructions used.
  public var name: String { String(cString: kernels.pointee.name) }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { withUnsafePointer(to: shape) { kernels.pointee.packed_bytes($0) } }
  /// Bytes of the packed data-gradient weights.
  public var dataBytes: Int { hasDataGradient ? forwardBytes : 0 }
  /// Bytes of a weight gradient, plain.
  public var gradientBytes: Int {
    hasWeightGradient
      ? Int(shape.input_channels * shape.output_channels) * 27 * MemoryLayout<Float>.stride : 0
  }
  /// Bytes of a worker's scratch.
  public var scratchBytes: Int {
    withUnsafePointer(to: shape) { kernels.pointee.scratch_bytes($0, hasWeightGradient ? 1 : 0) }
  }

  /// Packs plain weights for the forward pass.
  public func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack_forward($0, plain, floats(packed)) }
  }

  /// Packs plain weights for the data gradient.
  public func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack_data($0, plain, floats(packed)) }
  }

  /// output = input ∗ weights; a part is a share of the rows of tiles.
  public func forward(
    _ input: UnsafePointer<zoo_source>, weights: UnsafeRawPointer, output: UnsafePointer<zoo_target>,
    part: Int, parts: Int, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: shape) {
      kernels.pointee.forward($0, input, floats(weights), output, Int64(part), Int64(parts), scratch)
    }
  }

  /// The gradients of the weights and, unless they are nil, of the input and the bias.
  public func backward(
    _ input: UnsafePointer<zoo_source>, outputGradient: UnsafePointer<zoo_source>, weights: UnsafeRawPointer?,
    inputGradient: UnsafePointer<zoo_sink>?, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, accumulates: Bool, scratch: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: shape) {
      if let weights, let inputGradient {
        kernels.pointee.data_gradient($0, outputGradient, floats(weights), inputGradient, 0, 1, scratch)
      }
      kernels.pointee.weight_gradient(
        $0, input, outputGradient, weightGradient, biasGradient, accumulates ? 1 : 0, scratch)
    }
  }

  private func floats(_ packed: UnsafeRawPointer) -> UnsafePointer<Float> {
    packed.assumingMemoryBound(to: Float.self)
  }

  private func floats(_ packed: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Float> {
    packed.assumingMemoryBound(to: Float.self)
  }
}
