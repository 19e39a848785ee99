import ZooCore
public import ZooFormats
public import ZooVolume

/// A map over the slices it was made for: for each of three planes the slice with the largest outline and the one where the map
/// is strongest, as they are and with the map over them.
public struct AttributionMontage {
  /// The map.
  let map: Attribution
  /// D · H · W voxels.
  let voxels: [Float]
  /// Which voxels are inside the mask; nil where there is none.
  let mask: [Bool]?
  /// Where the voxels lie in the body; nil where that is not known.
  let affine: Affine?
  /// What the picture is about, a line each.
  let title: [String]

  /// Takes a map, the first channel of the volume [D, H, W] that lies under it, and its mask.
  public init(
    _ map: Attribution, over voxels: [Float], mask: [Bool]?, affine: Affine? = nil, title: [String]
  ) {
    let count = map.axes.reduce(1, *)
    precondition(voxels.count == count && mask?.count ?? count == count, "a map of the volume's size")
    (self.map, self.voxels, self.mask, self.affine, self.title) = (map, voxels, mask, affine, title)
  }

  static let background: Canvas.Colour = (24, 26, 32)
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
    let planes = SlicePlane.all(oriented: affine != nil)
    let scales = pixelsAVoxel
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
    guard max(size.width, size.height) <= 65_535 else {
      throw Problem("the picture is too large", expected: "65535 pixels at most", found: "\(size)")
    }
    var canvas = Canvas(width: size.width, height: size.height, background: Self.background)
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
          SlicePanel(montage: self, plane: plane, slice: choice.slice, scales: scales, showsMap: showsMap)
            .draw(at: (left + panel * (width(plane) + 4), top + Self.line), into: &canvas)
        }
      }
      top += Self.line + height(plane) + Self.gap
    }
    drawLegend(at: top, into: &canvas)
    return canvas.image
  }

  /// The same length of the body takes the same number of pixels on every axis; small crops are enlarged.
  private var pixelsAVoxel: [Int] {
    let sizes = affine.map { $0.columns.reversed().map { ($0 * $0).sum().squareRoot() } } ?? [1, 1, 1]
    let least = max(sizes.min() ?? 1, .leastNormalMagnitude)
    let ratios = sizes.map { min($0 / least, 100) }
    let unit = max(1, (224 / (zip(map.axes, ratios).map { Double($0) * $1 }.max() ?? 1)).rounded(.down))
    return ratios.map { max(1, Int(($0 * unit).rounded())) }
  }

  /// The slice with the largest outline, or the middle one, and the one where the map's sum is largest.
  private func choices(across plane: SlicePlane) -> [Choice] {
    func strongest(_ sums: [Double]) -> Int? {
      guard let most = sums.max(), most > 0 else { return nil }
      let all = sums.indices.filter { sums[$0] == most }
      return all[all.count / 2]
    }
    let outlined = mask.flatMap { mask in
      strongest(plane.sums(of: mask.map { $0 ? 1 : 0 }, axes: map.axes))
    }
    let first = outlined ?? map.axes[plane.across] / 2
    let reason = outlined == nil ? "middle" : "largest outline"
    guard let second = strongest(plane.sums(of: map.values, axes: map.axes)) else {
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
    return [mask == nil ? pictures : pictures + " White line: outline of the mask."]
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
