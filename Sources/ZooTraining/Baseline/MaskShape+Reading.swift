import ZooCore
import ZooData

extension MaskShape {
  /// The masks of cases, in their order.
  static func read(
    _ cases: [Case], in source: any DataSource, part: DataPart, threads: Int
  ) throws -> [MaskShape] {
    try source.volumes(
      of: cases, in: part, masks: true, threads: threads, progress: { _, _ in },
      work: { _, volume in try MaskShape(of: volume.get()) })
  }

  private init(of volume: Volume) throws {
    let (mask, axes, place) = try volume.wholeMask()
    guard axes.allSatisfy({ $0 <= 1024 }) else {
      throw Problem(
        "wrong shape", at: place, expected: "a volume, D×H×W, of at most 1024 voxels an axis",
        found: axes.map(String.init).joined(separator: "×"))
    }
    self.init(mask: mask, axes: axes)
  }
}
