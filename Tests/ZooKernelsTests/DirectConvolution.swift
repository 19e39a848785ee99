import ZooKernels

/// A convolution of one sample by its definition, in double, one value at a time.
struct DirectConvolution {
  let shape: ConvolutionShape
  let weights: [Float]

  init(_ sample: Sample) {
    shape = sample.shape
    weights = sample.weights
  }

  private var size: [Int] { shape.input }

  /// Where channel c at a voxel stands among blocks of 16, or nil outside the volume.
  func offset(_ c: Int, _ at: [Int]) -> Int? {
    guard zip(at, size).allSatisfy({ $0 >= 0 && $0 < $1 }) else { return nil }
    return (((c / 16 * size[0] + at[0]) * size[1] + at[1]) * size[2] + at[2]) * 16 + c % 16
  }

  private func neighbour(_ at: [Int], _ tap: Int, _ sign: Int) -> [Int] {
    [at[0] + sign * (tap / 9 - 1), at[1] + sign * (tap / 3 % 3 - 1), at[2] + sign * (tap % 3 - 1)]
  }

  private func weight(_ o: Int, _ i: Int, _ tap: Int) -> Double {
    Double(weights[(o * shape.inputChannels + i) * 27 + tap])
  }

  /// Output channel o at a voxel.
  func output(_ sample: Sample, _ o: Int, _ at: [Int]) -> Double {
    var sum = Double(sample.bias[o])
    for tap in 0..<27 {
      for i in 0..<shape.inputChannels {
        guard let place = offset(i, neighbour(at, tap, 1)) else { break }
        sum += weight(o, i, tap) * Double(sample.input[place])
      }
    }
    return sum
  }

  /// The gradient of input channel i at a voxel.
  func inputGradient(_ sample: Sample, _ i: Int, _ at: [Int]) -> Double {
    var sum = 0.0
    for tap in 0..<27 {
      for o in 0..<shape.outputChannels {
        guard let place = offset(o, neighbour(at, tap, -1)) else { break }
        sum += weight(o, i, tap) * Double(sample.outputGradient[place])
      }
    }
    if let slope = sample.inputSlope, let place = offset(i, at) { sum *= Double(slope[place]) }
    return sum
  }

  /// The gradient of one weight.
  func weightGradient(_ sample: Sample, _ o: Int, _ i: Int, _ tap: Int) -> Double {
    sum { at in
      guard let from = offset(i, neighbour(at, tap, 1)), let to = offset(o, at) else { return 0 }
      return Double(sample.input[from]) * Double(sample.outputGradient[to])
    }
  }

  /// The gradient of one bias.
  func biasGradient(_ sample: Sample, _ o: Int) -> Double {
    sum { at in offset(o, at).map { Double(sample.outputGradient[$0]) } ?? 0 }
  }

  private func sum(_ value: ([Int]) -> Double) -> Double {
    var sum = 0.0
    for z in 0..<size[0] { for y in 0..<size[1] { for x in 0..<size[2] { sum += value([z, y, x]) } } }
    return sum
  }
}
