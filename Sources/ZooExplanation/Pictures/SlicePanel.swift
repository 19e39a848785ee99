/// One slice of a montage: the volume in grey, the mask's outline, and the map over it if it is to be shown.
struct SlicePanel {
  let montage: AttributionMontage
  let plane: SlicePlane
  let slice: Int
  /// [D, H, W], pixels along a voxel.
  let scales: [Int]
  let showsMap: Bool

  /// Draws the panel with its upper left corner at a place.
  func draw(at corner: (x: Int, y: Int), into canvas: inout Canvas) {
    let (height, width) = (scales[plane.rows], scales[plane.columns])
    let least = montage.voxels.min() ?? 0
    let range = max((montage.voxels.max() ?? 1) - least, .leastNormalMagnitude)
    for row in 0..<montage.map.axes[plane.rows] {
      for column in 0..<montage.map.axes[plane.columns] {
        let voxel = plane.voxel(slice: slice, row: row, column: column, of: montage.map.axes)
        // Tissue is never as bright as the outline.
        let grey = min(max((montage.voxels[voxel] - least) / range, 0), 1) * 190
        let colour = self.colour(grey: grey, map: montage.map.values[voxel])
        let (left, top) = (corner.x + column * width, corner.y + row * height)
        canvas.fill(x: left..<left + width, y: top..<top + height, colour)
      }
    }
    drawOutline(at: corner, into: &canvas)
    guard plane.sides.count == 4, !showsMap else { return }
    let (right, below) = (
      width * montage.map.axes[plane.columns] - PixelFont.width - 2,
      height * montage.map.axes[plane.rows] - PixelFont.height - 1
    )
    let places = [(2, below / 2), (right, below / 2), (right / 2, 1), (right / 2, below)]
    for (side, place) in zip(plane.sides, places) {
      let (x, y) = (corner.x + place.0, corner.y + place.1)
      canvas.fill(x: x - 1..<x + PixelFont.width, y: y..<y + PixelFont.height, AttributionMontage.background)
      canvas.write(side, x: x, y: y, (255, 255, 255))
    }
  }

  /// Grey, under the map's colour where that is shown; what has no influence stays as it is.
  private func colour(grey: Float, map: Float) -> Canvas.Colour {
    let level = UInt8(grey)
    guard showsMap, map > 0 else { return (level, level, level) }
    let (share, over) = (0.75 * min(map / 0.3, 1), ColourMap.viridis(map))
    func mixed(_ colour: UInt8) -> UInt8 { UInt8((1 - share) * grey + share * Float(colour)) }
    return (mixed(over.0), mixed(over.1), mixed(over.2))
  }

  /// A white line along the inner side of the mask's border and a black one along the outer.
  private func drawOutline(at corner: (x: Int, y: Int), into canvas: inout Canvas) {
    guard let mask = montage.mask else { return }
    let (height, width) = (scales[plane.rows], scales[plane.columns])
    let (rows, columns) = (montage.map.axes[plane.rows], montage.map.axes[plane.columns])
    func isInside(_ row: Int, _ column: Int) -> Bool {
      guard (0..<rows).contains(row), (0..<columns).contains(column) else { return false }
      return mask[plane.voxel(slice: slice, row: row, column: column, of: montage.map.axes)]
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let own = isInside(row, column)
        let (left, top) = (corner.x + column * width, corner.y + row * height)
        let sides = [
          (isInside(row - 1, column), left..<left + width, top..<top + 1),
          (isInside(row + 1, column), left..<left + width, top + height - 1..<top + height),
          (isInside(row, column - 1), left..<left + 1, top..<top + height),
          (isInside(row, column + 1), left + width - 1..<left + width, top..<top + height),
        ]
        for (other, x, y) in sides where other != own {
          canvas.fill(x: x, y: y, own ? (255, 255, 255) : (0, 0, 0))
        }
      }
    }
  }
}
