/// The way chosen to compute a convolution.
public enum ChosenConvolution {
  /// Reads and writes whole f32 tensors.
  case plain(any ConvolutionKernel)
  /// Reads and writes tensors as they are kept, with what stands before and after it.
  case fused(any FusedConvolution)
  /// The same, for all samples of a batch at once.
  case batch(BatchConvolution)

  /// What computes it, for tables.
  public var name: String {
    switch self {
    case .plain(let kernel): kernel.name
    case .fused(let kernel): kernel.name
    case .batch(let kernel): kernel.name
    }
  }

  /// Bytes of the weights packed for the forward pass.
  public var forwardBytes: Int {
    switch self {
    case .plain(let kernel): kernel.forwardBytes
    case .fused(let kernel): kernel.forwardBytes
    case .batch(let kernel): kernel.forwardBytes
    }
  }

  /// Bytes of the weights packed for the data gradient.
  public var dataBytes: Int {
    switch self {
    case .plain(let kernel): kernel.dataBytes
    case .fused(let kernel): kernel.dataBytes
    case .batch(let kernel): kernel.dataBytes
    }
  }

  /// Bytes of a packed weight gradient.
  public var gradientBytes: Int {
    switch self {
    case .plain(let kernel): kernel.gradientBytes
    case .fused(let kernel): kernel.gradientBytes
    case .batch(let kernel): kernel.gradientBytes
    }
  }

  /// Bytes of scratch that a worker lends to a call.
  public var scratchBytes: Int {
    switch self {
    case .plain(let kernel): kernel.scratchBytes
    case .fused(let kernel): kernel.scratchBytes
    case .batch(let kernel): kernel.scratchBytes
    }
  }

  /// How often it copied a sample into another layout.
  public var reorders: Int {
    guard case .plain(let kernel) = self, let kernel = kernel as? OneDNNConvolution else { return 0 }
    return kernel.reorders
  }
}
