internal import CBatch
public import CKernels

/// A convolution of one sample, some planes at a time: any kernel, stride, dilation and padding, volumes of any size.
///
/// A slab's rows stay in a core's own cache, where those of a plane fit there, until all output channels have read them. The kernels
/// are those of `BatchConvolution`, with a slab in place of a group of samples; operands and sums are f32.
public final class SlabConvolution: FusedConvolution {
  /// Planes that are made, and all planes of the other side that they meet.
  private struct Slab {
    var shape: zoo_batch_shape
    /// First voxels of the slab.
    let input: Int
    let output: Int

    /// Bytes that a pass goes over again and again: the rows of both sides, and lists of which of them meet.
    var bytes: Int {
      let (inputs, outputs) = (
        shape.input.0 * shape.input.1 * shape.input.2, shape.output.0 * shape.output.1 * shape.output.2
      )
      let taps = shape.kernel.0 * shape.kernel.1 * shape.kernel.2
      return Int(4 * (shape.input_channels * inputs + shape.output_channels * outputs) + 8 * taps * outputs)
    }
  }

  private let kernels: UnsafePointer<zoo_batch>
  private let shape: zoo_batch_shape
  private let outputSlabs: [Slab]
  private let inputSlabs: [Slab]
  private let hasDataGradient: Bool
  private let hasWeightGradient: Bool
  private let inputBytes: Int
  private let outputBytes: Int
  private let callBytes: Int

  /// Takes a shape, or is nil where it does not fit or the processor lacks the instructions: no groups, channels in blocks of 16, 512
  /// taps at most.
  ///
  /// `lanes` bounds the floats of a vector: 16 for AVX-512 where there is, 8 for AVX2. A slab has so many `bytes` at most, unless a
  /// plane has more: half of the smallest second-level cache, and anything from 64 kB to 1 MB is as fast with one of 512 kB.
  public init?(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, lanes: Int = 16,
    bytes: Int = 128 << 10
  ) {
    guard let own = zoo_batch_shape(shape, samples: 1), let kernels = zoo_batch_select(Int32(lanes), 0) else {
      return nil
    }
    self.kernels = kernels
    self.shape = own
    hasDataGradient = dataGradient
    hasWeightGradient = weightGradient
    let outputs = Self.slabs(of: shape.output[0], within: bytes) { Self.slab(of: own, outputs: $0) }
    let inputs =
      dataGradient
      ? Self.slabs(of: shape.input[0], within: bytes) { Self.slab(of: own, inputs: $0) } : []
    func most(_ question: (UnsafePointer<zoo_batch_shape>?) -> Int64) -> Int {
      (outputs + inputs).map { withUnsafePointer(to: $0.shape) { Int(question($0)) } }.max() ?? 0
    }
    (outputSlabs, inputSlabs) = (outputs, inputs)
    inputBytes = most(kernels.pointee.input_bytes)
    outputBytes = dataGradient || weightGradient ? most(kernels.pointee.output_bytes) : 0
    callBytes = most(kernels.pointee.scratch_bytes)
  }

  /// The instructions used.
  public var name: String { String(cString: kernels.pointee.name).replacing("batch", with: "slabs") }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { withUnsafePointer(to: shape) { Int(kernels.pointee.packed_bytes($0)) } }
  /// Bytes of the packed data-gradient weights.
  public var dataBytes: Int { hasDataGradient ? forwardBytes : 0 }
  /// Bytes of a weight gradient, plain.
  public var gradientBytes: Int { hasWeightGradient ? shape.weightBytes : 0 }
  /// Bytes of a worker's scratch: a call's own, and the rows of a slab on both sides.
  public var scratchBytes: Int { callBytes + inputBytes + outputBytes }

