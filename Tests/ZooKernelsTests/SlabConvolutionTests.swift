import CKernels
import Testing
import ZooCore
import ZooKernels

/// Convolutions of some planes at a time against plain loops in double.
struct SlabConvolutionTests {
  /// Those of groups, and others: planes that nothing sees, slabs that divide nothing, padding on one side.
  static let cases =
    BatchConvolutionTests.cases + [
      BatchCase(1, 32, 16, [9, 7, 5], kernel: [3, 3, 3], stride: 2, padding: [1, 1, 1]),
      BatchCase(2, 16, 32, [8, 6, 4], kernel: [3, 3, 3], stride: 2, padding: [0, 0, 0], after: [1, 1, 1]),
      BatchCase(1, 16, 16, [8, 5, 7], kernel: [1, 1, 1], stride: 3, padding: [0, 0, 0]),
      BatchCase(1, 16, 32, [11, 3, 4], kernel: [3, 3, 3], dilation: 3, padding: [3, 3, 3]),
      BatchCase(1, 32, 16, [7, 9, 6], kernel: [5, 4, 2], stride: 3, padding: [2, 1, 1]),
      BatchCase(1, 48, 16, [12, 12, 12], kernel: [3, 3, 3], padding: [1, 1, 1]),
      BatchCase(1, 16, 16, [3, 4, 4], kernel: [2, 2, 2], stride: 2, padding: [3, 0, 0], after: [4, 0, 0]),
    ]

  /// Slabs of a plane, of some planes, and all of it at once.
  private static func kernels(_ shape: ConvolutionShape) -> [(name: String, kernel: SlabConvolution)] {
    [16, 8].flatMap { lanes in
      [1, 24 << 10, 1 << 30].compactMap { bytes in
        SlabConvolution(shape, dataGradient: true, weightGradient: true, lanes: lanes, bytes: bytes).map {
          ("\($0.name) of \(bytes) bytes", $0)
        }
      }
    }
  }

  @Test(
    "Outputs, gradients and statistics are those of the definition", arguments: cases, [ZOO_F32, ZOO_BF16])
  func definition(given: BatchCase, type: zoo_type) {
    let data = BatchData(given.shape, samples: given.samples, type, seed: Seed(25))
    let reference = BatchReference(data, bf16: false)
    for (name, kernel) in Self.kernels(given.shape) {
      BatchRun(kernel, data).expect(reference, data, name)
    }
  }

  @Test("The same bits in any number of parts", arguments: cases)
  func parts(given: BatchCase) {
    let data = BatchData(given.shape, samples: given.samples, ZOO_F32, seed: Seed(26))
    for (name, kernel) in Self.kernels(given.shape) {
      let whole = BatchRun(kernel, data).output
      for parts in [2, 3, 8] {
        #expect(BatchRun(kernel, data, parts: parts).output == whole, "\(name), \(parts) parts")
      }
    }
  }

  @Test("Shapes it does not take")
  func refusals() {
    var shapes = Array(repeating: Self.cases[1].shape, count: 4)
    shapes[0].groups = 2
    shapes[1].isInputPlain = true
    shapes[2].inputChannels = 24
    shapes[3].kernel = [9, 9, 9]
    for shape in shapes {
      #expect(SlabConvolution(shape, dataGradient: true, weightGradient: true) == nil)
    }
  }

  @Test("A pass that is not needed takes no memory")
  func passes() {
    let shape = ConvolutionShape.cube(32, 32, [4, 4, 4])
    func kernel(_ dataGradient: Bool, _ weightGradient: Bool) -> SlabConvolution? {
      SlabConvolution(shape, dataGradient: dataGradient, weightGradient: weightGradient)
    }
    guard let forward = kernel(false, false), let all = kernel(true, true) else {
      return  // a processor without AVX2
    }
    #expect(forward.forwardBytes == 32 * 32 * 27 * 4)
    #expect(forward.dataBytes == 0)
    #expect(forward.gradientBytes == 0)
    #expect(all.dataBytes == 32 * 32 * 27 * 4)
    #expect(all.gradientBytes == 32 * 32 * 27 * 4)
    // The rows of the output's gradient.
    #expect(all.scratchBytes == forward.scratchBytes + 64 * 32 * 4)
  }
}
