import CKernels
import Testing
import ZooCore
import ZooKernels

/// Winograd's convolutions against the definition, in double, with normalisation and activation around them.
struct WinogradConvolutionTests {
  /// Sizes that tiles divide, and others: smaller than a tile, one more, one less.
  static let shapes: [ConvolutionShape] = [
    .cube(16, 16, [4, 4, 4]), .cube(16, 64, [8, 8, 8]), .cube(64, 16, [16, 16, 16]),
    .cube(16, 16, [1, 1, 1]),
    .cube(48, 80, [5, 7, 9]), .cube(128, 16, [2, 3, 33]), .cube(32, 32, [14, 14, 14]),
    .cube(16, 32, [28, 28, 28]), .cube(64, 64, [6, 6, 6]), .cube(16, 16, [3, 40, 4]),
    .cube(64, 64, [32, 32, 32]),
  ]

  private static func kernels(for shape: ConvolutionShape, bf16: Bool = false) -> [WinogradConvolution] {
    WinogradConvolution.Tile.allCases.flatMap { tile in
      [16, 8].compactMap {
        WinogradConvolution(
          shape, tile: tile, dataGradient: true, weightGradient: true, bf16: bf16, lanes: $0)
      }
    }
  }

  @Test("Outputs and gradients of f32 tensors are those of the definition", arguments: shapes)
  func single(shape: ConvolutionShape) throws {
    let stored = StoredSample(shape, ZOO_F32, seed: Seed(7))
    for kernel in Self.kernels(for: shape) {
      let run = KernelRun(kernel, stored)
      try #require(run.isComplete, "\(kernel.name)")
      let errors = ConvolutionErrors(run, stored.seen)
      #expect(errors.output <= 3e-6, "\(kernel.name)")
      #expect(errors.inputGradient <= 3e-6, "\(kernel.name)")
      // Looser, for values are small in corners, where a tile rounds most.
      #expect(errors.corners <= 1e-5, "\(kernel.name)")
      #expect(errors.weightGradient <= 3e-6, "\(kernel.name)")
      #expect(errors.biasGradient <= 1e-6, "\(kernel.name)")
    }
  }

  @Test("Those of bf16 tensors are rounded to bf16, and no worse", arguments: shapes)
  func half(shape: ConvolutionShape) throws {
    let stored = StoredSample(shape, ZOO_BF16, seed: Seed(8))
    for kernel in Self.kernels(for: shape) {
      let run = KernelRun(kernel, stored)
      try #require(run.isComplete, "\(kernel.name)")
      let errors = ConvolutionErrors(run, stored.seen)
      #expect(errors.output <= 3e-3, "\(kernel.name)")
      #expect(errors.inputGradient <= 3e-3, "\(kernel.name)")
      #expect(errors.corners <= 3e-3, "\(kernel.name)")
      #expect(errors.weightGradient <= 3e-6, "\(kernel.name)")
      #expect(errors.biasGradient <= 1e-6, "\(kernel.name)")
    }
  }

  @Test("Products of 16-bit integers round about as those of bf16 values do", arguments: shapes)
  func integers(shape: ConvolutionShape) throws {
    let stored = StoredSample(shape, ZOO_F32, seed: Seed(10))
    for kernel in Self.kernels(for: shape, bf16: true) where kernel.name.contains("vnni") {
      let run = KernelRun(kernel, stored)
      try #require(run.isComplete, "\(kernel.name)")
      let errors = ConvolutionErrors(run, stored.seen)
      #expect(errors.output <= 3e-3, "\(kernel.name)")
      #expect(errors.inputGradient <= 3e-3, "\(kernel.name)")
      #expect(errors.corners <= 1e-2, "\(kernel.name)")
      #expect(errors.weightGradient <= 3e-3, "\(kernel.name)")
      #expect(errors.biasGradient <= 1e-6, "\(kernel.name)")
    }
  }

  @Test("The same bits in any number of parts", arguments: shapes)
  func parts(shape: ConvolutionShape) {
    let stored = StoredSample(shape, ZOO_F32, seed: Seed(9))
    for kernel in Self.kernels(for: shape) + Self.kernels(for: shape, bf16: true) {
      let whole = KernelRun(kernel, stored).output
      for parts in [2, 3, 8] { #expect(KernelRun(kernel, stored, parts: parts).output == whole, "\(parts)") }
    }
  }

  @Test("A pass that is not needed takes no memory", arguments: WinogradConvolution.Tile.allCases)
  func passes(tile: WinogradConvolution.Tile) {
    let shape = ConvolutionShape.cube(16, 16, [8, 8, 8])
    let kernel = WinogradConvolution(shape, tile: tile, dataGradient: false, weightGradient: false)
    guard let kernel else { return }  // a processor without AVX2
    #expect(kernel.dataBytes == 0)
    #expect(kernel.gradientBytes == 0)
    // A matrix of channels for each of the (edge + 2)³ frequencies, a little apart.
    let matrices = (tile == .two ? 64 : 216) * 256 * 4
    #expect((matrices..<matrices * 9 / 8).contains(kernel.forwardBytes))
  }
}
