internal import CKernels

/// Some samples around one convolution, kept as between two batch norms: relu(scale·x + shift) goes in, statistics are taken of
/// what comes out, and its gradient is dy + slope·y + rest. A plain input goes in as it is.
final class BenchSamples {
  let shape: ConvolutionShape
  /// Samples: some, so that they come from memory and not from the caches where that can be had for 64 MB.
  let count: Int
  /// Whether tensors are kept as bf16; a plain input never is.
  let bf16: Bool
  private let memory: BenchMemory
  private let inputBytes: Int
  private let outputBytes: Int

  private enum Part {
    static let (x, dx, y, dy) = (0, 1, 2, 3)
    static let (scale, shift, slope, rest, bias) = (4, 5, 6, 7, 8)
    static let (mean, sums, tallies) = (9, 10, 11)
  }

  init(_ shape: ConvolutionShape, bf16: Bool) throws {
    self.shape = shape
    self.bf16 = bf16
    let size = bf16 ? 2 : 4
    inputBytes = shape.inputCount * (shape.isInputPlain ? 4 : size)
    outputBytes = shape.outputCount * size
    count = min(32, max(1, (64 << 20) / (2 * (inputBytes + outputBytes))))
    let (inputs, outputs) = (max(16, shape.inputChannels), shape.outputChannels)
    memory = try BenchMemory(
      // A plain tensor is read in whole vectors of 16.
      [inputBytes * count + 64, inputBytes * count, outputBytes * count, outputBytes * count]
        + [inputs, inputs, outputs, outputs, outputs, inputs].map { 4 * $0 }
        + [2 * 8 * inputs * count, MemoryLayout<zoo_tally>.stride * outputs / 16 * count])
    memory.fill(Part.x, count: shape.inputCount * count, bf16: bf16 && !shape.isInputPlain)
    memory.fill(Part.dy, count: shape.outputCount * count, bf16: bf16)
    memory.floats(Part.scale).update(repeating: 0.75, count: inputs)
    memory.fill(Part.shift, count: inputs, factor: 0.1)
    memory.fill(Part.slope, count: outputs, factor: 0.1)
    memory.fill(Part.rest, count: outputs, factor: 0.1)
  }

  /// The bias, where there is one.
  var bias: UnsafePointer<Float>? { shape.hasBias ? UnsafePointer(memory.floats(Part.bias)) : nil }

  /// What goes in.
  func input(_ sample: Int) -> zoo_source {
    var source = zoo_source()
    source.x = UnsafeRawPointer(memory[Part.x] + sample * inputBytes)
    source.voxels = Int64(shape.input.reduce(1, *))
    guard !shape.isInputPlain else { return source }
    source.scale = UnsafePointer(memory.floats(Part.scale))
    source.shift = UnsafePointer(memory.floats(Part.shift))
    source.type = type
    source.activation = Int32(ZOO_RELU)
    return source
  }

  /// Where the result goes; its statistics begin anew.
  func output(_ sample: Int) -> zoo_target {
    let blocks = shape.outputChannels / 16
    let tallies = memory[Part.tallies].assumingMemoryBound(to: zoo_tally.self) + sample * blocks
    tallies.update(repeating: zoo_tally(), count: blocks)
    var target = zoo_target()
    target.values = memory[Part.y] + sample * outputBytes
    target.tallies = tallies
    target.voxels = Int64(shape.output.reduce(1, *))
    target.type = type
    return target
  }

  /// The gradient of the result.
  func outputGradient(_ sample: Int) -> zoo_source {
    var source = zoo_source()
    source.x = UnsafeRawPointer(memory[Part.dy] + sample * outputBytes)
    source.z = UnsafeRawPointer(memory[Part.y] + sample * outputBytes)
    source.slope = UnsafePointer(memory.floats(Part.slope))
    source.shift = UnsafePointer(memory.floats(Part.rest))
    source.voxels = Int64(shape.output.reduce(1, *))
    source.type = type
    return source
  }

  /// Where the gradient of what went in goes, with the sums for a batch norm.
  func inputGradient(_ sample: Int) -> zoo_sink {
    let input = input(sample)
    var sink = zoo_sink()
    sink.g = memory[Part.dx] + sample * inputBytes
    sink.x = input.x
    sink.scale = input.scale
    sink.shift = input.shift
    sink.mean = UnsafePointer(memory.floats(Part.mean))
    sink.sums =
      memory[Part.sums].assumingMemoryBound(to: Double.self) + sample * 2 * max(16, shape.inputChannels)
    sink.places = Int64(shape.inputChannels)
    sink.voxels = input.voxels
    sink.type = input.type
    sink.activation = input.activation
    return sink
  }

  private var type: Int32 { Int32((bf16 ? ZOO_BF16 : ZOO_F32).rawValue) }
}

extension ConvolutionShape {
  /// Values of a sample's input.
  var inputCount: Int { inputChannels * input.reduce(1, *) }
  /// Values of a sample's output.
  var outputCount: Int { outputChannels * output.reduce(1, *) }
}
