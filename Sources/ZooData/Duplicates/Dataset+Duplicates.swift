import ZooVolume

/// Two cases whose samples are all but the same.
public struct NearDuplicate: Hashable, Sendable {
  /// The position of one.
  public let first: Int
  /// The position of the other.
  public let second: Int
  /// The correlation of their voxels.
  public let correlation: Double
}

extension Dataset {
  /// Pairs of a case of `some` and one of `others` whose samples have a correlation of 0.995 at least.
  ///
  /// Candidates are found by a hash of 512 bits, of which 32 may differ. What is shifted by a voxel or turned is not found;
  /// samples that are the same everywhere never are. O(|some| · |others|) comparisons of hashes.
  public func nearDuplicates(between some: [Int], and others: [Int]) -> [NearDuplicate] {
    let known = Set(some).union(others).sorted()
    let hashes = Dictionary(
      uniqueKeysWithValues: known.map { ($0, VolumeHash(sample($0), size: format.size)) })
    var found: [NearDuplicate] = []
    for first in some {
      guard let hash = hashes[first] else { continue }
      for second in others where second != first {
        guard let other = hashes[second], hash.distance(to: other) <= 32, hash.likeness(to: other) > 0.99
        else { continue }
        let correlation = Dataset.correlation(sample(first), sample(second))
        if correlation >= 0.995 {
          found.append(NearDuplicate(first: first, second: second, correlation: correlation))
        }
      }
    }
    return found
  }

  /// The centre crop of a case.
  private func sample(_ index: Int) -> [Float] {
    let count = format.shape.count
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress { write(index, .centre, to: start) }
      initialized = count
    }
  }

  /// Pearson's correlation; 0 where one of them is the same everywhere.
  private static func correlation(_ a: [Float], _ b: [Float]) -> Double {
    let n = Double(a.count)
    let (meanA, meanB) = (a.reduce(0) { $0 + Double($1) } / n, b.reduce(0) { $0 + Double($1) } / n)
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      let (x, y) = (Double(x) - meanA, Double(y) - meanB)
      (aa, bb, ab) = (aa + x * x, bb + y * y, ab + x * y)
    }
    return aa > 0 && bb > 0 ? ab / (aa * bb).squareRoot() : 0
  }
}
