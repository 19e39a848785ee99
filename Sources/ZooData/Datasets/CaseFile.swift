import ZooCore
import ZooFormats

/// A case's file: `voxel`, a volume of numbers, and `seg`, its mask.
struct CaseFile {
  let path: String

  /// A gibibyte is 1,000 volumes of 100³: what declares more is no case.
  private func open() throws -> NPZFile { try NPZFile(reading: path, limit: 1 << 30) }

  /// What is known before anything is decoded; `mask` says whether there has to be one.
  func header(mask: Bool) throws -> VolumeHeader {
    let file = try open()
    let (type, shape) = try file.header("voxel")
    try check(type, shape)
    return VolumeHeader(
      type: type, channels: shape.count == 4 ? shape[0] : 1, axes: Array(shape.suffix(3)),
      hasMask: mask || file.names.contains("seg"), isScaled: false, hasSpacing: false)
  }

  /// Decodes the volume, and its mask where asked for. A `Problem` says what is wrong with its arrays; types and
  /// shapes are looked at before anything is decoded.
  func volume(mask: Bool) throws -> Volume {
    let file = try open()
    let (type, shape) = try file.header("voxel")
    try check(type, shape)
    if mask {
      let (_, own) = try file.header("seg")
      guard own == Array(shape.suffix(3)) else {
        throw Problem(
          "shape differs from voxel's", at: place("seg"), expected: NDArray.text(of: Array(shape.suffix(3))),
          found: NDArray.text(of: own))
      }
    }
    return try Volume(
      voxels: StoredVoxels(try file.array("voxel"), at: place("voxel")),
      mask: mask ? StoredVoxels(try file.array("seg"), at: place("seg")) : nil)
  }

  private func check(_ type: ElementType, _ shape: [Int]) throws {
    guard type != .bool else {
      throw Problem(
        "wrong type", at: place("voxel"), expected: "numbers (uint8 as a rule)", found: type.rawValue)
    }
    try StoredVoxels.checkShape(shape, at: place("voxel"))
  }

  private func place(_ array: String) -> String { "\(path): \(array)" }
}
