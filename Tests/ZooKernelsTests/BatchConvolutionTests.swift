import CKernels
import Testing
import ZooCore
import ZooKernels

/// Convolutions of a group of samples against plain loops in double.
struct BatchConvolutionTests {
  static let cases: [BatchCase] = [
    BatchCase(13, 16, 48, [2, 2, 2], kernel: [3, 3, 3], padding: [1, 1, 1]),
    BatchCase(8, 32, 32, [4, 4, 4], kernel: [3, 3, 3], padding: [1, 1, 1]),
    BatchCase(3, 144, 16, [3, 5, 2], kernel: [3, 3, 3], padding: [1, 1, 1]),
    BatchCase(1, 48, 80, [3, 5, 2], kernel: [3, 1, 2], padding: [1, 0, 0], after: [1, 0, 1]),
    BatchCase(3, 32, 48, [4, 4, 4], kernel: [3, 3, 3], stride: 2, padding: [1, 1, 1]),
    BatchCase(8, 16, 32, [5, 4, 3], kernel: [3, 3, 3], stride: 2, padding: [1, 1, 1]),
    BatchCase(13, 48, 32, [4, 2, 5], kernel: [1, 1, 1], stride: 2, padding: [0, 0, 0]),
    BatchCase(3, 32, 16, [4, 5, 4], kernel: [3, 3, 3], dilation: 2, padding: [2, 2, 2]),
    BatchCase(1, 16, 16, [1, 1, 1], kernel: [3, 3, 3], padding: [1, 1, 1]),
    BatchCase(8, 16, 144, [3, 2, 2], kernel: [1, 1, 1], padding: [0, 0, 0]),
  ]

  private static func kernels(_ shape: ConvolutionShape, samples: Int) -> [BatchConvolution] {
    [(16, false), (8, false), (16, true)].compactMap { lanes, bf16 in
      BatchConvolution(
        shape, samples: samples, dataGradient: true, weightGradient: true, bf16: bf16, lanes: lanes)
    }
  }

  @Test(
    "Outputs, gradients and statistics are those of the definition", arguments: cases, [ZOO_F32, ZOO_BF16])
  func definition(given: BatchCase, type: zoo_type) {
    let data = BatchData(given.shape, samples: given.samples, type, seed: Seed(21))
    let references = [BatchReference(data, bf16: false), BatchReference(data, bf16: true)]
    for kernel in Self.kernels(given.shape, samples: given.samples) {
      let reference = references[kernel.name.contains("bf16") ? 1 : 0]
      BatchRun(kernel, data).expect(reference, data, kernel.name)
    }
  }

  @Test("The same bits in any number of parts", arguments: cases)
  func parts(given: BatchCase) {
    let data = BatchData(given.shape, samples: given.samples, ZOO_F32, seed: Seed(22))
    for kernel in Self.kernels(given.shape, samples: given.samples) {
      let whole = BatchRun(kernel, data)
      for parts in [2, 3, 8] {
        #expect(BatchRun(kernel, data, parts: parts) == whole, "\(kernel.name), \(parts)")
      }
    }
  }

  @Test("A smaller group gives what a kernel made for it gives", arguments: cases)
  func smaller(given: BatchCase) {
    let data = BatchData(given.shape, samples: given.samples, ZOO_F32, seed: Seed(23))
    let own = Self.kernels(given.shape, samples: given.samples)
    let larger = Self.kernels(given.shape, samples: given.samples + 5)
    for (own, larger) in zip(own, larger) {
      #expect(BatchRun(larger, data) == BatchRun(own, data), "\(own.name)")
    }
  }

  @Test("A group's outputs are those of its samples alone")
  func alone() {
    let given = Self.cases[1]
    let data = BatchData(given.shape, samples: given.samples, ZOO_F32, seed: Seed(24))
    let first = BatchData(given.shape, samples: 1, ZOO_F32, seed: Seed(24))
    #expect(first.x[0] == data.x[0] && first.weights == data.weights)
    for kernel in Self.kernels(given.shape, samples: given.samples) {
      #expect(BatchRun(kernel, first).output[0] == BatchRun(kernel, data).output[0])
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
      #expect(BatchConvolution(shape, samples: 2, dataGradient: true, weightGradient: true) == nil)
    }
  }

  @Test("A pass that is not needed takes no memory")
  func passes() {
    let given = Self.cases[1]
    let kernel = BatchConvolution(given.shape, samples: 8, dataGradient: false, weightGradient: false)
    guard let kernel else { return }  // a processor without AVX2
    #expect(kernel.forwardBytes == 32 * 32 * 27 * 4)
    #expect(kernel.dataBytes == 0)
    #expect(kernel.gradientBytes == 0)
    #expect(kernel.inputBytes == 8 * 64 * 32 * 4)
    #expect(kernel.outputBytes == 8 * 64 * 32 * 4)
  }
}
