import ZooCore
public import ZooVolume

/// Memory for a batch of samples and their targets, taken once and filled again and again.
public final class Batch {
  /// (C, D, H, W) of a sample
  public let shape: Shape
  /// K, the classes that a target is about.
  public let classes: Int
  /// How many samples fit.
  public let capacity: Int
  /// How many samples are in it.
  public private(set) var count = 0
  private var indices: [Int]
  private let arena: Arena
  private let targetsOffset: Int

  /// Takes memory for `capacity` samples: 4 · capacity · (C·D·H·W + K) bytes.
  public init(capacity: Int, shape: Shape, classes: Int) throws {
    // Targets start on a cache line of their own.
    let floats = (capacity * shape.count + 15) / 16 * 16
    let bytes = (floats + capacity * classes) * MemoryLayout<Float>.stride
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory for a batch of \(capacity)", expected: bytes.asMegabytes,
        next: "choose a smaller batch")
    }
    self.shape = shape
    self.classes = classes
    self.capacity = capacity
    self.arena = arena
    targetsOffset = floats * MemoryLayout<Float>.stride
    indices = Array(repeating: 0, count: capacity)
  }

  /// [N × C × D × H × W], the samples that are in it.
  public var voxels: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: arena.floats(at: 0), count: count * shape.count)
  }

  /// [N × K], their targets: the classes' shares times what the case weighs, which is the row's sum: 1 for a case with a
  /// label, 0 for one that has none.
  public var targets: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: arena.floats(at: targetsOffset), count: count * classes)
  }

  /// The position in the data set of a sample of the batch.
  public func caseIndex(_ sample: Int) -> Int { indices[sample] }

  /// Empties the batch.
  func removeAll() { count = 0 }

  /// Where a sample's voxels lie, [C × D × H × W].
  func sample(_ number: Int) -> UnsafeMutablePointer<Float> { arena.floats(at: 0) + number * shape.count }

  /// Adds a case with its target; its voxels are still to be written. The batch must have room.
  func append(_ index: Int, of dataset: Dataset) {
    precondition(count < capacity, "the batch is full")
    let target = arena.floats(at: targetsOffset) + count * classes
    target.update(repeating: 0, count: classes)
    if let pseudo = dataset.cases[index].pseudo {
      for k in 0..<classes { target[k] = Float(pseudo.shares[k] * pseudo.weight) }
    } else if let label = dataset.cases[index].label {
      target[label] = 1
    }
    indices[count] = index
    count += 1
  }
}
