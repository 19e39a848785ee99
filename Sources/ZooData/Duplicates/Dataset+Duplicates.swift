extension Dataset {
  /// Pairs of cases, the earlier first, whose samples have a correlation of 0.995 at least, or whose volumes have half of their
  /// local patterns in common: the one finds copies of other brightness or with noise, the other those with another mask,
  /// shifted by a voxel or two, mirrored or turned.
  ///
  /// Candidates for the first are found by a hash of 512 bits, of which 32 may differ. Volumes that are the same everywhere are
  /// not found. O(n²) comparisons of hashes, once.
  public func nearDuplicates() -> [NearDuplicate] { duplicates.value(searching: search) }

  private func search() -> [NearDuplicate] {
    let hashes = cases.indices.map { VolumeHash(crops[$0].sample, size: format.size) }
    var found: [NearDuplicate] = []
    for second in cases.indices {
      for first in 0..<second {
        let isAlike =
          hashes[first].distance(to: hashes[second]) <= 32
          && hashes[first].likeness(to: hashes[second]) > 0.99
        let overlap = sketches[first].overlap(with: sketches[second])
        guard isAlike || overlap >= VolumeSketch.copy else { continue }
        let correlation = Dataset.correlation(crops[first].sample, crops[second].sample)
        if correlation >= 0.995 || overlap >= VolumeSketch.copy {
          found.append(
            NearDuplicate(first: first, second: second, correlation: correlation, overlap: overlap))
        }
      }
    }
    return found
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
