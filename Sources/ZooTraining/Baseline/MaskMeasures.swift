import ZooCore
import ZooData

/// What is measured of a case's mask and of the voxels inside it.
struct MaskMeasures: Hashable, Sendable {
  /// Size and shape of the mask.
  let shape: MaskShape
  /// Mean and standard deviation of the values inside, channel by channel; zeros for an empty mask.
  let intensity: [Double]

  /// Measures a volume; a `Problem` where it has no mask.
  init(_ volume: Volume) throws {
    let (mask, axes, place) = try volume.wholeMask()
    guard axes.allSatisfy({ $0 <= 1024 }) else {
      throw Problem(
        "wrong shape", at: place, expected: "a volume, D×H×W, of at most 1024 voxels an axis",
        found: axes.map(String.init).joined(separator: "×"))
    }
    shape = MaskShape(mask: mask, axes: axes)
    intensity = try volume.valuesInside(mask).flatMap { values in
      let mean = values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
      let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      return [mean, (squares / Double(max(1, values.count))).squareRoot()]
    }
  }

  /// Measures cases, in their order; a volume and its mask are decoded once.
  static func read(
    _ cases: [Case], in source: any DataSource, part: DataPart, threads: Int
  ) throws -> [MaskMeasures] {
    try source.volumes(
      of: cases, in: part, masks: true, threads: threads, progress: { _, _ in },
      work: { _, volume in try MaskMeasures(volume.get()) })
  }
}
