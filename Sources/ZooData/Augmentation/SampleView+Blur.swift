#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

extension SampleView {
  /// The most a Gaussian may blur, in voxels.
  static let largestSigma = 4.0
  /// Floats that its weights take at most.
  static let filterCount = 2 * radius(of: largestSigma) + 1

  /// Where the weights end: SciPy's four standard deviations.
  private static func radius(of sigma: Double) -> Int { Int(4 * sigma + 0.5) }

  /// Blurs every channel but the mask with a Gaussian; at the border the last voxel goes on.
  package func blur(sigma: Double) {
    let radius = SampleView.radius(of: min(sigma, SampleView.largestSigma))
    guard radius > 0 else { return }
    let (first, second) = (scratch, scratch + voxelCount)
    let weights = scratch + max(channels, 2) * voxelCount
    var sum = 0.0
    for i in -radius...radius { sum += exp(-0.5 * Double(i * i) / (sigma * sigma)) }
    for i in -radius...radius {
      weights[i + radius] = Float(exp(-0.5 * Double(i * i) / (sigma * sigma)) / sum)
    }
    let (d, h, w) = (size[0], size[1], size[2])
    forEachImage { values in
      guard let base = values.baseAddress else { return }
      filter(UnsafePointer(base), to: first, outer: 1, count: d, inner: h * w, weights, radius)
      filter(first, to: second, outer: d, count: h, inner: w, weights, radius)
      filter(second, to: first, outer: d * h, count: w, inner: 1, weights, radius)
      for index in values.indices where isOpen(values[index]) { values[index] = first[index] }
    }
  }

  /// Filters along one axis of `count` positions, `inner` values apart.
  private func filter(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, outer: Int, count: Int,
    inner: Int, _ weights: UnsafePointer<Float>, _ radius: Int
  ) {
    for block in 0..<outer {
      let (source, target) = (source + block * count * inner, target + block * count * inner)
      for position in 0..<count {
        let row = target + position * inner
        row.update(repeating: 0, count: inner)
        for offset in -radius...radius {
          let weight = weights[offset + radius]
          let read = source + min(max(position + offset, 0), count - 1) * inner
          for i in 0..<inner { row[i] += weight * read[i] }
        }
      }
    }
  }
}
