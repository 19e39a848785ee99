import CKernels
import ZooCore
import ZooKernels

/// A group of samples with what surrounds their convolution: relu(scale·x + shift) comes in, the gradient of an output is
/// dy + slope·z, and the inputs have a gradient already.
struct BatchData {
  let shape: ConvolutionShape
  let type: zoo_type
  let inputs, outputs: Int
  let scale, shift, slope, mean: [Float]
  let x, held, dy, z: [[Float]]
  let weights, bias: [Float]

  init(_ shape: ConvolutionShape, samples: Int, _ type: zoo_type, seed: Seed) {
    var random = seed.stream()
    func values(_ count: Int) -> [Float] { (0..<count).map { _ in Float(random.unit() * 2 - 1) } }
    // Eight bits at most, so that bf16 keeps them and what is read is exact.
    func coarse(_ count: Int) -> [Float] { values(count).map { ($0 * 128).rounded() / 128 } }
    self.shape = shape
    self.type = type
    inputs = shape.input.reduce(1, *)
    outputs = shape.output.reduce(1, *)
    scale = (0..<shape.inputChannels).map { [0.5, -1, 2][$0 % 3] }
    // Off the grid of scale·x: nothing sits at the bend of the ReLU.
    shift = coarse(shape.inputChannels).map { $0 + 1 / 1024 }
    slope = (0..<shape.outputChannels).map { [0.25, -0.5][$0 % 2] }
    mean = coarse(shape.inputChannels)
    weights = values(shape.weightCount)
    bias = values(shape.outputChannels)
    var (x, held, dy, z): ([[Float]], [[Float]], [[Float]], [[Float]]) = ([], [], [], [])
    for _ in 0..<samples {
      x.append(coarse(inputs * shape.inputChannels))
      held.append(coarse(inputs * shape.inputChannels))
      dy.append(coarse(outputs * shape.outputChannels))
      z.append(coarse(outputs * shape.outputChannels))
    }
    (self.x, self.held, self.dy, self.z) = (x, held, dy, z)
  }

  var samples: Int { x.count }

  /// scale·x + shift at a place of a sample.
  func affine(_ sample: Int, _ place: Int) -> Float {
    let c = place / (16 * inputs) * 16 + place % 16
    return scale[c] * x[sample][place] + shift[c]
  }

  /// dy + slope·z at a place of a sample.
  func outputGradient(_ sample: Int, _ place: Int) -> Float {
    dy[sample][place] + slope[place / (16 * outputs) * 16 + place % 16] * z[sample][place]
  }
}

/// A group of samples through all passes, each in so many parts; gradients of inputs less what was there before.
struct BatchRun: Equatable {
  private(set) var output: [[Float]] = []
  private(set) var means: [[Double]] = []
  private(set) var inputGradient: [[Float]] = []
  private(set) var sums: [[Double]] = []
  private(set) var weightGradient: [Float] = []
  private(set) var biasGradient: [Float] = []

  init(_ kernel: BatchConvolution, _ data: BatchData, parts: Int = 1) {
    let memory = BatchMemory(kernel, data)
    let samples = data.samples
    for sample in 0..<samples {
      kernel.gatherInput(
        &memory.inputs[sample], sample: sample, samples: samples, into: memory.inputRows.base)
      kernel.gatherGradient(
        &memory.gradients[sample], sample: sample, samples: samples, into: memory.gradientRows.base)
    }
    for part in 0..<parts {
      kernel.forward(
        memory.inputRows.base, weights: memory.forward.base, outputs: memory.targets, samples: samples,
        part: part, parts: parts, scratch: memory.scratch.base)
      kernel.dataGradient(
        memory.gradientRows.base, weights: memory.data.base, inputGradients: memory.sinks,
        samples: samples, part: part, parts: parts, scratch: memory.scratch.base)
      for accumulates in [false, true] {
        kernel.weightGradient(
          memory.inputRows.base, outputGradients: memory.gradientRows.base,
          gradient: memory.weightGradient.base, biasGradient: memory.biasGradient.base,
          accumulates: accumulates, samples: samples, part: part, parts: parts,
          scratch: memory.scratch.base)
      }
    }
    for sample in 0..<samples {
      output.append(memory.outputs[sample].values)
      inputGradient.append(zip(memory.inputGradients[sample].values, data.held[sample]).map { $0 - $1 })
      means.append(memory.means(sample))
      sums.append(memory.sums(sample))
    }
    weightGradient = memory.weightGradient.values.map { $0 / 2 }
    biasGradient = memory.biasGradient.values.map { $0 / 2 }
  }
}

