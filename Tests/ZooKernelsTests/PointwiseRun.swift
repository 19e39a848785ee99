import CKernels
import ZooCore
import ZooKernels

/// What surrounds a 1 × 1 × 1 convolution: relu(scale·x + shift) comes in, and the gradient of the output is dy + slope·y.
struct PointwiseData {
  let shape: ConvolutionShape
  let voxels: Int
  let x, scale, shift: [Float]
  let dy, y, slope: [Float]
  let weights, bias: [Float]

  init(_ shape: ConvolutionShape, seed: Seed) {
    var random = seed.stream()
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.unit() * 2 - 1) } }
    // Few bits, so that what is read is exact and rounds to the same bf16 however it is computed.
    func coarse(_ count: Int) -> [Float] { values(count).map { ($0 * 256).rounded() / 256 } }
    voxels = shape.input.reduce(1, *)
    self.shape = shape
    x = coarse(voxels * shape.inputChannels)
    scale = (0..<shape.inputChannels).map { [0.5, -1, 2][$0 % 3] }
    // Off the grid of scale·x: nothing sits at the bend of the ReLU.
    shift = coarse(shape.inputChannels).map { $0 + 1 / 2048 }
    dy = coarse(voxels * shape.outputChannels)
    y = coarse(voxels * shape.outputChannels)
    slope = (0..<shape.outputChannels).map { [0.25, -0.5][$0 % 2] }
    weights = values(shape.weightCount)
    bias = values(shape.outputChannels)
  }

  /// Where channel c of a voxel stands.
  func place(_ c: Int, _ voxel: Int) -> Int { (c / 16 * voxels + voxel) * 16 + c % 16 }

  /// scale·x + shift at a place.
  func affine(_ place: Int) -> Float {
    let c = place / (16 * voxels) * 16 + place % 16
    return scale[c] * x[place] + shift[c]
  }

  /// dy + slope·y at a place.
  func outputGradient(_ place: Int) -> Float {
    dy[place] + slope[place / (16 * voxels) * 16 + place % 16] * y[place]
  }
}

/// One sample through both passes, in memory that is not a number before.
struct PointwiseRun {
  let output: [Float]
  let inputGradient: [Float]
  let weightGradient: [Float]
  let biasGradient: [Float]

  init(_ kernel: PointwiseConvolution, _ data: PointwiseData, parts: Int = 1) {
    let (x, dy, y) = (AlignedFloats(data.x), AlignedFloats(data.dy), AlignedFloats(data.y))
    let (scale, shift) = (AlignedFloats(data.scale), AlignedFloats(data.shift))
    let (slope, bias) = (AlignedFloats(data.slope), AlignedFloats(data.bias))
    let weights = AlignedFloats(data.weights)
    let forward = AlignedFloats(bytes: kernel.forwardBytes)
    let backward = AlignedFloats(bytes: kernel.dataBytes)
    let scratch = AlignedFloats(bytes: kernel.scratchBytes)
    let output = AlignedFloats(bytes: data.dy.count * 4)
    let inputGradient = AlignedFloats(bytes: data.x.count * 4)
    let weightGradient = AlignedFloats(bytes: kernel.gradientBytes)
    let biasGradient = AlignedFloats(bytes: data.bias.count * 4)
    kernel.packForward(weights.base, into: forward.base)
    kernel.packData(weights.base, into: backward.base)

    var source = zoo_source()
    source.x = UnsafeRawPointer(x.base)
    source.scale = UnsafePointer(scale.base)
    source.shift = UnsafePointer(shift.base)
    source.voxels = Int64(data.voxels)
    source.activation = Int32(ZOO_RELU)
    var target = zoo_target()
    target.values = UnsafeMutableRawPointer(output.base)
    target.shift = UnsafePointer(bias.base)
    target.voxels = Int64(data.voxels)
    for part in 0..<parts {
      kernel.forward(
        &source, weights: forward.base, output: &target, part: part, parts: parts, scratch: scratch.base)
    }

    var gradient = zoo_source()
    gradient.x = UnsafeRawPointer(dy.base)
    gradient.z = UnsafeRawPointer(y.base)
    gradient.slope = UnsafePointer(slope.base)
    gradient.voxels = Int64(data.voxels)
    var sink = zoo_sink()
    sink.g = UnsafeMutableRawPointer(inputGradient.base)
    sink.x = source.x
    sink.scale = source.scale
    sink.shift = source.shift
    sink.voxels = Int64(data.voxels)
    sink.activation = source.activation
    kernel.backward(
      &source, outputGradient: &gradient, weights: backward.base, inputGradient: &sink,
      weightGradient: weightGradient.base, biasGradient: biasGradient.base, accumulates: false,
      scratch: scratch.base)
    self.output = output.values
    self.inputGradient = inputGradient.values
    self.weightGradient = weightGradient.values
    self.biasGradient = biasGradient.values
  }
}

/// The same by its definition, of operands rounded to bf16 where asked.
struct PointwiseReference {
  /// A sum of products and that of their magnitudes.
  struct Total {
    var sum = 0.0
    var magnitude = 0.0
    mutating func add(_ a: Float, _ b: Float) {
      sum += Double(a) * Double(b)
      magnitude += abs(Double(a) * Double(b))
    }
  }
  private(set) var output: [Total]
  private(set) var inputGradient: [Total]
  private(set) var weightGradient: [Total]
  private(set) var biasGradient: [Total]

  init(_ data: PointwiseData, bf16: Bool) {
    let (inputs, outputs) = (data.shape.inputChannels, data.shape.outputChannels)
    func operand(_ value: Float) -> Float {
      guard bf16 else { return value }
      let bits = value.bitPattern
      return Float(bitPattern: (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF_0000)
    }
    let a = data.x.indices.map { operand(max(data.affine($0), 0)) }
    let z = data.dy.indices.map { operand(data.outputGradient($0)) }
    let w = data.weights.map(operand)
    output = Array(repeating: Total(), count: data.dy.count)
    inputGradient = Array(repeating: Total(), count: data.x.count)
    weightGradient = Array(repeating: Total(), count: w.count)
    biasGradient = Array(repeating: Total(), count: outputs)
    for voxel in 0..<data.voxels {
      for o in 0..<outputs {
        let to = data.place(o, voxel)
        output[to].sum = Double(data.bias[o])
        biasGradient[o].add(data.outputGradient(to), 1)
        for i in 0..<inputs {
          let from = data.place(i, voxel)
          output[to].add(w[o * inputs + i], a[from])
          inputGradient[from].add(w[o * inputs + i], z[to])
          weightGradient[o * inputs + i].add(z[to], a[from])
        }
      }
    }
    for place in inputGradient.indices {
      let channel = place / (16 * data.voxels) * 16 + place % 16
      inputGradient[place].sum *= data.affine(place) > 0 ? Double(data.scale[channel]) : 0
      inputGradient[place].magnitude *= 2
    }
  }
}
