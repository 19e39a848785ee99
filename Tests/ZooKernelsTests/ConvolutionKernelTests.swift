import Testing
import ZooCore
import ZooKernels

/// oneDNN's convolutions against the definition, in double.
struct ConvolutionKernelTests {
  static let shapes: [ConvolutionShape] = [
    .cube(16, 16, [4, 4, 4]), .cube(64, 16, [4, 4, 4]), .cube(16, 64, [8, 8, 8]), .cube(64, 16, [8, 8, 8]),
    .cube(64, 16, [16, 16, 16]), .cube(16, 16, [4, 12, 8]), .cube(128, 16, [8, 4, 4]),
    .cube(48, 80, [12, 20, 24]), .cube(32, 32, [32, 32, 32]),
  ]

  private static func kernel(for shape: ConvolutionShape) throws -> OneDNNConvolution {
    try OneDNNConvolution(
      shape, dataGradient: true, weightGradient: true, workers: 2, engine: OneDNNEngine(), path: "test")
  }

  @Test("Outputs and gradients are those of the definition", arguments: shapes)
  func definition(shape: ConvolutionShape) throws {
    let sample = Sample(shape, seed: Seed(7))
    let run = try KernelRun(Self.kernel(for: shape), sample, worker: 0)
    try #require(run.isComplete)
    let errors = ConvolutionErrors(run, sample)
    #expect(errors.output <= 3e-6)
    #expect(errors.inputGradient <= 3e-6)
    #expect(errors.corners <= 3e-6)
    #expect(errors.weightGradient <= 3e-6)
    // It adds up a whole volume in single precision.
    #expect(errors.biasGradient <= 1e-5)
  }

  @Test("Workers compute the same bits")
  func workers() throws {
    let sample = Sample(.cube(32, 48, [8, 12, 8]), seed: Seed(9))
    let kernel = try Self.kernel(for: sample.shape)
    let (first, second) = (
      try KernelRun(kernel, sample, worker: 0), try KernelRun(kernel, sample, worker: 1)
    )
    #expect(first.output == second.output)
    #expect(first.inputGradient == second.inputGradient)
    #expect(first.weightGradient == second.weightGradient)
    #expect(first.biasGradient == second.biasGradient)
  }
}

extension ConvolutionShape {
  /// A 3 × 3 × 3 window with padding 1 and a bias.
  static func cube(_ inputs: Int, _ outputs: Int, _ size: [Int]) -> ConvolutionShape {
    ConvolutionShape(
      inputChannels: inputs, outputChannels: outputs, groups: 1, input: size, output: size,
      kernel: [3, 3, 3], stride: [1, 1, 1], dilation: [1, 1, 1], paddingBefore: [1, 1, 1],
      paddingAfter: [1, 1, 1], hasBias: true, isInputPlain: false)
  }
}
