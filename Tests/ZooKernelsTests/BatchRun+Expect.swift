import CKernels
import Testing
import ZooKernels

extension BatchRun {
  /// Outputs, gradients and sums as by the definition, statistics as of what was stored.
  func expect(_ reference: BatchReference, _ data: BatchData, _ name: String) {
    #expect(isIntact, "\(name): something was written behind its memory")
    let rounding = data.type == ZOO_BF16 ? 1.0 / 250 : 0
    for sample in 0..<data.samples {
      let at = "of sample \(sample), \(name)"
      check(output[sample], reference.output[sample], rounding, "output \(at)")
      check(inputGradient[sample], reference.inputGradient[sample], rounding, "input gradient \(at)")
      check(sums[sample], reference.sums[sample], 0, "sums \(at)")
      check(means[sample], storedMeans(output[sample], data.shape), 0, "means \(at)")
    }
    check(weightGradient, reference.weightGradient, 0, "weight gradient, \(name)")
    check(biasGradient, reference.biasGradient, 0, "bias gradient, \(name)")
  }

  /// Means of outputs as they were stored.
  private func storedMeans(_ output: [Float], _ shape: ConvolutionShape) -> [BatchReference.Total] {
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
}
