import ZooCore
import ZooFormats

/// An array of [C, D, H, W] as a file holds it, and how its numbers become voxels.
struct StoredVoxels: Sendable {
  /// Where it stands, for messages.
  let place: String
  /// Three axes for one channel, or four.
  let array: NDArray

  /// Takes a volume, D×H×W or C×D×H×W; anything else is a `Problem`, and so are numbers that are not finite.
  init(_ array: NDArray, at place: String) throws {
    try StoredVoxels.checkShape(array.shape, at: place)
    self.place = place
    self.array = array
    guard !array.type.isInteger, let first = array.firstNotFinite else { return }
    let values = array.floats()
    let index = first % axes.reduce(1, *)
    let position = [index / (axes[1] * axes[2]), index / axes[2] % axes[1], index % axes[2]]
    throw Problem(
      "\(values.count { !$0.isFinite }) values are no finite numbers", at: place, expected: "finite numbers",
      found: "\(values[first]) at \(position)", next: "repair or leave out the case")
  }

  /// Refuses what is no volume.
  static func checkShape(_ shape: [Int], at place: String) throws {
    guard [3, 4].contains(shape.count), shape.allSatisfy({ $0 > 0 }) else {
      throw Problem(
        "wrong shape", at: place, expected: "a volume, D×H×W", found: NDArray.text(of: shape),
        next: shape.count == 5 ? "a case is one volume, with channels as its first axis" : nil)
    }
  }

  /// C
  var channels: Int { array.shape.count == 4 ? array.shape[0] : 1 }
  /// [D, H, W]
  var axes: [Int] { Array(array.shape.suffix(3)) }

  /// The part of all channels between these bounds of D, H and W, [C × D × H × W] in C order.
  func part(_ bounds: [Range<Int>]) throws -> NDArray {
    let counts = bounds.map(\.count)
    guard counts != axes else { return array }
    let (size, axes) = (array.type.size, axes)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(channels * counts.reduce(size, *))
    for c in 0..<channels {
      for d in bounds[0] {
        for h in bounds[1] {
          let row = ((c * axes[0] + d) * axes[1] + h) * axes[2]
          bytes += array.bytes[(row + bounds[2].lowerBound) * size..<(row + bounds[2].upperBound) * size]
        }
      }
    }
    return try NDArray(type: array.type, shape: [channels] + counts, bytes: bytes)
  }

  /// The same part as floats.
  func floats(_ bounds: [Range<Int>]) throws -> [Float] { try part(bounds).floats() }

  /// The same part as truth values, one byte each, inside where not zero.
  func inside(_ bounds: [Range<Int>]) throws -> [UInt8] {
    if array.type.size == 1 { return try part(bounds).bytes }
    return try floats(bounds).map { $0 == 0 ? 0 : 1 }
  }
}
