/// A sample in little: the means of 8³ blocks, and for each a bit that says whether it is above the mean of all.
///
/// Volumes that are nearly the same have nearly the same bits, whatever their scale of values ("average hash").
struct VolumeHash: Sendable {
  /// Blocks along an axis.
  private static let blocks = 8
  /// 512 bits.
  let bits: SIMD8<UInt64>
  /// The block means, less their mean, scaled to a length of 1; zeros for a sample that is the same everywhere.
  let means: [Float]

  /// Takes a sample of C · D · H · W values. O(values).
  init(_ sample: [Float], size: [Int]) {
    let blocks = VolumeHash.blocks
    var sums = [Float](repeating: 0, count: blocks * blocks * blocks)
    var counts = sums
    for (index, value) in sample.enumerated() {
      let (row, w) = index.quotientAndRemainder(dividingBy: size[2])
      let (plane, h) = row.quotientAndRemainder(dividingBy: size[1])
      let d = plane % size[0]
      let block =
        (d * blocks / size[0] * blocks + h * blocks / size[1]) * blocks + w * blocks / size[2]
      sums[block] += value
      counts[block] += 1
    }
    let values = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    let mean = values.reduce(0, +) / Float(values.count)
    let length = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    means = values.map { length > 0 ? ($0 - mean) / length : 0 }
    var bits = SIMD8<UInt64>()
    for (index, value) in means.enumerated() where value > 0 { bits[index / 64] |= 1 << (index % 64) }
    self.bits = bits
  }

  /// How many bits differ.
  func distance(to other: VolumeHash) -> Int {
    let difference = bits ^ other.bits
    return (0..<8).reduce(0) { $0 + difference[$1].nonzeroBitCount }
  }

  /// The correlation of the block means.
  func likeness(to other: VolumeHash) -> Float { zip(means, other.means).reduce(0) { $0 + $1.0 * $1.1 } }
}
