import ZooCore
import ZooFormats

/// A file of a volume by the end of its name: `.nii`, `.nii.gz`, `.npy`, or `.npz` with `voxel` and, if there is one, `seg`.
enum VolumeFile {
  /// The ends of names that are known.
  static let extensions = [".nii", ".nii.gz", ".npy", ".npz"]

  /// The name without its end; nil where that is not known.
  static func stem(of name: String) -> String? {
    extensions.first { name.hasSuffix($0) && name.count > $0.count }.map { String(name.dropLast($0.count)) }
  }

  /// What is known before anything is decoded; `mask` is a mask's own file.
  static func header(of path: String, mask: String?) throws -> VolumeHeader {
    if path.hasSuffix(".npz") { return try CaseFile(path: path).header(mask: mask != nil) }
    if path.hasSuffix(".npy") {
      let (type, shape) = try NPYFile.header(of: path)
      try StoredVoxels.checkShape(shape, at: path)
      return VolumeHeader(
        type: type, channels: shape.count == 4 ? shape[0] : 1, axes: Array(shape.suffix(3)),
        hasMask: mask != nil,
        isScaled: false, hasSpacing: false)
    }
    try refuseUnknown(path)
    let header = try NIfTIFile.header(of: path)
    return VolumeHeader(
      type: header.type, channels: header.channels, axes: header.axes.reversed(), hasMask: mask != nil,
      isScaled: header.scaling != nil, hasSpacing: true)
  }

  /// Decodes a volume with its mask: that of its own file, or `seg` of an archive where `masked`.
  static func volume(of path: String, mask: String?, masked: Bool) throws -> Volume {
    if path.hasSuffix(".npz"), mask == nil { return try CaseFile(path: path).volume(mask: masked) }
    let voxels = try voxels(of: path)
    return try Volume(voxels: voxels, mask: mask.map { try self.voxels(of: $0) }, isCentredOnMask: true)
  }

  private static func voxels(of path: String) throws -> StoredVoxels {
    if path.hasSuffix(".npz") { return try CaseFile(path: path).volume(mask: false).voxels }
    if path.hasSuffix(".npy") { return try StoredVoxels(NPYFile.read(path, limit: 1 << 30), at: path) }
    try refuseUnknown(path)
    let (header, array) = try NIfTIFile.read(path)
    return try StoredVoxels(header, array, at: path)
  }

  private static func refuseUnknown(_ path: String) throws {
    guard stem(of: path) == nil else { return }
    throw Problem("unknown kind of file", at: path, expected: extensions.joined(separator: ", "))
  }
}
