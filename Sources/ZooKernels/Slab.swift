internal import CBatch

/// A part of a convolution: some planes of one side, and all planes of the other side that they meet.
struct Slab {
  /// The part, as a convolution of its own.
  var shape: zoo_batch_shape
  /// Its first voxel of the input.
  let input: Int
  /// Its first voxel of the output.
  let output: Int

  /// Cuts the output into slabs of about the same thickness, as few as have no more than so many bytes; of a plane each where that
  /// has more.
  static func ofOutputs(_ shape: zoo_batch_shape, within bytes: Int) -> [Slab] {
    cut(Int(shape.output.0), within: bytes) { Slab(shape, outputs: $0) }
  }

  /// Cuts the input likewise.
  static func ofInputs(_ shape: zoo_batch_shape, within bytes: Int) -> [Slab] {
    cut(Int(shape.input.0), within: bytes) { Slab(shape, inputs: $0) }
  }

  private static func cut(_ planes: Int, within bytes: Int, _ slab: (Range<Int>) -> Slab) -> [Slab] {
    func slabs(_ count: Int) -> [Slab] {
      (0..<count).map { slab(planes * $0 / count..<planes * ($0 + 1) / count) }
    }
    let count = (1...planes).first { slabs($0).allSatisfy { $0.bytes <= bytes } }
    return slabs(count ?? planes)
  }

  /// Bytes that a pass goes over again and again: the rows of both sides, and lists of which of them meet.
  private var bytes: Int {
    let inputs = shape.input.0 * shape.input.1 * shape.input.2
    let outputs = shape.output.0 * shape.output.1 * shape.output.2
    let taps = shape.kernel.0 * shape.kernel.1 * shape.kernel.2
    return Int(4 * (shape.input_channels * inputs + shape.output_channels * outputs) + 8 * taps * outputs)
  }

  /// Planes of the output with the planes of the input that they see.
  private init(_ shape: zoo_batch_shape, outputs: Range<Int>) {
    let (stride, reach) = (Int(shape.stride.0), Int((shape.kernel.0 - 1) * shape.dilation.0))
    let first = outputs.lowerBound * stride - Int(shape.padding.0)
    let last = (outputs.upperBound - 1) * stride - Int(shape.padding.0) + reach
    self.init(shape, inputs: first..<last + 1, outputs: outputs)
  }

  /// Planes of the input with the planes of the output that see them.
  private init(_ shape: zoo_batch_shape, inputs: Range<Int>) {
    let (stride, reach) = (Int(shape.stride.0), Int((shape.kernel.0 - 1) * shape.dilation.0))
    let padding = Int(shape.padding.0)
    let first = max(0, inputs.lowerBound + padding - reach) / stride
    let last = (inputs.upperBound - 1 + padding) / stride
    self.init(shape, inputs: inputs, outputs: first..<last + 1)
  }

  /// What lies in these planes, as far as there are such; at least one of each side.
  private init(_ shape: zoo_batch_shape, inputs: Range<Int>, outputs: Range<Int>) {
    func inside(_ planes: Range<Int>, _ count: Int64) -> Range<Int> {
      let first = min(max(0, planes.lowerBound), Int(count) - 1)
      return first..<max(first + 1, min(planes.upperBound, Int(count)))
    }
    let (inputs, outputs) = (inside(inputs, shape.input.0), inside(outputs, shape.output.0))
    self.shape = shape
    self.shape.input.0 = Int64(inputs.count)
    self.shape.output.0 = Int64(outputs.count)
    self.shape.padding.0 += Int64(inputs.lowerBound) - Int64(outputs.lowerBound) * shape.stride.0
    input = inputs.lowerBound * Int(shape.input.1 * shape.input.2)
    output = outputs.lowerBound * Int(shape.output.1 * shape.output.2)
  }
}