/// All memory of a run, behind which nothing may be written; what is made is not a number before.
private final class BatchMemory {
  let forward, data, scratch, inputRows, gradientRows, weightGradient, biasGradient: AlignedFloats
  let outputs, inputGradients: [StoredTensor]
  var inputs: [zoo_source] = []
  var gradients: [zoo_source] = []
  private(set) var targets: [zoo_target] = []
  private(set) var sinks: [zoo_sink] = []
  private let read: [StoredTensor]
  private let channels: [AlignedFloats]
  private let tallies: UnsafeMutablePointer<zoo_tally>
  private let sumsOfAll: UnsafeMutablePointer<Double>
  private let blocks, places: Int

  init(_ kernel: BatchConvolution, _ given: BatchData) {
    forward = AlignedFloats(bytes: kernel.forwardBytes)
    data = AlignedFloats(bytes: kernel.dataBytes)
    scratch = AlignedFloats(bytes: kernel.scratchBytes)
    inputRows = AlignedFloats(bytes: kernel.inputBytes)
    gradientRows = AlignedFloats(bytes: kernel.outputBytes)
    weightGradient = AlignedFloats(bytes: kernel.gradientBytes)
    biasGradient = AlignedFloats(bytes: given.bias.count * 4)
    let weights = AlignedFloats(given.weights)
    kernel.packForward(weights.base, into: forward.base)
    kernel.packData(weights.base, into: data.base)

    let x = given.x.map { StoredTensor($0, given.type) }
    let dy = given.dy.map { StoredTensor($0, given.type) }
    let z = given.z.map { StoredTensor($0, given.type) }
    read = x + dy + z
    outputs = given.dy.map { StoredTensor($0.map { _ in .nan }, given.type) }
    inputGradients = given.held.map { StoredTensor($0, given.type) }
    let channels = [given.scale, given.shift, given.slope, given.mean, given.bias].map { AlignedFloats($0) }
    self.channels = channels
    blocks = given.shape.outputChannels / 16
    places = given.shape.inputChannels
    tallies = .allocate(capacity: given.samples * blocks)
    tallies.initialize(repeating: zoo_tally(), count: given.samples * blocks)
    sumsOfAll = .allocate(capacity: given.samples * 2 * places)
    sumsOfAll.initialize(repeating: 0, count: given.samples * 2 * places)

    let type = Int32(given.type.rawValue)
    for sample in 0..<given.samples {
      var source = zoo_source()
      source.x = UnsafeRawPointer(x[sample].base)
      source.scale = UnsafePointer(channels[0].base)
      source.shift = UnsafePointer(channels[1].base)
      source.voxels = Int64(given.inputs)
      source.type = type
      source.activation = Int32(ZOO_RELU)
      inputs.append(source)
      var sink = zoo_sink()
      sink.g = inputGradients[sample].base
      sink.x = source.x
      sink.scale = source.scale
      sink.shift = source.shift
      sink.mean = UnsafePointer(channels[3].base)
      sink.sums = sumsOfAll + sample * 2 * places
      sink.places = Int64(places)
      sink.voxels = source.voxels
      sink.type = type
      sink.activation = source.activation
      sink.accumulates = 1
      sinks.append(sink)
      var gradient = zoo_source()
      gradient.x = UnsafeRawPointer(dy[sample].base)
      gradient.z = UnsafeRawPointer(z[sample].base)
      gradient.slope = UnsafePointer(channels[2].base)
      gradient.voxels = Int64(given.outputs)
      gradient.type = type
      gradients.append(gradient)
      var target = zoo_target()
      target.values = outputs[sample].base
      target.shift = UnsafePointer(channels[4].base)
      target.tallies = tallies + sample * blocks
      target.voxels = gradient.voxels
      target.type = type
      targets.append(target)
    }
  }

  deinit {
    tallies.deallocate()
    sumsOfAll.deallocate()
  }

  /// A sample's mean of every output channel.
  func means(_ sample: Int) -> [Double] {
    var moments = Array(repeating: zoo_moment(), count: blocks * 16)
    zoo_kernels_select().pointee.moments(tallies + sample * blocks, Int64(blocks), &moments)
    return moments.map(\.mean)
  }

  /// A sample's sums for the gradient of a batch norm.
  func sums(_ sample: Int) -> [Double] {
    Array(UnsafeBufferPointer(start: sumsOfAll + sample * 2 * places, count: 2 * places))
  }
}

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
