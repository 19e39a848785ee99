import ZooCore
public import ZooFormats
public import ZooVolume

/// A case's slices side by side, one of each plane: the one with the largest outline, or the middle one; if asked, with a map
/// over them.
public struct CaseMontage {
  private let volume: SlicedVolume

  private static let gap = 8
  /// Pixels of all three slices along a row, and the most along a column.
  private static let size = 680.0

  /// Takes the first channel of a volume [D, H, W], its mask, and its place in the body where that is known.
  public init(axes: [Int], voxels: [Float], mask: [Bool]?, affine: Affine?) {
    volume = SlicedVolume(axes: axes, voxels: voxels, mask: mask, affine: affine)
  }

  /// Which slices are shown, from left to right: `axial slice 3 of 8, …`.
  public var places: String {
    volume.planes.map { "\($0.name) slice \(slice($0) + 1) of \(volume.axes[$0.across])" }
      .joined(separator: ", ")
  }

  /// Draws the slices, and a map of D · H · W values from 0 to 1 over them; a `Problem` where that is too large for a picture.
  public func image(map: [Float]? = nil) throws -> PNGImage {
    let planes = volume.planes
    let scales = volume.scales(to: Self.size) { max($0[2] + $0[2] + $0[1], $0[0]) }
    let sizes = planes.map { plane in
      (
        width: volume.axes[plane.columns] * scales[plane.columns],
        height: volume.axes[plane.rows] * scales[plane.rows]
      )
    }
    var canvas = try Canvas(
      width: sizes.reduce(-Self.gap) { $0 + $1.width + Self.gap }, height: sizes.map(\.height).max() ?? 1)
    var left = 0
    for (plane, size) in zip(planes, sizes) {
      // Letters and lines twice as large: a page shows three slices side by side at half their size.
      SlicePanel(volume: volume, plane: plane, slice: slice(plane), scales: scales, map: map, zoom: 2)
        .draw(at: (left, (canvas.image.height - size.height) / 2), into: &canvas)
      left += size.width + Self.gap
    }
    return canvas.image
  }

  private func slice(_ plane: SlicePlane) -> Int {
    volume.outlined(across: plane) ?? volume.axes[plane.across] / 2
  }
}
