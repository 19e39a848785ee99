extension LIDCAnnotation {
  /// The nodule's volume in mm³: each outline's area times its slice's reach, holes subtracted.
  ///
  /// The definition of pylidc's `Annotation.volume`, which stops with an error where all of several outlines lie in
  /// one slice; here the slice thickness is taken, as for a single outline.
  public var volume: Double {
    slabs.reduce(0) { sum, slab in
      let area = slab.contours.reduce(0) { $0 + ($1.includes ? $1.area : -$1.area) }
      return sum + area * pixelSpacing * pixelSpacing * (slab.high - slab.low)
    }
  }

  /// The greatest in-plane diameter in mm: the greatest distance between two corners of one outline.
  ///
  /// The definition of pylidc's `Annotation.diameter`; an annotation of single points has diameter 0.
  public var diameter: Double {
    (contours.map(\.extent).max() ?? 0) * pixelSpacing
  }

  /// Whether a point in mm (column, row, slice) is marked.
  func contains(_ point: SIMD3<Double>) -> Bool {
    guard let slab = slabs.first(where: { $0.low <= point.z && point.z < $0.high }) else { return false }
    return slab.contains(x: point.x / pixelSpacing, y: point.y / pixelSpacing)
  }

  /// Whether the outlines of two annotations of one scan come as near as a distance in mm, or one holds the other's
  /// centre. Stops at the first pair of corners near enough; at worst the product of the corners.
  func isNear(_ other: LIDCAnnotation, within distance: Double) -> Bool {
    let gap = pointwiseMax(
      pointwiseMax(box.low - other.box.high, other.box.low - box.high), .zero)
    guard (gap * gap).sum() <= distance * distance else { return false }
    if contains(other.centre) || other.contains(centre) { return true }
    for mine in contours {
      for theirs in other.contours {
        let dz = mine.z - theirs.z
        let left = (distance * distance - dz * dz) / (pixelSpacing * pixelSpacing)
        guard left >= 0 else { continue }
        for i in mine.x.indices {
          for j in theirs.x.indices {
            let (dx, dy) = (mine.x[i] - theirs.x[j], mine.y[i] - theirs.y[j])
            if dx * dx + dy * dy <= left { return true }
          }
        }
      }
    }
    return false
  }
}
