internal import CBatch
public import CKernels

/// A convolution of a group of samples at once, for small volumes with many channels: weights are read once a group, and taps
/// outside the volume cost nothing.
///
/// First every sample's input, or its output's gradient, is gathered into rows; then a pass goes over all of them. Parts of a pass
/// are for threads with a scratch each: they write to channels of their own, the same bits whatever the number of parts. With
/// `bf16`, operands are rounded to bf16 before they are multiplied where the processor has such products, whatever the tensors are
/// kept as; sums are f32.
///
/// A call may be for fewer `samples` than the shape was made for, with rows laid out for that many.
public final class BatchConvolution {
  /// Samples of a group, at most.
  public let samples: Int
  private let kernels: UnsafePointer<zoo_batch>
  private let shape: zoo_batch_shape
  private let hasDataGradient: Bool
  private let hasWeightGradient: Bool

  /// Takes a shape, or is nil where it does not fit or the processor lacks the instructions: no groups, channels in blocks of 16, 512
  /// taps at most.
  ///
  /// `lanes` bounds the floats of a vector: 16 for AVX-512 where there is, 8 for AVX2. `bf16` takes AVX512_BF16 where there is.
  public init?(
    _ shape: ConvolutionShape, samples: Int, dataGradient: Bool, weightGradient: Bool, bf16: Bool = false,
    lanes: Int = 16
  ) {
    guard let own = zoo_batch_shape(shape, samples: samples),
      let kernels = zoo_batch_select(Int32(lanes), bf16 ? 1 : 0)
    else { return nil }
    self.samples = samples
    self.kernels = kernels
    self.shape = own
    hasDataGradient = dataGradient
    hasWeightGradient = weightGradient
  }

  /// The instructions used.
  public var name: String { String(cString: kernels.pointee.name) }
  /// Bytes of the packed forward weights.
  public var forwardBytes: Int { ask(kernels.pointee.packed_bytes) }
  /// Bytes of the packed data-gradient weights, 0 where nobody wants it.
  public var dataBytes: Int { hasDataGradient ? forwardBytes : 0 }
  /// Bytes of a weight gradient, plain, 0 where nobody wants it.
  public var gradientBytes: Int { hasWeightGradient ? shape.weightBytes : 0 }
  /// Bytes of the rows of all samples' inputs.
  public var inputBytes: Int { ask(kernels.pointee.input_bytes) }
  /// Bytes of the rows of all samples' output gradients.
  public var outputBytes: Int { ask(kernels.pointee.output_bytes) }
  /// Bytes of scratch that a worker lends to a call.
  public var scratchBytes: Int { ask(kernels.pointee.scratch_bytes) }
  /// How many parts of the forward pass or the weight gradient can do something.
  public var outputParts: Int { ask(kernels.pointee.output_parts) }
  /// How many parts of the data gradient can do something.
  public var inputParts: Int { ask(kernels.pointee.input_parts) }

  /// Packs plain weights for the forward pass.
  public func packForward(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withShape(samples) { kernels.pointee.pack_forward($0, plain, packed) }
  }

  /// Packs plain weights for the data gradient.
  public func packData(_ plain: UnsafePointer<Float>, into packed: UnsafeMutableRawPointer) {
    withShape(samples) { kernels.pointee.pack_data($0, plain, packed) }
  }

  /// One sample's input into the rows of `samples`.
  public func gatherInput(
    _ source: UnsafePointer<zoo_source>, sample: Int, samples: Int, into rows: UnsafeMutableRawPointer
  ) {
    withShape(samples) { kernels.pointee.gather_input($0, source, Int64(sample), rows) }
  }

  /// One sample's output gradient into the rows of `samples`.
  public func gatherGradient(
    _ source: UnsafePointer<zoo_source>, sample: Int, samples: Int, into rows: UnsafeMutableRawPointer
  ) {
    withShape(samples) { kernels.pointee.gather_gradient($0, source, Int64(sample), rows) }
  }

  /// outputs = inputs ∗ weights, with the bias as the targets' shift; a target for each sample.
  public func forward(
    _ rows: UnsafeRawPointer, weights: UnsafeRawPointer, outputs: UnsafePointer<zoo_target>, samples: Int,
    part: Int, parts: Int, scratch: UnsafeMutableRawPointer
  ) {
    withShape(samples) {
      kernels.pointee.forward($0, rows, weights, outputs, Int64(part), Int64(parts), scratch)
    }
  }

  /// The gradients of the inputs from those of the outputs; a sink for each sample.
  public func dataGradient(
    _ rows: UnsafeRawPointer, weights: UnsafeRawPointer, inputGradients: UnsafePointer<zoo_sink>,
    samples: Int, part: Int, parts: Int, scratch: UnsafeMutableRawPointer
  ) {
    withShape(samples) {
      kernels.pointee.data_gradient(
        $0, rows, weights, inputGradients, Int64(part), Int64(parts), scratch)
    }
  }

  /// The gradients of the plain weights and, unless it is nil, of the bias: sums over the samples.
  ///
  /// With `accumulates`, they are added to what is there.
  public func weightGradient(
    _ rows: UnsafeRawPointer, outputGradients: UnsafeRawPointer, gradient: UnsafeMutablePointer<Float>,
    biasGradient: UnsafeMutablePointer<Float>?, accumulates: Bool, samples: Int, part: Int, parts: Int,
    scratch: UnsafeMutableRawPointer
  ) {
    withShape(samples) {
      kernels.pointee.weight_gradient(
        $0, rows, outputGradients, gradient, biasGradient, accumulates ? 1 : 0, Int64(part), Int64(parts),
        scratch)
    }
  }

  private func ask(_ question: (UnsafePointer<zoo_batch_shape>?) -> Int64) -> Int {
    withUnsafePointer(to: shape) { Int(question($0)) }
  }

  private func withShape(_ samples: Int, _ call: (UnsafePointer<zoo_batch_shape>) -> Void) {
    var shape = shape
    shape.samples = Int64(samples)
    withUnsafePointer(to: shape, call)
  }
}
