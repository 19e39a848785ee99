/// One slice of a montage: the volume in grey, the mask's outline, and a map over it, or else the body's sides.
struct SlicePanel {
  let volume: SlicedVolume
  let plane: SlicePlane
  let slice: Int
  /// [D, H, W], pixels along a voxel.
  let scales: [Int]
  /// D · H · W values from 0 to 1; nil where none is to be shown.
  let map: [Float]?
  /// Pixels of the outline's lines, and along a letter's dot.
  var zoom = 1

  /// Draws the panel with its upper left corner at a place.
  func draw(at corner: (x: Int, y: Int), into canvas: inout Canvas) {
    let (height, width) = (scales[plane.rows], scales[plane.columns])
    let least = volume.voxels.min() ?? 0
    let range = max((volume.voxels.max() ?? 1) - least, .leastNormalMagnitude)
    for row in 0..<volume.axes[plane.rows] {
      for column in 0..<volume.axes[plane.columns] {
        let voxel = plane.voxel(slice: slice, row: row, column: column, of: volume.axes)
        // Tissue is never as bright as the outline.
        let grey = min(max((volume.voxels[voxel] - least) / range, 0), 1) * 190
        let colour = self.colour(grey: grey, map: map?[voxel] ?? 0)
        let (left, top) = (corner.x + column * width, corner.y + row * height)
        canvas.fill(x: left..<left + width, y: top..<top + height, colour)
      }
    }
    drawOutline(at: corner, into: &canvas)
    guard plane.sides.count == 4, map == nil else { return }
    let letter = (width: PixelFont.width * zoom, height: PixelFont.height * zoom)
    let (right, below) = (
      width * volume.axes[plane.columns] - letter.width - 2,
      height * volume.axes[plane.rows] - letter.height - 1
    )
    let places = [(2, below / 2), (right, below / 2), (right / 2, 1), (right / 2, below)]
    for (side, place) in zip(plane.sides, places) {
      let (x, y) = (corner.x + place.0, corner.y + place.1)
      canvas.fill(x: x - 1..<x + letter.width, y: y..<y + letter.height, Canvas.background)
      canvas.write(side, x: x, y: y, zoom: zoom, (255, 255, 255))
    }
  }

  /// Grey, under the map's colour where that is shown; what has no influence stays as it is.
  private func colour(grey: Float, map: Float) -> Canvas.Colour {
    let level = UInt8(grey)
    guard map > 0 else { return (level, level, level) }
    let (share, over) = (0.75 * min(map / 0.3, 1), ColourMap.viridis(map))
    func mixed(_ colour: UInt8) -> UInt8 { UInt8((1 - share) * grey + share * Float(colour)) }
    return (mixed(over.0), mixed(over.1), mixed(over.2))
  }

  /// A white line along the inner side of the mask's border and a black one along the outer.
  private func drawOutline(at corner: (x: Int, y: Int), into canvas: inout Canvas) {
    guard let mask = volume.mask else { return }
    let (height, width) = (scales[plane.rows], scales[plane.columns])
    let (rows, columns) = (volume.axes[plane.rows], volume.axes[plane.columns])
    func isInside(_ row: Int, _ column: Int) -> Bool {
      guard (0..<rows).contains(row), (0..<columns).contains(column) else { return false }
      return mask[plane.voxel(slice: slice, row: row, column: column, of: volume.axes)]
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let own = isInside(row, column)
        let (left, top) = (corner.x + column * width, corner.y + row * height)
        let sides = [
          (isInside(row - 1, column), left..<left + width, top..<top + zoom),
          (isInside(row + 1, column), left..<left + width, top + height - zoom..<top + height),
          (isInside(row, column - 1), left..<left + zoom, top..<top + height),
          (isInside(row, column + 1), left + width - zoom..<left + width, top..<top + height),
        ]
        for (other, x, y) in sides where other != own {
          canvas.fill(x: x, y: y, own ? (255, 255, 255) : (0, 0, 0))
        }
      }
    }
  }
}
