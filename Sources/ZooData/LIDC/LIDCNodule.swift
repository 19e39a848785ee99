/// One nodule: the annotations of up to four readers taken together.
public struct LIDCNodule: Sendable {
  /// The name of its file without ending: the patient and a number.
  public let name: String
  /// The patient's name.
  public let patient: String
  /// The scan's number in the database.
  public let scan: Int
  /// One annotation a reader, at least one.
  public let annotations: [LIDCAnnotation]
  /// Mean of the readers' volumes in mm³.
  public let volume: Double
  /// Mean of the readers' diameters in mm.
  public let diameter: Double
  /// Mean of the readers' ratings.
  public let ratings: [LIDCRating: Double]
  /// The voxels around it; the middle is the mean of the readers' centres.
  public let grid: LIDCGrid
  /// Whether part of a reader's outlines lies beyond the grid.
  public let isCropped: Bool

  /// Takes annotations together; there must be at least one.
  public init(name: String, patient: String, scan: Int, annotations: [LIDCAnnotation]) {
    self.name = name
    self.patient = patient
    self.scan = scan
    self.annotations = annotations
    let count = Double(max(annotations.count, 1))
    volume = annotations.reduce(0) { $0 + $1.volume } / count
    diameter = annotations.reduce(0) { $0 + $1.diameter } / count
    ratings = Dictionary(
      uniqueKeysWithValues: LIDCRating.allCases.map { rating in
        (rating, Double(annotations.reduce(0) { $0 + ($1.ratings[rating] ?? 0) }) / count)
      })
    let grid = LIDCGrid(centre: annotations.reduce(.zero) { $0 + $1.centre } / count)
    self.grid = grid
    isCropped = !annotations.allSatisfy(grid.holds)
  }

  /// 1 where the mean of a rating lies above 3, 0 where below; nil where it is 3, or fewer than two readers rated.
  public func label(by rating: LIDCRating) -> Int? {
    guard annotations.count >= 2, let mean = ratings[rating], mean != 3 else { return nil }
    return mean > 3 ? 1 : 0
  }

  /// What stands in the nodule's file, 64³ each in order slice, row, column: `voxel`, 255 times the share of readers
  /// who marked a voxel, and `seg`, whether at least half of them did.
  public func volumes() -> (voxel: [UInt8], seg: [Bool]) {
    var marks = [Int](repeating: 0, count: LIDCGrid.count)
    for annotation in annotations {
      let mask = grid.mask(of: annotation)
      for index in marks.indices where mask[index] { marks[index] += 1 }
    }
    let readers = max(annotations.count, 1)
    // The share in 255ths, rounded to the nearest.
    let shades = (0...readers).map { UInt8((510 * $0 + readers) / (2 * readers)) }
    return (marks.map { shades[$0] }, marks.map { 2 * $0 >= readers })
  }
}
