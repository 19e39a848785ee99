/// What one reader says of one nodule: an outline a slice and nine ratings.
public struct LIDCAnnotation: Sendable {
  /// The database's number.
  public let id: Int
  /// Edge of a pixel in mm.
  public let pixelSpacing: Double
  /// The scan's nominal slice thickness in mm.
  public let sliceThickness: Double
  /// One number a rating.
  public let ratings: [LIDCRating: Int]
  /// The outlines, at least one, in the database's order; a slice may have several.
  public let contours: [LIDCContour]
  /// The slices with an outline, lowest first, with the share of the body each one stands for.
  let slabs: [Slab]
  /// Mean of the outlines' corners in mm: column, row, slice.
  public let centre: SIMD3<Double>
  /// The lowest and highest corner in mm.
  let box: (low: SIMD3<Double>, high: SIMD3<Double>)

  /// A slice's outlines and the stretch of the body axis they stand for.
  struct Slab: Sendable {
    let z: Double
    let low: Double
    let high: Double
    let contours: [LIDCContour]

    /// Whether a point, in pixels, is marked: inside an outline and in no hole.
    func contains(x: Double, y: Double) -> Bool {
      contours.contains { $0.includes && $0.contains(x: x, y: y) }
        && !contours.contains { !$0.includes && $0.contains(x: x, y: y) }
    }
  }

  /// Puts an annotation together; `contours` must not be empty.
  public init(
    id: Int, pixelSpacing: Double, sliceThickness: Double, ratings: [LIDCRating: Int], contours: [LIDCContour]
  ) {
    self.id = id
    self.pixelSpacing = pixelSpacing
    self.sliceThickness = sliceThickness
    self.ratings = ratings
    self.contours = contours
    slabs = LIDCAnnotation.slabs(of: contours, sliceThickness: sliceThickness)
    var low = SIMD3<Double>(repeating: .infinity)
    var high = -low
    var sum = SIMD3<Double>.zero
    var count = 0.0
    for contour in contours {
      for (x, y) in zip(contour.x, contour.y) {
        let corner = SIMD3(x * pixelSpacing, y * pixelSpacing, contour.z)
        low = pointwiseMin(low, corner)
        high = pointwiseMax(high, corner)
        sum += corner
        count += 1
      }
    }
    box = (low, high)
    centre = sum / max(count, 1)
  }

  /// A slice reaches half way to its neighbours; the outermost ones reach as far outwards as inwards; a single slice
  /// is as thick as the scan's slices.
  private static func slabs(of contours: [LIDCContour], sliceThickness: Double) -> [Slab] {
    let slices = Dictionary(grouping: contours, by: \.z)
    let z = slices.keys.sorted()
    return z.indices.map { index in
      var below = index > 0 ? (z[index] - z[index - 1]) / 2 : nil
      var above = index + 1 < z.count ? (z[index + 1] - z[index]) / 2 : nil
      below = below ?? above ?? sliceThickness / 2
      above = above ?? below
      return Slab(
        z: z[index], low: z[index] - (below ?? 0), high: z[index] + (above ?? 0),
        contours: slices[z[index]] ?? [])
    }
  }
}
