internal import CBatch
public import CKernels

/// A convolution of one sample, some planes at a time: any kernel, stride, dilation and padding, volumes of any size.
///
/// A slab's rows stay in a core's own cache, where those of a plane fit there, until all output channels have read them. The kernels
/// are those of `BatchConvolution`, with a slab in place of a group of samples; operands and sums are f32.
public final class SlabConvolution: FusedConvolution {
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
    let outputs = Slab.ofOutputs(own, within: bytes)
    let inputs = dataGradient ? Slab.ofInputs(own, within: bytes) : []
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
}
