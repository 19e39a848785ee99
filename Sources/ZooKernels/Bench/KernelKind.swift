/// The ways to compute a convolution, to be held against each other.
public enum KernelKind: String, CaseIterable, Sendable {
  /// Fused, 1³.
  case pointwise
  /// Fused, Winograd's with tiles of 4³.
  case winograd4
  /// Fused, Winograd's with tiles of 2³.
  case winograd2
  /// oneDNN's.
  case onednn

  /// Makes the kernel, or gives nil where it does not fit the shape or this processor.
  func make(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, bf16: Bool, engine: OneDNNEngine
  ) throws -> ChosenConvolution? {
    func winograd(_ tile: WinogradConvolution.Tile) -> ChosenConvolution? {
      WinogradConvolution(shape, tile: tile, dataGradient: dataGradient, weightGradient: weightGradient)
        .map { .fused($0) }
    }
    switch self {
    case .pointwise:
      return PointwiseConvolution(
        shape, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16
      ).map { .fused($0) }
    case .winograd4: return winograd(.four)
    case .winograd2: return winograd(.two)
    case .onednn:
      return .plain(
        try OneDNNConvolution(
          shape, dataGradient: dataGradient, weightGradient: weightGradient, workers: 1, engine: engine,
          path: "\(shape.inputChannels) to \(shape.outputChannels) channels"))
    }
  }
}
