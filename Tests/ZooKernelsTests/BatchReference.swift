import ZooKernels

/// The same by its definition, of operands rounded to bf16 where asked.
struct BatchReference {
  typealias Total = PointwiseReference.Total
  private(set) var output: [[Total]]
  private(set) var inputGradient: [[Total]]
  private(set) var sums: [[Total]]
  private(set) var weightGradient: [Total]
  private(set) var biasGradient: [Total]

  init(_ data: BatchData, bf16: Bool) {
    let shape = data.shape
    func operand(_ value: Float) -> Float {
      guard bf16 else { return value }
      let bits = value.bitPattern
      return Float(bitPattern: (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000)
    }
    let w = data.weights.map(operand)
    output = data.dy.map { Array(repeating: Total(), count: $0.count) }
    inputGradient = data.x.map { Array(repeating: Total(), count: $0.count) }
    sums = data.x.map { _ in Array(repeating: Total(), count: 2 * shape.inputChannels) }
    weightGradient = Array(repeating: Total(), count: w.count)
    biasGradient = Array(repeating: Total(), count: shape.outputChannels)
    let taps = shape.kernel.reduce(1, *)
    for sample in 0..<data.samples {
      let a = data.x[sample].indices.map { operand(max(data.affine(sample, $0), 0)) }
      let g = data.dy[sample].indices.map { operand(data.outputGradient(sample, $0)) }
      for voxel in 0..<data.outputs {
        for o in 0..<shape.outputChannels {
          let to = (o / 16 * data.outputs + voxel) * 16 + o % 16
          output[sample][to].sum = Double(data.bias[o])
          biasGradient[o].add(g[to], 1)
        }
        for tap in 0..<taps {
          guard let seen = Self.seen(shape, voxel, tap) else { continue }
          for o in 0..<shape.outputChannels {
            let to = (o / 16 * data.outputs + voxel) * 16 + o % 16
            for i in 0..<shape.inputChannels {
              let from = (i / 16 * data.inputs + seen) * 16 + i % 16
              let weight = (o * shape.inputChannels + i) * taps + tap
              output[sample][to].add(w[weight], a[from])
              inputGradient[sample][from].add(w[weight], g[to])
              weightGradient[weight].add(g[to], a[from])
            }
          }
        }
      }
      mask(data, sample)
    }
  }

  /// The input voxel that an output voxel sees through a tap, or nil outside.
  private static func seen(_ shape: ConvolutionShape, _ voxel: Int, _ tap: Int) -> Int? {
    func coordinates(_ number: Int, _ size: [Int]) -> [Int] {
      [number / (size[1] * size[2]), number / size[2] % size[1], number % size[2]]
    }
    let (at, k) = (coordinates(voxel, shape.output), coordinates(tap, shape.kernel))
    var place = 0
    for axis in 0..<3 {
      let from = at[axis] * shape.stride[axis] + k[axis] * shape.dilation[axis] - shape.paddingBefore[axis]
      guard from >= 0, from < shape.input[axis] else { return nil }
      place = place * shape.input[axis] + from
    }
    return place
  }

  /// Through the activation and the scale, with the sums between them.
  private mutating func mask(_ data: BatchData, _ sample: Int) {
    for place in inputGradient[sample].indices {
      let c = place / (16 * data.inputs) * 16 + place % 16
      var d = inputGradient[sample][place]
      if data.affine(sample, place) <= 0 { d.sum = 0 }
      let centred = Double(data.x[sample][place]) - Double(data.mean[c])
      sums[sample][c].sum += d.sum
      sums[sample][c].magnitude += d.magnitude
      sums[sample][data.shape.inputChannels + c].sum += d.sum * centred
      sums[sample][data.shape.inputChannels + c].magnitude += d.magnitude * 2
      inputGradient[sample][place].sum = d.sum * Double(data.scale[c])
      inputGradient[sample][place].magnitude = d.magnitude * 2 + 1
    }
  }
}
