import Testing
import ZooCore
import ZooKernels

/// Every kernel against the definition, in double.
struct ConvolutionKernelTests {
  static let shapes: [ConvolutionShape] = [
    .cube(16, 16, [4, 4, 4]), .cube(64, 16, [4, 4, 4]), .cube(16, 64, [8, 8, 8]), .cube(64, 16, [8, 8, 8]),
    .cube(64, 16, [16, 16, 16]), .cube(16, 16, [4, 12, 8]), .cube(128, 16, [8, 4, 4]),
    .cube(48, 80, [12, 20, 24]), .cube(32, 32, [32, 32, 32]),
  ]

  /// Root of the mean squared error over that of the values.
  private struct Errors {
    var squares = 0.0
    var reference = 0.0
    mutating func add(_ values: [Float], _ place: Int?, _ expected: Double) {
      guard let place else { return }
      let error = Double(values[place]) - expected
      squares += error * error
      reference += expected * expected
    }
    var relative: Double { (squares / reference).squareRoot() }
  }

  private static func kernels(for shape: ConvolutionShape) throws -> [any ConvolutionKernel] {
    let oneDNN = try OneDNNConvolution(
      shape, dataGradient: true, weightGradient: true, workers: 2, engine: OneDNNEngine(), path: "test")
    let winograd = [16, 8].compactMap {
      WinogradConvolution(shape, dataGradient: true, weightGradient: true, lanes: $0)
    }
    return [oneDNN] + winograd
  }

  @Test("Outputs and gradients are those of the definition", arguments: shapes)
  func definition(shape: ConvolutionShape) throws {
    let sample = Sample(shape, seed: Seed(7))
    let direct = DirectConvolution(sample)
    for kernel in try Self.kernels(for: shape) {
      let run = try KernelRun(kernel, sample, worker: 0)
      let all = [run.output, run.inputGradient, run.weightGradient, run.biasGradient]
      try #require(all.allSatisfy { !$0.isEmpty }, "\(kernel.name) wrote past the end")
      #expect(all.allSatisfy { $0.allSatisfy(\.isFinite) }, "\(kernel.name) leaves values unwritten")
      check(run, sample, direct, kernel)
    }
  }

  private func check(
    _ run: KernelRun, _ sample: Sample, _ direct: DirectConvolution, _ kernel: any ConvolutionKernel
  ) {
    let shape = sample.shape
    var random = Seed(8).stream()
    var (forward, data, corners, weights, bias) = (Errors(), Errors(), Errors(), Errors(), Errors())
    func pair() -> (o: Int, i: Int) {
      (random.index(below: shape.outputChannels), random.index(below: shape.inputChannels))
    }
    for _ in 0..<600 {
      let at = shape.input.map { random.index(below: $0) }
      let (o, i) = pair()
      forward.add(run.output, direct.offset(o, at), direct.output(sample, o, at))
      data.add(run.inputGradient, direct.offset(i, at), direct.inputGradient(sample, i, at))
    }
    for number in 0..<64 {
      let at = (0..<3).map { axis in number >> axis & 1 == 0 ? 0 : shape.input[axis] - 1 }
      let (o, i) = pair()
      corners.add(run.output, direct.offset(o, at), direct.output(sample, o, at))
      corners.add(run.inputGradient, direct.offset(i, at), direct.inputGradient(sample, i, at))
    }
    for tap in 0..<27 {
      let (o, i) = pair()
      let place = (o * shape.inputChannels + i) * 27 + tap
      weights.add(run.weightGradient, place, direct.weightGradient(sample, o, i, tap))
    }
    for o in 0..<16 { bias.add(run.biasGradient, o, direct.biasGradient(sample, o)) }
    #expect(forward.relative <= 3e-6, "\(kernel.name)")
    #expect(data.relative <= 3e-6, "\(kernel.name)")
    // The padding; looser, for values are small in corners, where a tile rounds most.
    #expect(corners.relative <= 1e-5, "\(kernel.name)")
    #expect(weights.relative <= 3e-6, "\(kernel.name)")
    // oneDNN adds up a whole volume in single precision.
    #expect(bias.relative <= (kernel is OneDNNConvolution ? 1e-5 : 1e-6), "\(kernel.name)")
  }

  @Test("Workers compute the same bits")
  func workers() throws {
    let sample = Sample(.cube(32, 48, [8, 12, 8]), seed: Seed(9))
    for kernel in try Self.kernels(for: sample.shape) {
      let (first, second) = (
        try KernelRun(kernel, sample, worker: 0), try KernelRun(kernel, sample, worker: 1)
      )
      #expect(first.output == second.output)
      #expect(first.inputGradient == second.inputGradient)
      #expect(first.weightGradient == second.weightGradient)
      #expect(first.biasGradient == second.biasGradient)
    }
  }

  @Test("A pass that is not needed takes no memory")
  func passes() throws {
    let kernel = WinogradConvolution(.cube(16, 16, [8, 8, 8]), dataGradient: false, weightGradient: false)
    guard let kernel else { return }  // a processor without AVX2
    #expect(kernel.dataBytes == 0)
    #expect(kernel.gradientBytes == 0)
    #expect(kernel.forwardBytes == 216 * 256 * 4)
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
