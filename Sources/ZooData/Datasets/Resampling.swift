import ZooVolume

/// A grid of another spacing along the axes of the body, and how its voxels are found between those of a volume.
///
/// It starts at the lowest corner of the box around all voxels' centres and ends at or behind the highest, as nibabel's
/// `resample_to_output` lays it.
struct Resampling {
  /// [D, H, W] of the grid.
  let axes: [Int]
  /// From a voxel (w, h, d) of the grid to one of the volume.
  let toVolume: Affine
  private let volume: [Int]

  /// The grid for a volume of [D, H, W] whose voxels (w, h, d) lie where the affine says; spacing [D, H, W] in mm.
  init?(axes: [Int], affine: Affine, spacing: [Double]) {
    guard let inverse = affine.inverse else { return nil }
    let most = SIMD3(Double(axes[2] - 1), Double(axes[1] - 1), Double(axes[0] - 1))
    let corners = (0..<8).map { corner in
      affine(SIMD3(corner & 1 == 0 ? 0 : most.x, corner & 2 == 0 ? 0 : most.y, corner & 4 == 0 ? 0 : most.z))
    }
    let low = corners.dropFirst().reduce(corners[0]) { pointwiseMin($0, $1) }
    let high = corners.dropFirst().reduce(corners[0]) { pointwiseMax($0, $1) }
    let step = SIMD3(spacing[2], spacing[1], spacing[0])
    // A hair less than a step, so that rounding makes no further voxel.
    let counts = ((high - low) / step - 1e-9).rounded(.up) + 1
    guard counts.max() < 1e5 else { return nil }
    self.axes = [Int(counts.z), Int(counts.y), Int(counts.x)]
    volume = axes
    let grid = Affine(columns: [SIMD3(step.x, 0, 0), SIMD3(0, step.y, 0), SIMD3(0, 0, step.z)], origin: low)
    toVolume = inverse.after(grid)
  }

  /// Calls `body` with each voxel between bounds of the grid, in C order, and its place (d, h, w) in the volume; nil outside.
  private func forEachVoxel(_ bounds: [Range<Int>], _ body: (SIMD3<Double>?) -> Void) {
    let most = SIMD3(Double(volume[0] - 1), Double(volume[1] - 1), Double(volume[2] - 1))
    for d in bounds[0] {
      for h in bounds[1] {
        for w in bounds[2] {
          let point = toVolume(SIMD3(Double(w), Double(h), Double(d)))
          let place = SIMD3(point.z, point.y, point.x)
          // Rounding shall not put a voxel of the border outside.
          let held = place.clamped(lowerBound: .zero, upperBound: most)
          let distance = place - held
          body(max(distance.max(), -distance.min()) > 1e-6 ? nil : held)
        }
      }
    }
  }

  /// Values between bounds of the grid, linear in each axis, channel after channel; NaN outside the volume.
  func values(of voxels: StoredVoxels, _ bounds: [Range<Int>]) throws -> [Float] {
    let read = sourceBounds(of: bounds)
    let (source, counts) = (try voxels.floats(read), read.map(\.count))
    let (count, channel) = (bounds.map(\.count).reduce(1, *), counts.reduce(1, *))
    var result = [Float](repeating: .nan, count: voxels.channels * count)
    var index = 0
    forEachVoxel(bounds) { place in
      defer { index += 1 }
      guard let place else { return }
      let floor = place.rounded(.down)
      let part = place - floor
      let low = (0..<3).map { Int(floor[$0]) - read[$0].lowerBound }
      for c in 0..<voxels.channels {
        var sum = 0.0
        for corner in 0..<8 {
          var (weight, position) = (1.0, c)
          for axis in 0..<3 {
            let isHigh = corner >> (2 - axis) & 1 == 1
            weight *= isHigh ? part[axis] : 1 - part[axis]
            position = position * counts[axis] + min(low[axis] + (isHigh ? 1 : 0), counts[axis] - 1)
          }
          if weight != 0 { sum += weight * Double(source[position]) }
        }
        result[c * count + index] = Float(sum)
      }
    }
    precondition(source.count == voxels.channels * channel)
    return result
  }

  /// Truth values between bounds of the grid, of the nearest voxel each; 0 outside the volume.
  func inside(of mask: StoredVoxels, _ bounds: [Range<Int>]) throws -> [UInt8] {
    let read = sourceBounds(of: bounds)
    let (source, counts) = (try mask.inside(read), read.map(\.count))
    var result: [UInt8] = []
    result.reserveCapacity(bounds.map(\.count).reduce(1, *))
    forEachVoxel(bounds) { place in
      guard let place else { return result.append(0) }
      let near = (place + 0.5).rounded(.down)
      let at = (0..<3).map { min(Int(near[$0]) - read[$0].lowerBound, counts[$0] - 1) }
      result.append(source[(at[0] * counts[1] + at[1]) * counts[2] + at[2]])
    }
    return result
  }

  /// The voxels of the volume that a box of the grid needs.
  private func sourceBounds(of bounds: [Range<Int>]) -> [Range<Int>] {
    let corners = (0..<8).map { corner in
      let index = (0..<3).map {
        Double(corner >> $0 & 1 == 0 ? bounds[$0].lowerBound : bounds[$0].upperBound - 1)
      }
      return toVolume(SIMD3(index[2], index[1], index[0]))
    }
    return (0..<3).map { axis in
      let along = corners.map { $0[2 - axis] }
      let low = min(max(0, Int((along.min() ?? 0).rounded(.down)) - 1), volume[axis] - 1)
      let high = min(max(low, Int((along.max() ?? 0).rounded(.up)) + 1), volume[axis] - 1)
      return low..<high + 1
    }
  }

  /// The smallest box of the grid around the voxels that lie inside a mask; nil for an empty mask.
  func box(around mask: StoredVoxels) throws -> [Range<Int>]? {
    guard let back = toVolume.inverse else { return nil }
    let inside = try mask.inside(mask.bounds)
    var (low, high) = (SIMD3<Double>(repeating: .infinity), SIMD3<Double>(repeating: -.infinity))
    for index in inside.indices where inside[index] != 0 {
      let (d, h, w) = (index / (volume[1] * volume[2]), index / volume[2] % volume[1], index % volume[2])
      let point = back(SIMD3(Double(w), Double(h), Double(d)))
      (low, high) = (pointwiseMin(low, point), pointwiseMax(high, point))
    }
    guard low.x <= high.x else { return nil }
    return [2, 1, 0].map { Int(low[$0].rounded())..<Int(high[$0].rounded()) + 1 }
  }
}
