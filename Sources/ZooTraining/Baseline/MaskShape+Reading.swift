import ZooCore
import ZooData
import ZooFormats

extension MaskShape {
  /// Reads the mask `seg` of a case's file and measures it.
  init(reading path: String) throws {
    let file = try NPZFile(reading: path, limit: 1 << 30)
    let (type, axes) = try file.header("seg")
    guard axes.count == 3, axes.allSatisfy({ $0 > 0 }), axes.allSatisfy({ $0 <= 1024 }) else {
      throw Problem(
        "wrong shape", at: "\(path): seg", expected: "a volume, D×H×W, of at most 1024 voxels an axis",
        found: NDArray.text(of: axes))
    }
    let array = try file.array("seg")
    let mask = type == .bool || type == .uint8 ? array.bytes : array.floats().map { $0 == 0 ? 0 : 1 }
    self.init(mask: mask, axes: axes)
  }

  /// The masks of cases, in their order.
  static func read(
    _ names: [String], in folder: M3DVFolder, part: M3DVFolder.Part, threads: Int
  ) throws -> [MaskShape] {
    try Parallel.map(names.map { folder.file(of: $0, in: part) }, threads: threads) {
      try MaskShape(reading: $0)
    }
  }
}
