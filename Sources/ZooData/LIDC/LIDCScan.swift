/// One CT scan of the database with what its readers marked.
public struct LIDCScan: Sendable {
  /// The database's number.
  public let id: Int
  /// The patient's name, `LIDC-IDRI-0078`; a few have two scans.
  public let patient: String
  /// Edge of a pixel in mm.
  public let pixelSpacing: Double
  /// Nominal slice thickness in mm.
  public let sliceThickness: Double
  /// Annotations by number.
  public let annotations: [LIDCAnnotation]

  /// As many radiologists read each scan.
  static let readers = 4

  /// Puts a scan together.
  public init(
    id: Int, patient: String, pixelSpacing: Double, sliceThickness: Double, annotations: [LIDCAnnotation]
  ) {
    self.id = id
    self.patient = patient
    self.pixelSpacing = pixelSpacing
    self.sliceThickness = sliceThickness
    self.annotations = annotations
  }

  /// The annotations grouped by nodule, each group and the groups among each other in the database's order.
  ///
  /// The database does not say which reader made an annotation, nor which annotations mean the same nodule. Two may
  /// mean the same if their outlines come within a slice thickness (at least a pixel) of each other, or one holds the
  /// other's centre. Such pairs are joined, nearest centres first, unless the group would exceed the four readers:
  /// so two neighbouring nodules, each marked by all, stay apart.
  public func groups() -> [[LIDCAnnotation]] {
    let tolerance = max(sliceThickness, pixelSpacing)
    var pairs: [(distance: Double, first: Int, second: Int)] = []
    for first in annotations.indices {
      for second in annotations.indices.dropFirst(first + 1)
      where annotations[first].isNear(annotations[second], within: tolerance) {
        let apart = annotations[first].centre - annotations[second].centre
        pairs.append(((apart * apart).sum(), first, second))
      }
    }
    pairs.sort { ($0.distance, $0.first, $0.second) < ($1.distance, $1.first, $1.second) }

    var groupOf = Array(annotations.indices)
    var members = annotations.indices.map { [$0] }
    for pair in pairs {
      let (kept, joined) = (groupOf[pair.first], groupOf[pair.second])
      guard kept != joined, members[kept].count + members[joined].count <= LIDCScan.readers else { continue }
      for member in members[joined] { groupOf[member] = kept }
      members[kept] += members[joined]
      members[joined] = []
    }
    return members.filter { !$0.isEmpty }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
      .map { group in group.map { annotations[$0] } }
  }
}
