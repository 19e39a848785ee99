import ZooCore
public import ZooVolume

/// Memory for a batch of samples and their targets, taken once and filled again and again.
public final class Batch {
  /// (C, D, H, W) of a sample
  public let shape: Shape
  /// K, the numbers a target has.
  public let outputs: Int
  /// How many samples fit.
  public let capacity: Int
  /// How many samples are in it.
  public private(set) var count = 0
  private var indices: [Int]
  private let arena: Arena
  private let targetsOffset: Int

  /// Takes memory for `capacity` samples: 4 · capacity · (C·D·H·W + K) bytes.
  public init(capacity: Int, shape: Shape, outputs: Int) throws {
    // Targets start on a cache line of their own.
    let floats = (capacity * shape.count + 15) / 16 * 16
    let bytes = (floats + capacity * outputs) * MemoryLayout<Float>.stride
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory for a batch of \(capacity)", expected: "\(bytes >> 20) MiB",
        next: "choose a smaller batch")
    }
    self.shape = shape
    self.outputs = outputs
    self.capacity = capacity
    self.arena = arena
    targetsOffset = floats * MemoryLayout<Float>.stride
    indices = Array(repeating: 0, count: capacity)
  }

  /// [N × C × D × H × W], the samples that are in it.
  public var voxels: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: arena.floats(at: 0), count: count * shape.count)
  }

  /// [N × K], their targets: shares of the classes, or P(class 1) where K is one; zero for a case without label.
  public var targets: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: arena.floats(at: targetsOffset), count: count * outputs)
  }

  /// The position in the data set of a sample of the batch.
  public func caseIndex(_ sample: Int) -> Int { indices[sample] }

  /// Empties the batch.
  func removeAll() { count = 0 }

  /// Adds a case's sample and target; the batch must have room.
  func append(_ index: Int, of dataset: Dataset, _ placement: Placement) {
    precondition(count < capacity, "the batch is full")
    dataset.write(index, placement, to: arena.floats(at: 0) + count * shape.count)
    let target = arena.floats(at: targetsOffset) + count * outputs
    target.update(repeating: 0, count: outputs)
    if let label = dataset.cases[index].label {
      if outputs == 1 { target[0] = Float(label) } else { target[label] = 1 }
    }
    indices[count] = index
    count += 1
  }
}