  /// Packs plain weights for the forward pass.
  public func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack_forward($0, plain, packed) }
  }

  /// Packs plain weights for the data gradient.
  public func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withUnsafePointer(to: shape) { kernels.pointee.pack_data($0, plain, packed) }
  }

  /// output = input ∗ weights; a part is a share of the slabs.
  public func forward(
    _ input: UnsafePointer<zoo_source>, weights: UnsafeRawPointer, output: UnsafePointer<zoo_target>,
    part: Int, parts: Int, scratch: UnsafeMutableRawPointer
  ) {
    let rows = scratch + callBytes
    let count = outputSlabs.count
    for var slab in outputSlabs[count * part / parts..<count * (part + 1) / parts] {
      var source = input.pointee.from(slab.input)
      var target = output.pointee.from(slab.output)
      kernels.pointee.gather_input(&slab.shape, &source, 0, rows)
      kernels.pointee.forward(&slab.shape, rows, weights, &target, 0, 1, scratch)
    }
  }

  /// The gradients of the weights and, unless they are nil, of the input and the bias.
  public func backward(
    _ input: UnsafePointer<zoo_source>, outputGradient: UnsafePointer<zoo_source>, weights: UnsafeRawPointer?,
    inputGradient: UnsafePointer<zoo_sink>?, weightGradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, accumulates: Bool, scratch: UnsafeMutableRawPointer
  ) {
    let inputRows = scratch + callBytes
    let outputRows = inputRows + inputBytes
    if let weights, let inputGradient {
      for var slab in inputSlabs {
        var gradient = outputGradient.pointee.from(slab.output)
        var sink = inputGradient.pointee.from(slab.input)
        kernels.pointee.gather_gradient(&slab.shape, &gradient, 0, outputRows)
        kernels.pointee.data_gradient(&slab.shape, outputRows, weights, &sink, 0, 1, scratch)
      }
    }
    for (number, var slab) in outputSlabs.enumerated() {
      var source = input.pointee.from(slab.input)
      var gradient = outputGradient.pointee.from(slab.output)
      kernels.pointee.gather_input(&slab.shape, &source, 0, inputRows)
      kernels.pointee.gather_gradient(&slab.shape, &gradient, 0, outputRows)
      kernels.pointee.weight_gradient(
        &slab.shape, inputRows, outputRows, weightGradient, biasGradient,
        accumulates || number > 0 ? 1 : 0, 0, 1, scratch)
    }
  }

  /// Cuts so many planes into slabs of about the same thickness, as few as stay within a number of bytes.
  private static func slabs(of planes: Int, within bytes: Int, _ slab: (Range<Int>) -> Slab) -> [Slab] {
    func cut(_ count: Int) -> [Slab] {
      (0..<count).map { slab(planes * $0 / count..<planes * ($0 + 1) / count) }
    }
    let count = (1...planes).first { cut($0).allSatisfy { $0.bytes <= bytes } }
    return cut(count ?? planes)
  }

  /// Planes of the output with the planes of the input that they see.
  private static func slab(of shape: zoo_batch_shape, outputs: Range<Int>) -> Slab {
    let (stride, reach) = (Int(shape.stride.0), Int((shape.kernel.0 - 1) * shape.dilation.0))
    let first = outputs.lowerBound * stride - Int(shape.padding.0)
    let last = (outputs.upperBound - 1) * stride - Int(shape.padding.0) + reach
    return cut(shape, inputs: first..<last + 1, outputs: outputs)
  }

  /// Planes of the input with the planes of the output that see them.
  private static func slab(of shape: zoo_batch_shape, inputs: Range<Int>) -> Slab {
    let (stride, reach) = (Int(shape.stride.0), Int((shape.kernel.0 - 1) * shape.dilation.0))
    let padding = Int(shape.padding.0)
    let first = max(0, inputs.lowerBound + padding - reach) / stride
    let last = (inputs.upperBound - 1 + padding) / stride
    return cut(shape, inputs: inputs, outputs: first..<last + 1)
  }

  /// The part of a convolution that lies in these planes; at least one of each side.
  private static func cut(_ shape: zoo_batch_shape, inputs: Range<Int>, outputs: Range<Int>) -> Slab {
    func inside(_ planes: Range<Int>, _ count: Int64) -> Range<Int> {
      let first = min(max(0, planes.lowerBound), Int(count) - 1)
      return first..<max(first + 1, min(planes.upperBound, Int(count)))
    }
    let (inputs, outputs) = (inside(inputs, shape.input.0), inside(outputs, shape.output.0))
    var own = shape
    own.input.0 = Int64(inputs.count)
    own.output.0 = Int64(outputs.count)
    own.padding.0 += Int64(inputs.lowerBound) - Int64(outputs.lowerBound) * shape.stride.0
    return Slab(
      shape: own, input: inputs.lowerBound * Int(shape.input.1 * shape.input.2),
      output: outputs.lowerBound * Int(shape.output.1 * shape.output.2))
  }
}
