#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The size and the shape of a mask in numbers that do not change when it is shifted, turned by 90° or mirrored.
public struct MaskShape: Hashable, Sendable {
  /// Voxels inside.
  public let volume: Int
  /// Voxels inside that touch the outside, or the volume's border, with a face.
  public let surface: Int
  /// Sizes of the bounding box, largest first.
  public let extents: [Int]
  /// Standard deviations along the principal axes in voxels, largest first.
  public let axes: [Double]
  /// Whether every voxel of the volume is inside: no mask at all.
  public let isFull: Bool

  /// Measures a mask of D·H·W bytes, inside where not zero. O(D·H·W), two passes at most.
  public init(mask: [UInt8], axes sizes: [Int]) {
    precondition(sizes.count == 3 && sizes.reduce(1, *) == mask.count, "a mask needs D·H·W values")
    let (depth, height, width) = (sizes[0], sizes[1], sizes[2])
    var (volume, surface) = (0, 0)
    var low = SIMD3(depth, height, width)
    var high = SIMD3(repeating: -1)
    // Whole numbers, so that sums are exact: 1024³ voxels of 1023² are below 2⁶³.
    var (z, y, x, zz, yy, xx, zy, zx, yx) = (0, 0, 0, 0, 0, 0, 0, 0, 0)
    mask.withUnsafeBufferPointer { mask in
      for d in 0..<depth {
        for h in 0..<height {
          let row = (d * height + h) * width
          for w in 0..<width where mask[row + w] != 0 {
            let i = row + w
            volume += 1
            low = pointwiseMin(low, SIMD3(d, h, w))
            high = pointwiseMax(high, SIMD3(d, h, w))
            (z, y, x) = (z + d, y + h, x + w)
            (zz, yy, xx) = (zz + d * d, yy + h * h, xx + w * w)
            (zy, zx, yx) = (zy + d * h, zx + d * w, yx + h * w)
            let isWithin =
              d > 0 && h > 0 && w > 0 && d + 1 < depth && h + 1 < height && w + 1 < width
              && mask[i - 1] != 0 && mask[i + 1] != 0 && mask[i - width] != 0 && mask[i + width] != 0
              && mask[i - height * width] != 0 && mask[i + height * width] != 0
            if !isWithin { surface += 1 }
          }
        }
      }
    }
    self.volume = volume
    self.surface = surface
    isFull = volume == mask.count
    extents = (0..<3).map { max(0, high[$0] - low[$0] + 1) }.sorted(by: >)
    func covariance(_ ab: Int, _ a: Int, _ b: Int) -> Double {
      let n = Double(max(1, volume))
      return Double(ab) / n - Double(a) / n * (Double(b) / n)
    }
    let moments = SymmetricMatrix(
      xx: covariance(zz, z, z), yy: covariance(yy, y, y), zz: covariance(xx, x, x),
      xy: covariance(zy, z, y), xz: covariance(zx, z, x), yz: covariance(yx, y, x))
    axes = moments.eigenvalues.map { max(0, $0).squareRoot() }
  }

  /// What the logistic regression sees: logarithms of volume, surface and extents, compactness (36π·V² / S³, one for
  /// a ball as far as voxels allow), and the ratios of the second and third axis to the first.
  public var features: [Double] {
    let (v, s) = (Double(volume), Double(max(1, surface)))
    let sizes = [v, s] + extents.map(Double.init)
    // Half a voxel keeps flat and empty masks finite.
    let ratios = axes.dropFirst().map { ($0 + 0.5) / (axes[0] + 0.5) }
    return sizes.map { log(1 + $0) } + [36 * .pi * v * v / (s * s * s)] + ratios
  }
}
