import ZooCore

/// The boxes that are covered one after the other: every voxel lies in one at least.
struct OcclusionWindows {
  /// [D, H, W] of the sample.
  let axes: [Int]
  /// [D, H, W] of a box.
  let patch: [Int]
  /// Voxels between two boxes along each axis.
  let stride: [Int]

  /// A quarter of the sample and half a patch unless said; a `Problem` for a patch that does not fit, and for strides that leave
  /// gaps.
  init(axes: [Int], patch: [Int]?, stride: [Int]?) throws {
    self.axes = axes
    self.patch = patch ?? axes.map { max(1, $0 / 4) }
    self.stride = stride ?? self.patch.map { max(1, $0 / 2) }
    for axis in 0..<3 {
      guard (1...axes[axis]).contains(self.patch[axis]) else {
        throw Problem(
          "wrong size of a patch", at: "--patch", expected: "1 to \(axes[axis]) voxels on axis \(axis)",
          found: "\(self.patch[axis])")
      }
      guard (1...self.patch[axis]).contains(self.stride[axis]) else {
        throw Problem(
          "patches would leave gaps", at: "--stride",
          expected: "1 to \(self.patch[axis]) voxels on axis \(axis), the patch's size",
          found: "\(self.stride[axis])")
      }
    }
  }

  /// `8×8×8 every 4×4×4`
  var description: String {
    func text(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "×") }
    return "\(text(patch)) every \(text(stride))"
  }

  /// All boxes; the last along an axis ends with it.
  var boxes: [[Range<Int>]] {
    let starts = (0..<3).map { axis -> [Int] in
      let last = axes[axis] - patch[axis]
      let regular = Array(Swift.stride(from: 0, through: last, by: stride[axis]))
      return regular.last == last ? regular : regular + [last]
    }
    return starts[0].flatMap { d in
      starts[1].flatMap { h in
        starts[2].map { w in zip([d, h, w], patch).map { $0..<$0 + $1 } }
      }
    }
  }

  /// Calls `body` with the position of each voxel of a box in the volume.
  func forEachVoxel(of box: [Range<Int>], _ body: (Int) -> Void) {
    for d in box[0] {
      for h in box[1] {
        for w in box[2] { body((d * axes[1] + h) * axes[2] + w) }
      }
    }
  }
}
