import Testing
import ZooCore
import ZooKernels

/// Convolutions of 1 × 1 × 1 against plain loops in double.
struct PointwiseConvolutionTests {
  /// Sizes that tiles of 64 voxels do not divide, and channels that panels of 64 do not.
  static let shapes: [ConvolutionShape] = [
    .pointwise(16, 48, [1, 1, 1]), .pointwise(224, 80, [3, 3, 3]), .pointwise(48, 16, [7, 7, 7]),
    .pointwise(80, 224, [4, 5, 6]), .pointwise(64, 64, [10, 10, 10]),
  ]

  private static func kernels(for shape: ConvolutionShape) -> [PointwiseConvolution] {
    [(16, false), (8, false), (16, true)].compactMap { lanes, bf16 in
      PointwiseConvolution(shape, dataGradient: true, weightGradient: true, bf16: bf16, lanes: lanes)
    }
  }

  @Test("Outputs and gradients are those of the definition", arguments: shapes)
  func definition(shape: ConvolutionShape) {
    for kernel in Self.kernels(for: shape) {
      let data = PointwiseData(shape, seed: Seed(11))
      let run = PointwiseRun(kernel, data)
      let reference = PointwiseReference(data, bf16: kernel.name.contains("bf16"))
      check(run.output, reference.output, "\(kernel.name), output")
      check(run.inputGradient, reference.inputGradient, "\(kernel.name), input gradient")
      check(run.weightGradient, reference.weightGradient, "\(kernel.name), weight gradient")
      check(run.biasGradient, reference.biasGradient, "\(kernel.name), bias gradient")
    }
  }

  /// Within 1e-6 of the sum of the magnitudes that a value is made of.
  private func check(_ values: [Float], _ expected: [PointwiseReference.Total], _ what: String) {
    #expect(values.count == expected.count, "\(what): something was written behind it")
    let wrong = zip(values, expected).first {
      !(abs(Double($0) - $1.sum) <= 1e-6 * $1.magnitude + 1e-7)
    }
    #expect(wrong == nil, "\(what)")
  }

  @Test("The same bits in any number of parts", arguments: shapes)
  func parts(shape: ConvolutionShape) {
    for kernel in Self.kernels(for: shape) {
      let data = PointwiseData(shape, seed: Seed(12))
      let whole = PointwiseRun(kernel, data).output
      for parts in [2, 3, 8] { #expect(PointwiseRun(kernel, data, parts: parts).output == whole, "\(parts)") }
    }
  }

  @Test("Shapes it does not take")
  func refusals() {
    var shapes = Array(repeating: ConvolutionShape.pointwise(32, 32, [4, 4, 4]), count: 6)
    shapes[0].kernel = [3, 1, 1]
    shapes[1].stride = [2, 2, 2]
    shapes[1].output = [2, 2, 2]
    shapes[2].groups = 2
    shapes[3].isInputPlain = true
    shapes[4].inputChannels = 3
    shapes[5].paddingBefore = [1, 0, 0]
    shapes[5].output = [5, 4, 4]
    for shape in shapes {
      #expect(PointwiseConvolution(shape, dataGradient: true, weightGradient: true) == nil)
    }
  }

  @Test("A pass that is not needed takes no memory")
  func passes() {
    let shape = ConvolutionShape.pointwise(32, 48, [4, 4, 4])
    guard let kernel = PointwiseConvolution(shape, dataGradient: false, weightGradient: false) else { return }
    #expect(kernel.forwardBytes == 32 * 48 * 4)
    #expect(kernel.dataBytes == 0)
    #expect(kernel.gradientBytes == 0)
  }
}

extension ConvolutionShape {
  /// A single tap, stride 1, with a bias.
  static func pointwise(_ inputs: Int, _ outputs: Int, _ size: [Int]) -> ConvolutionShape {
    ConvolutionShape(
      inputChannels: inputs, outputChannels: outputs, groups: 1, input: size, output: size,
      kernel: [1, 1, 1], stride: [1, 1, 1], dilation: [1, 1, 1], paddingBefore: [0, 0, 0],
      paddingAfter: [0, 0, 0], hasBias: true, isInputPlain: false)
  }
}
