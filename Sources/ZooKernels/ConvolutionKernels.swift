internal import CKernels

/// The ways to compute a convolution, and the choice among them.
public enum ConvolutionKernels {
  /// Makes the fastest kernel for a shape and this processor; throws where none can run.
  ///
  /// `dataGradient` and `weightGradient` say which backward passes are needed, `bf16` whether products
  /// may be of bf16 values, `kernels` which are asked for, `samples` how many there are in a batch if they can be taken at once,
  /// `path` names the layer in errors.
  public static func choose(
    _ shape: ConvolutionShape, dataGradient: Bool, weightGradient: Bool, bf16: Bool,
    kernels: KernelChoice = .auto, samples: Int?, workers: Int,
    engine: @autoclosure () throws -> OneDNNEngine, path: String
  ) throws -> ChosenConvolution {
    func oneDNN() throws -> ChosenConvolution {
      .plain(
        try OneDNNConvolution(
          shape, dataGradient: dataGradient, weightGradient: weightGradient, workers: workers,
          engine: engine(),
          path: path))
    }
    guard kernels == .auto else { return try oneDNN() }
    if let kernel = StemConvolution(shape, dataGradient: dataGradient, weightGradient: weightGradient) {
      return .fused(kernel)
    }
    if let kernel = PointwiseConvolution(
      shape, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16)
    {
      return .fused(kernel)
    }
    let batch = samples.flatMap { group(of: $0, for: shape, bf16: bf16) }.flatMap {
      BatchConvolution(
        shape, samples: $0, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16)
    }
    let winograd = bestTile(for: shape).flatMap {
      WinogradConvolution(
        shape, tile: $0, dataGradient: dataGradient, weightGradient: weightGradient, bf16: bf16)
    }
    // Tiles of 4³ are the fastest where they fit. Those of 2³ are it in f32 inference; in a gradient they are half as fast as all
    // samples at once (AVX-512; with AVX2 no faster at 4³), and taken only where these are not.
    let isTiled = winograd?.tile == .four || !weightGradient && !bf16
    if let winograd, batch == nil || isTiled { return .fused(winograd) }
    if let batch { return .batch(batch) }
    // Without AVX-512 oneDNN has to copy every sample first (Zen 3, f32, all passes, strides of 2 to 6³ … 32³ voxels: slabs take 0.6
    // to 0.9 of its time).
    if zoo_vector_lanes() < 16,
      let slabs = SlabConvolution(shape, dataGradient: dataGradient, weightGradient: weightGradient)
    {
      return .fused(slabs)
    }
    return try oneDNN()
  }

  /// Samples that a kernel for all of them should take at once; nil where one at a time is as fast.
  ///
  /// The fewer voxels a sample has, the more a kernel gains by reading weights once for all; rows of a group should stay in the
  /// caches. Without such a kernel, products are of f32; those of bf16 gain in larger volumes too.
  static func group(of samples: Int, for shape: ConvolutionShape, bf16: Bool) -> Int? {
    let lanes = zoo_vector_lanes()
    let voxels = shape.output.reduce(1, *)
    let bytes = 4 * (shape.inputChannels * shape.input.reduce(1, *) + shape.outputChannels * voxels)
    let most = bf16 && lanes >= 16 && zoo_has_bf16() != 0 ? 512 : 64
    return voxels <= most ? max(1, min(samples, (lanes >= 16 ? 16 << 20 : 4 << 20) / bytes)) : nil
  }

  /// The tile whose transforms pay, or nil where the direct way is faster.
  ///
  /// Measured against oneDNN on a Zen 4 with AVX-512, f32, 16 samples a packing, all passes: tiles of 4³ are 3.2 to 5.1 times as
  /// fast from 14³ voxels on and 2.5 to 3.4 times at 8³, tiles of 2³ 1.6 to 2.7 times. Voxels that tiles compute outside the volume
  /// count as much as others (5³: 0.8). Transformed weights want work to pay for them: below 8 tiles of 4³ they do not (4³: 0.6 to
  /// 0.9), below 64 tiles of 2³ where channels are many (4³: 0.8 with 64 and 16 channels, 1.1 to 1.3 with 64 to 512 on both
  /// sides), at 2³ never. The bound on bytes keeps the memory of weights in proportion: at 8³ it ends between 256 and 512 channels.
  private static func bestTile(for shape: ConvolutionShape) -> WinogradConvolution.Tile? {
    func tiles(_ edge: Int) -> Int { shape.output.reduce(1) { $0 * (($1 + edge - 1) / edge) } }
    let (fours, twos) = (tiles(4), tiles(2))
    let products = shape.inputChannels * shape.outputChannels
    // Voxels that the direct way does in the same time.
    let direct = Double(shape.output.reduce(1, *))
    let byFour = Double(fours * 64) / 3.5
    let byTwo = Double(twos * 8) / 1.7
    if fours >= 8, byFour < min(direct, byTwo), products * 216 * 4 <= fours << 23 { return .four }
    if twos >= (products >= 64 * 64 ? 8 : 64), byTwo < direct { return .two }
    return nil
  }
}
