import ZooCore
import ZooFormats

/// A case's file: `voxel`, a volume of numbers, and `seg`, its mask.
struct CaseFile {
  let path: String

  /// What a file gave: its crop, and what is odd about it.
  struct Contents: Sendable {
    let crop: Crop
    let warning: Problem?
  }

  /// Reads the file and cuts the crop out of it. A `Problem` says what is wrong with its arrays; types and shapes are
  /// looked at before anything is decoded.
  func read(_ format: SampleFormat) throws -> Contents {
    // A gibibyte is 1,000 volumes of 100³: what declares more is no case.
    let file = try NPZFile(reading: path, limit: 1 << 30)
    let (type, axes) = try file.header("voxel")
    guard type != .bool else {
      throw problem("voxel", "wrong type", expected: "numbers (uint8 as a rule)", found: type.rawValue)
    }
    guard axes.count == 3, axes.allSatisfy({ $0 > 0 }) else {
      throw problem("voxel", "wrong shape", expected: "a volume, D×H×W", found: NDArray.text(of: axes))
    }
    let mask = try format.mask == .ignore ? nil : readMask(of: file, axes: axes)
    let voxels = try file.array("voxel")
    let crop: Crop
    if type == .uint8 {
      crop = Crop(bytes: voxels.bytes, axes: axes, mask: mask, format: format)
    } else {
      let values = voxels.floats()
      try requireFinite(values, "voxel", axes)
      crop = Crop(floats: values, axes: axes, mask: mask, format: format)
    }
    return Contents(crop: crop, warning: mask.flatMap { warning(about: $0, axes, format) })
  }

  /// The mask as bytes, zero outside.
  private func readMask(of file: NPZFile, axes: [Int]) throws -> [UInt8] {
    let (type, shape) = try file.header("seg")
    guard shape == axes else {
      throw problem(
        "seg", "shape differs from voxel's", expected: NDArray.text(of: axes), found: NDArray.text(of: shape))
    }
    let array = try file.array("seg")
    if type == .bool || type == .uint8 { return array.bytes }
    let values = array.floats()
    try requireFinite(values, "seg", axes)
    return values.map { $0 == 0 ? 0 : 1 }
  }

  private func requireFinite(_ values: [Float], _ name: String, _ axes: [Int]) throws {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    let (d, h, w) = (index / (axes[1] * axes[2]), index / axes[2] % axes[1], index % axes[2])
    throw problem(
      name, "\(values.count { !$0.isFinite }) values are no finite numbers", expected: "finite numbers",
      found: "\(values[index]) at [\(d), \(h), \(w)]", next: "repair or leave out the case")
  }

  private func warning(about mask: [UInt8], _ axes: [Int], _ format: SampleFormat) -> Problem? {
    guard mask.contains(where: { $0 != 0 }) else { return problem("seg", "the mask is empty") }
    let centre = SampleFormat(size: format.size)
    let spans = (0..<3).map { axis in
      let start = centre.start(of: axes[axis], along: axis)
      return max(0, start)..<min(axes[axis], start + format.size[axis])
    }
    for d in spans[0] {
      for h in spans[1] {
        let row = (d * axes[1] + h) * axes[2]
        if mask[(row + spans[2].lowerBound)..<(row + spans[2].upperBound)].contains(where: { $0 != 0 }) {
          return nil
        }
      }
    }
    return problem("seg", "the mask lies outside the centre crop of \(NDArray.text(of: format.size))")
  }

  private func problem(
    _ array: String, _ what: String, expected: String? = nil, found: String? = nil, next: String? = nil
  ) -> Problem {
    Problem(what, at: "\(path): \(array)", expected: expected, found: found, next: next)
  }
}
