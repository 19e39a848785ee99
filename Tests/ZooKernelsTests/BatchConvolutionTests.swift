import CKernels
import Testing
import ZooCore
import ZooKernels

/// Convolutions of a group of samples against plain loops in double.
struct BatchConvolutionTests {
  /// A convolution and how many samples there are.
  struct Case: CustomTestStringConvertible {
    let samples: Int
    let shape: ConvolutionShape
    var testDescription: String {
      "\(samples) of \(shape.inputChannels) to \(shape.outputChannels) at \(shape.input), kernel \(shape.kernel)"
    }

    init(
      _ samples: Int, _ inputs: Int, _ outputs: Int, _ size: [Int], kernel: [Int], stride: Int = 1,
      dilation: Int = 1, padding: [Int], after: [Int]? = nil
    ) {
      self.samples = samples
      let after = after ?? padding
      let output = (0..<3).map {
        (size[$0] + padding[$0] + after[$0] - dilation * (kernel[$0] - 1) - 1) / stride + 1
      }
      shape = ConvolutionShape(
        inputChannels: inputs, outputChannels: outputs, groups: 1, input: size, output: output,
        kernel: kernel,
        stride: [stride, stride, stride], dilation: [dilation, dilation, dilation], paddingBefore: padding,
        paddingAfter: after, hasBias: true, isInputPlain: false)
    }
  }

  static let cases: [Case] = [
    Case(13, 16, 48, [2, 2, 2], kernel: [3, 3, 3], padding: [1, 1, 1]),
    Case(8, 32, 32, [4, 4, 4], kernel: [3, 3, 3], padding: [1, 1, 1]),
    Case(3, 144, 16, [3, 5, 2], kernel: [3, 3, 3], padding: [1, 1, 1]),
    Case(1, 48, 80, [3, 5, 2], kernel: [3, 1, 2], padding: [1, 0, 0], after: [1, 0, 1]),
    Case(3, 32, 48, [4, 4, 4], kernel: [3, 3, 3], stride: 2, padding: [1, 1, 1]),
    Case(8, 16, 32, [5, 4, 3], kernel: [3, 3, 3], stride: 2, padding: [1, 1, 1]),
    Case(13, 48, 32, [4, 2, 5], kernel: [1, 1, 1], stride: 2, padding: [0, 0, 0]),
    Case(3, 32, 16, [4, 5, 4], kernel: [3, 3, 3], dilation: 2, padding: [2, 2, 2]),
    Case(1, 16, 16, [1, 1, 1], kernel: [3, 3, 3], padding: [1, 1, 1]),
    Case(8, 16, 144, [3, 2, 2], kernel: [1, 1, 1], padding: [0, 0, 0]),
  ]

  private static func kernels(_ shape: ConvolutionShape, samples: Int) -> [BatchConvolution] {
    [(16, false), (8, false), (16, true)].compactMap { lanes, bf16 in
      BatchConvolution(
        shape, samples: samples, dataGradient: true, weightGradient: true, bf16: bf16, lanes: lanes)
    }
  }

  @Test(
    "Outputs, gradients and statistics are those of the definition", arguments: cases, [ZOO_F32, ZOO_BF16])
  func definition(given: Case, type: zoo_type) {
    let data = BatchData(given.shape, samples: given.samples, type, seed: Seed(21))
    let references = [BatchReference(data, bf16: false), BatchReference(data, bf16: true)]
    for kernel in Self.kernels(given.shape, samples: given.samples) {
      let run = BatchRun(kernel, data)
      let reference = references[kernel.name.contains("bf16") ? 1 : 0]
      let rounding = type == ZOO_BF16 ? 1.0 / 250 : 0
      for sample in 0..<given.samples {
        let at = "of sample \(sample), \(kernel.name)"
        check(run.output[sample], reference.output[sample], rounding, "output \(at)")
        check(run.inputGradient[sample], reference.inputGradient[sample], rounding, "input gradient \(at)")
        check(run.sums[sample], reference.sums[sample], 0, "sums \(at)")
        check(run.means[sample], means(run.output[sample], given.shape), 0, "means \(at)")
      }
      check(run.weightGradient, reference.weightGradient, 0, "weight gradient, \(kernel.name)")
      check(run.biasGradient, reference.biasGradient, 0, "bias gradient, \(kernel.name)")
    }
  }

  /// Means of outputs as they were stored.
  private func means(_ output: [Float], _ shape: ConvolutionShape) -> [BatchReference.Total] {
    let voxels = shape.output.reduce(1, *)
    var totals = Array(repeating: BatchReference.Total(), count: shape.outputChannels)
    for (place, value) in output.enumerated() {
      totals[place / (16 * voxels) * 16 + place % 16].add(value, 1 / Float(voxels))
    }
    return totals
  }

  /// Within 1e-6 of the sum of the magnitudes that a value is made of, and a share of the value for what is stored as bf16.
  private func check(
    _ values: [some BinaryFloatingPoint], _ expected: [BatchReference.Total], _ share: Double, _ what: String
  ) {
    #expect(values.count == expected.count, "\(what): something was written behind it")
    let wrong = zip(values, expected).first {
      !(abs(Double($0) - $1.sum) <= 1e-6 * $1.magnitude + share * (abs($1.sum) + 1) + 1e-7)
    }
    #expect(wrong == nil, "\(what)")
  }

  @Test("The same bits in any number of parts", arguments: cases)
  func parts(given: Case) {
    let data = BatchData(given.shape, samples: given.samples, ZOO_F32, seed: Seed(22))
    for kernel in Self.kernels(given.shape, samples: given.samples) {
      let whole = BatchRun(kernel, data)
      for parts in [2, 3, 8] {
        #expect(BatchRun(kernel, data, parts: parts) == whole, "\(kernel.name), \(parts)")
      }
    }
  }

  @Test("A smaller group gives what a kernel made for it gives", arguments: cases)
  func smaller(given: Case) {
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
