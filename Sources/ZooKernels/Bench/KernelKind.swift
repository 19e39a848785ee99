/// The ways to compute a convolution, to be held against each other.
public enum KernelKind: String, CaseIterable, Sendable {
  /// Fused, from a plain input.
  case stem
  /// Fused, 1³.
  case pointwise
  /// Fused, Winograd's with tiles of 4³.
  case winograd4
  /// Fused, Winograd's with tiles of 2³.
  case winograd2
  /// Groups of samples at once, as large as in a batch.
  case batch
  /// Fused, some planes of a sample at a time.
  case slabs
  /// oneDNN's.
  case onednn

  /// Makes the kernel, or gives nil where it does not fit the shape or this processor.
  func make(
    _ shape: ConvolutionShape, samples: Int, dataGradient: Bool, weightGradient: Bool, bf16: Bool,
    engine: OneDNNEngine
  ) throws -> ChosenConvolution? {
    func winograd(_ tile: WinogradConvolution.Tile) -> ChosenConvolution? {
      WinogradConvolution(
        shape, tile: tile, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16
      ).map { .fused($0) }
    }
    switch self {
    case .stem:
      return StemConvolution(shape, dataGradient: dataGradient, weightGradient: weightGradient).map {
        .fused($0)
      }
    case .pointwise:
      return PointwiseConvolution(
        shape, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16
      ).map { .fused($0) }
    case .winograd4: return winograd(.four)
    case .winograd2: return winograd(.two)
    case .batch:
      return BatchConvolution(
        shape, samples: ConvolutionKernels.group(of: samples, for: shape, bf16: bf16) ?? 1,
        dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16
      ).map { .batch($0) }
    case .slabs:
      return SlabConvolution(shape, dataGradient: dataGradient, weightGradient: weightGradient).map {
        .fused($0)
      }
    case .onednn:
      return .plain(
        try OneDNNConvolution(
          shape, dataGradient: dataGradient, weightGradient: weightGradient, workers: 1, engine: engine,
          path: "\(shape.inputChannels) to \(shape.outputChannels) channels"))
    }
  }
}
