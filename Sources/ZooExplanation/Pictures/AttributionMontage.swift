import ZooCore
public import ZooFormats
public import ZooVolume

/// A map over the slices it was made for: for each of three planes the slice with the largest outline and the one where the map
/// is strongest, as they are and with the map over them.
public struct AttributionMontage {
  private let map: Attribution
  private let volume: SlicedVolume
  private let title: [String]

  /// Takes a map, the first channel of the volume [D, H, W] that lies under it, its mask, its place in the body where that is
  /// known, and what the picture is about, a line each.
  public init(
    _ map: Attribution, over voxels: [Float], mask: [Bool]?, affine: Affine? = nil, title: [String]
  ) {
    self.map = map
    volume = SlicedVolume(axes: map.axes, voxels: voxels, mask: mask, affine: affine)
    self.title = title
  }

  private static let words: Canvas.Colour = (235, 235, 235)
  private static let gap = 12
  private static let line = PixelFont.height + 4

  /// Two slices of a plane at most, each with why it was chosen.
  struct Choice: Hashable {
    let slice: Int
    let reason: String
  }

  /// Draws the picture.
  public func image() throws -> PNGImage {
    let planes = volume.planes
    let scales = volume.scales(to: 224) { max($0[0], $0[1], $0[2]) }
    let choices = planes.map(choices(across:))
    func width(_ plane: SlicePlane) -> Int { map.axes[plane.columns] * scales[plane.columns] }
    func height(_ plane: SlicePlane) -> Int { map.axes[plane.rows] * scales[plane.rows] }
    let captions = zip(planes, choices).map { plane, choices in choices.map { caption($0, plane) } }
    let longest = captions.flatMap(\.self).map { $0.count * PixelFont.width }.max() ?? 0
    let pair = max(planes.map { 2 * width($0) + 4 }.max() ?? 0, longest) + Self.gap
    let columns = choices.map(\.count).max() ?? 1
    let text = max((title + legend).map(\.count).max() ?? 0, 1) * PixelFont.width
    let size = (
      width: max(columns * pair, text + Self.gap) + Self.gap,
      height: (title.count + legend.count + 1) * Self.line + 3 * Self.gap
        + planes.reduce(0) { $0 + height($1) + Self.line + Self.gap }
    )
    var canvas = try Canvas(width: size.width, height: size.height)
    var top = Self.gap
    for line in title {
      canvas.write(line, x: Self.gap, y: top, Self.words)
      top += Self.line
    }
    top += Self.gap
    for (number, plane) in planes.enumerated() {
      for (column, choice) in choices[number].enumerated() {
        let left = Self.gap + column * pair
        canvas.write(captions[number][column], x: left, y: top, Self.words)
        for (panel, showsMap) in [false, true].enumerated() {
          SlicePanel(
            volume: volume, plane: plane, slice: choice.slice, scales: scales,
            map: showsMap ? map.values : nil
          )
          .draw(at: (left + panel * (width(plane) + 4), top + Self.line), into: &canvas)
        }
      }
      top += Self.line + height(plane) + Self.gap
    }
    drawLegend(at: top, into: &canvas)
    return canvas.image
  }

  /// The slice with the largest outline, or the middle one, and the one where the map's sum is largest.
  private func choices(across plane: SlicePlane) -> [Choice] {
    let outlined = volume.outlined(across: plane)
    let first = outlined ?? map.axes[plane.across] / 2
    let reason = outlined == nil ? "middle" : "largest outline"
    guard let second = volume.strongest(map.values, across: plane) else {
      return [Choice(slice: first, reason: reason)]
    }
    if first == second { return [Choice(slice: first, reason: "\(reason), strongest map")] }
    return [Choice(slice: first, reason: reason), Choice(slice: second, reason: "strongest map")]
  }

  private func caption(_ choice: Choice, _ plane: SlicePlane) -> String {
    "\(plane.name), slice \(choice.slice + 1) of \(map.axes[plane.across]): \(choice.reason)"
  }

  private var legend: [String] {
    let pictures = "Left: the volume. Right: the same slice with the map over it."
    return [volume.mask == nil ? pictures : pictures + " White line: outline of the mask."]
  }

  /// The colours and what their ends mean.
  private func drawLegend(at top: Int, into canvas: inout Canvas) {
    for (number, line) in legend.enumerated() {
      canvas.write(line, x: Self.gap, y: top + number * Self.line, Self.words)
    }
    let y = top + legend.count * Self.line
    let (low, high) = (
      "0: none, or against it ", " 1: strongest for class \(map.label)\(map.strength.map { ", \($0)" } ?? "")"
    )
    let (left, length) = (Self.gap + low.count * PixelFont.width, 160)
    canvas.write(low, x: Self.gap, y: y, Self.words)
    for x in 0..<length {
      let colour = ColourMap.viridis(Float(x) / Float(length - 1))
      canvas.fill(x: left + x..<left + x + 1, y: y..<y + PixelFont.height, colour)
    }
    canvas.write(high, x: left + length, y: y, Self.words)
  }
}
