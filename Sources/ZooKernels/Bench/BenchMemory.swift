import ZooCore
import ZooVolume

/// Memory of a measurement: arrays of given sizes behind each other, as a network lays them.
final class BenchMemory {
  private let arena: Arena
  private var starts: [Int] = []

  /// Takes zeroed memory for arrays of so many bytes.
  init(_ sizes: [Int]) throws {
    var bytes = 0
    for size in sizes {
      starts.append(bytes)
      bytes += (size + 63) / 64 * 64
    }
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory to measure kernels", expected: bytes.asMegabytes,
        next: "use a smaller input")
    }
    self.arena = arena
  }

  /// An array, by its position among the sizes.
  subscript(index: Int) -> UnsafeMutableRawPointer { arena.base + starts[index] }

  /// An array of floats.
  func floats(_ index: Int) -> UnsafeMutablePointer<Float> { arena.floats(at: starts[index]) }

  /// Fills an array with numbers between −1 and 1 that follow no pattern, times `factor`.
  func fill(_ index: Int, count: Int, bf16: Bool = false, factor: Float = 1) {
    var bits: UInt64 = 1
    for position in 0..<count {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Float(Int32(truncatingIfNeeded: bits >> 32)) * 0x1p-31 * factor
      if bf16 {
        self[index].storeBytes(
          of: UInt16(value.bitPattern >> 16), toByteOffset: 2 * position, as: UInt16.self)
      } else {
        floats(index)[position] = value
      }
    }
  }
}
