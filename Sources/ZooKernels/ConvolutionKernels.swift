/// The ways to compute a convolution, and the choice among them.
public enum ConvolutionKernels {
  /// Makes the fastest kernel for a shape and this processor; throws where none can run.
  ///
  /// `dataGradient` and `weightGradient` say which backward passes are needed, `bf16` whether products
  /// may be of bf16 values, `path` names the layer in errors.
  public static func choose(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, bf16: Bool, workers: Int,
    engine: OneDNNEngine, path: String
  ) throws -> ChosenConvolution {
    if let kernel = PointwiseConvolution(
      shape, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16)
    {
      return .fused(kernel)
    }
    if isWorthTransforming(shape),
      let kernel = WinogradConvolution(
        shape, tile: .four, dataGradient: dataGradient, weightGradient: weightGradient)
    {
      return .fused(kernel)
    }
    return .plain(
      try OneDNNConvolution(
        shape, dataGradient: dataGradient, weightGradient: weightGradient, workers: workers, engine: engine,
        path: path))
  }

  /// Whether there are tiles enough to pay for transformed weights.
  ///
  /// Measured on a Zen 5 with AVX-512, all passes: from 8 tiles (8³ voxels) on Winograd needs 0.3 to 0.7 of oneDNN's time, with
  /// 2 tiles and 128 channels 1.5. The bound on bytes keeps memory in proportion: at 8³ it ends between 128 and 256 channels.
  private static func isWorthTransforming(_ shape: ConvolutionShape) -> Bool {
    let tiles = shape.output.reduce(1, *) / 64
    return tiles >= 8 && shape.inputChannels * shape.outputChannels * 216 * 4 <= tiles << 21
  }
}
