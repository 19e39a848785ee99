import ZooVolume

/// A volume that is looked at slice by slice, and what is known of it.
struct SlicedVolume {
  /// [D, H, W]
  let axes: [Int]
  /// D · H · W voxels.
  let voxels: [Float]
  /// Which voxels are inside the mask; nil where there is none.
  let mask: [Bool]?
  /// Where the voxels lie in the body; nil where that is not known.
  let affine: Affine?

  init(axes: [Int], voxels: [Float], mask: [Bool]?, affine: Affine?) {
    let count = axes.reduce(1, *)
    precondition(voxels.count == count && mask?.count ?? count == count, "voxels and mask of the same size")
    (self.axes, self.voxels, self.mask, self.affine) = (axes, voxels, mask, affine)
  }

  /// The planes that it is cut in.
  var planes: [SlicePlane] { SlicePlane.all(oriented: affine != nil) }

  /// [D, H, W], pixels along a voxel: the same length of the body takes the same number on every axis. What is measured of the
  /// axes' lengths takes so many pixels, or a little less.
  func scales(to pixels: Double, _ measure: (_ lengths: [Double]) -> Double) -> [Int] {
    let sizes = affine.map { $0.columns.reversed().map { ($0 * $0).sum().squareRoot() } } ?? [1, 1, 1]
    let least = max(sizes.min() ?? 1, .leastNormalMagnitude)
    let ratios = sizes.map { min($0 / least, 100) }
    let unit = max(1, (pixels / measure(zip(axes, ratios).map { Double($0) * $1 })).rounded(.down))
    return ratios.map { max(1, Int(($0 * unit).rounded())) }
  }

  /// The slice of a plane that holds most of some values, of equals the middle one; nil where all are 0.
  func strongest(_ values: some RandomAccessCollection<Float>, across plane: SlicePlane) -> Int? {
    let sums = plane.sums(of: values, axes: axes)
    guard let most = sums.max(), most > 0 else { return nil }
    let all = sums.indices.filter { sums[$0] == most }
    return all[all.count / 2]
  }

  /// The slice of a plane with the largest outline; nil where there is none.
  func outlined(across plane: SlicePlane) -> Int? {
    mask.flatMap { mask in strongest(mask.map { $0 ? 1 : 0 }, across: plane) }
  }
}
