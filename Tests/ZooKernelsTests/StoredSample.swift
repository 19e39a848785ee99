import CKernels
import ZooCore
import ZooKernels

/// What is stored around a convolution: its input is relu(scale·x + shift), the gradient of its output dy + slope·z, and the input
/// has a gradient already.
struct StoredSample {
  let shape: ConvolutionShape
  let type: zoo_type
  let x, scale, shift: [Float]
  let dy, z, slope: [Float]
  let held: [Float]
  let weights, bias: [Float]

  init(_ shape: ConvolutionShape, _ type: zoo_type, seed: Seed) {
    var random = seed.stream()
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.unit() * 2 - 1) } }
    // Eight bits at most, so that bf16 keeps them and what is read is exact.
    func coarse(_ count: Int) -> [Float] { values(count).map { ($0 * 128).rounded() / 128 } }
    let voxels = shape.input.reduce(1, *)
    self.shape = shape
    self.type = type
    x = coarse(voxels * shape.inputChannels)
    scale = (0..<shape.inputChannels).map { [0.5, -1, 2][$0 % 3] }
    // Off the grid of scale·x: nothing sits at the bend of the ReLU.
    shift = coarse(shape.inputChannels).map { $0 + 1 / 1024 }
    dy = coarse(voxels * shape.outputChannels)
    z = coarse(voxels * shape.outputChannels)
    slope = (0..<shape.outputChannels).map { [0.25, -0.5][$0 % 2] }
    held = coarse(voxels * shape.inputChannels)
    weights = values(shape.weightCount)
    bias = values(shape.outputChannels)
  }

  /// As the convolution sees it.
  var seen: Sample {
    let block = shape.input.reduce(16, *)
    func channel(_ place: Int) -> Int { place / block * 16 + place % 16 }
    let affine = x.indices.map { scale[channel($0)] * x[$0] + shift[channel($0)] }
    return Sample(
      shape: shape, input: affine.map { max($0, 0) },
      inputSlope: affine.indices.map { affine[$0] > 0 ? scale[channel($0)] : 0 },
      outputGradient: dy.indices.map { dy[$0] + slope[channel($0)] * z[$0] }, weights: weights, bias: bias)
  }
}

/// A tensor of f32 or bf16 values behind which nothing may be written.
final class StoredTensor {
  private let memory: AlignedFloats
  private let count: Int
  private let type: zoo_type

  init(_ values: [Float], _ type: zoo_type) {
    self.type = type
    count = values.count
    memory = AlignedFloats(bytes: count * (type == ZOO_BF16 ? 2 : 4))
    for (index, value) in values.enumerated() {
      if type == ZOO_BF16 {
        halves[index] = UInt16(value.bitPattern >> 16)
      } else {
        memory.base[index] = value
      }
    }
  }

  var base: UnsafeMutableRawPointer { UnsafeMutableRawPointer(memory.base) }
  private var halves: UnsafeMutablePointer<UInt16> { base.assumingMemoryBound(to: UInt16.self) }

  /// The values, or none where something was written behind them.
  var values: [Float] {
    let stored = memory.values
    guard type == ZOO_BF16, !stored.isEmpty else { return stored }
    return (0..<count).map { Float(bitPattern: UInt32(halves[$0]) << 16) }
  }
}

extension KernelRun {
  /// A stored sample through both passes of a fused kernel; gradients less what was there before.
  init(_ kernel: any FusedConvolution, _ stored: StoredSample, parts: Int = 1) {
    let voxels = Int64(stored.shape.input.reduce(1, *))
    let type = Int32(stored.type.rawValue)
    let (x, dy) = (StoredTensor(stored.x, stored.type), StoredTensor(stored.dy, stored.type))
    let z = StoredTensor(stored.z, stored.type)
    let output = StoredTensor(stored.dy.map { _ in .nan }, stored.type)
    let inputGradient = StoredTensor(stored.held, stored.type)
    let (scale, shift) = (AlignedFloats(stored.scale), AlignedFloats(stored.shift))
    let (slope, bias) = (AlignedFloats(stored.slope), AlignedFloats(stored.bias))
    let weights = AlignedFloats(stored.weights)
    let forward = AlignedFloats(bytes: kernel.forwardBytes)
    let data = AlignedFloats(bytes: kernel.dataBytes)
    let scratch = AlignedFloats(bytes: kernel.scratchBytes)
    let weightGradient = AlignedFloats(bytes: kernel.gradientBytes)
    let biasGradient = AlignedFloats(bytes: stored.bias.count * 4)
    kernel.packForward(weights.base, into: forward.base)
    kernel.packData(weights.base, into: data.base)

    var source = zoo_source()
    source.x = UnsafeRawPointer(x.base)
    source.scale = UnsafePointer(scale.base)
    source.shift = UnsafePointer(shift.base)
    source.voxels = voxels
    source.type = type
    source.activation = Int32(ZOO_RELU)
    var target = zoo_target()
    target.values = output.base
    target.shift = UnsafePointer(bias.base)
    target.voxels = voxels
    target.type = type
    for part in 0..<parts {
      kernel.forward(
        &source, weights: forward.base, output: &target, part: part, parts: parts, scratch: scratch.base)
    }

    var gradient = zoo_source()
    gradient.x = UnsafeRawPointer(dy.base)
    gradient.z = UnsafeRawPointer(z.base)
    gradient.slope = UnsafePointer(slope.base)
    gradient.voxels = voxels
    gradient.type = type
    var sink = zoo_sink()
    sink.g = inputGradient.base
    sink.x = source.x
    sink.scale = source.scale
    sink.shift = source.shift
    sink.voxels = voxels
    sink.type = type
    sink.activation = source.activation
    sink.accumulates = 1
    kernel.backward(
      &source, outputGradient: &gradient, weights: data.base, inputGradient: &sink,
      weightGradient: weightGradient.base, biasGradient: biasGradient.base, accumulates: false,
      scratch: scratch.base)
    // Once more, to be added.
    kernel.backward(
      &source, outputGradient: &gradient, weights: nil, inputGradient: nil,
      weightGradient: weightGradient.base, biasGradient: biasGradient.base, accumulates: true,
      scratch: scratch.base)
    self.init(
      output: output.values, inputGradient: zip(inputGradient.values, stored.held).map { $0 - $1 },
      weightGradient: weightGradient.values.map { $0 / 2 }, biasGradient: biasGradient.values.map { $0 / 2 })
  }
}
