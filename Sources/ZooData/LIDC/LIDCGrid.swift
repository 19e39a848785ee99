/// A cube of voxels, 1 mm each way, around a point of a scan.
public struct LIDCGrid: Sendable {
  /// Voxels along an edge.
  public static let edge = 64
  /// Voxels in all.
  public static let count = edge * edge * edge
  /// The middle in mm: column, row, slice.
  public let centre: SIMD3<Double>

  /// A grid around a point in mm (column, row, slice).
  public init(centre: SIMD3<Double>) { self.centre = centre }

  /// Where the voxel with index 0 on all axes has its centre, in mm.
  private var origin: SIMD3<Double> { centre - Double(LIDCGrid.edge - 1) / 2 }

  /// Whether all of an annotation lies on the grid.
  func holds(_ annotation: LIDCAnnotation) -> Bool {
    let half = SIMD3<Double>(repeating: Double(LIDCGrid.edge) / 2)
    guard let low = annotation.slabs.first?.low, let high = annotation.slabs.last?.high else { return true }
    var (from, to) = annotation.box
    from.z = low
    to.z = high
    return all(from .>= centre - half) && all(to .<= centre + half)
  }

  /// Which voxels an annotation marks, 64³ in order slice, row, column: those whose centre lies inside an outline of
  /// the slice there and in no hole. A nodule too small to hold any centre marks the voxel of its middle.
  public func mask(of annotation: LIDCAnnotation) -> [Bool] {
    let edge = LIDCGrid.edge
    var mask = [Bool](repeating: false, count: LIDCGrid.count)
    for slab in annotation.slabs {
      for plane in 0..<edge {
        let z = origin.z + Double(plane)
        guard slab.low <= z, z < slab.high else { continue }
        for inclusion in [true, false] {
          for contour in slab.contours where contour.includes == inclusion {
            fill(
              contour, spacing: annotation.pixelSpacing, with: inclusion, from: plane * edge * edge, of: &mask
            )
          }
        }
      }
    }
    if !mask.contains(true) {
      let place = (annotation.centre - origin).rounded(.toNearestOrAwayFromZero)
        .clamped(lowerBound: .zero, upperBound: SIMD3(repeating: Double(edge - 1)))
      mask[(Int(place.z) * edge + Int(place.y)) * edge + Int(place.x)] = true
    }
    return mask
  }

  /// Fills one outline in one plane, whose voxels start at an index.
  private func fill(
    _ contour: LIDCContour, spacing: Double, with value: Bool, from start: Int, of mask: inout [Bool]
  ) {
    let edge = LIDCGrid.edge
    guard let low = contour.y.min(), let high = contour.y.max() else { return }
    for row in rows(from: low * spacing - origin.y, to: high * spacing - origin.y) {
      let crossings = contour.crossings(ofRow: (origin.y + Double(row)) / spacing)
      for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
        let columns = rows(
          from: crossings[pair] * spacing - origin.x, to: crossings[pair + 1] * spacing - origin.x)
        for column in columns { mask[start + row * edge + column] = value }
      }
    }
  }

  /// The whole numbers on the grid's edge from one place up to, not including, another.
  private func rows(from low: Double, to high: Double) -> Range<Int> {
    let limit = Double(LIDCGrid.edge)
    let first = min(max(low.rounded(.up), 0), limit)
    let end = min(max(high.rounded(.up), first), limit)
    return Int(first)..<Int(end)
  }
}
