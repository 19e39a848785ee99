import ZooFormats

/// A case's slices side by side, one across each axis, the mask outlined; if asked, with a map over them.
struct CaseMontage {
  /// [D, H, W]
  let axes: [Int]
  /// D · H · W voxels.
  let voxels: [Float]
  /// Which voxels are inside the mask; nil where there is none.
  let mask: [Bool]?
  /// Whether axes run to the patient's head, front and left, so that slices are turned as radiologists see them.
  let isOriented: Bool

  private typealias Colour = (UInt8, UInt8, UInt8)
  private static let gap = 4
  private static let background: Colour = (24, 26, 32)
  private static let outline: Colour = (255, 255, 255)

  /// Pixels along a voxel: slices of about 112 pixels.
  private var scale: Int { max(1, 112 / max(axes.max() ?? 1, 1)) }

  /// The slice across each axis that holds most of the mask, or the middle one.
  var slices: [Int] {
    (0..<3).map { axis in
      guard let mask else { return axes[axis] / 2 }
      let below = axes[(axis + 1)...].reduce(1, *)
      var counts = [Int](repeating: 0, count: axes[axis])
      for index in mask.indices where mask[index] { counts[index / below % axes[axis]] += 1 }
      guard let most = counts.max(), most > 0 else { return axes[axis] / 2 }
      let all = counts.indices.filter { counts[$0] == most }
      return all[all.count / 2]
    }
  }

  /// Draws the slices; a map of D · H · W values from 0 to 1 colours them from violet over orange to yellow.
  func image(map: [Float]? = nil) -> PNGImage {
    let planes = [(0, 1, 2), (1, 0, 2), (2, 0, 1)]
    let height = scale * max(axes[0], axes[1])
    let width = planes.reduce(-Self.gap) { $0 + scale * axes[$1.2] + Self.gap }
    var image = PNGImage(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width { image[x, y] = Self.background }
    }
    let least = voxels.min() ?? 0
    let range = max((voxels.max() ?? 1) - least, .leastNormalMagnitude)
    var left = 0
    for ((across, rows, columns), slice) in zip(planes, slices) {
      func voxel(_ row: Int, _ column: Int) -> Int {
        var place = [0, 0, 0]
        place[across] = slice
        place[rows] = isOriented ? axes[rows] - 1 - row : row
        place[columns] = isOriented ? axes[columns] - 1 - column : column
        return (place[0] * axes[1] + place[1]) * axes[2] + place[2]
      }
      func isInside(_ row: Int, _ column: Int) -> Bool {
        guard let mask, (0..<axes[rows]).contains(row), (0..<axes[columns]).contains(column) else {
          return false
        }
        return mask[voxel(row, column)]
      }
      let top = (height - scale * axes[rows]) / 2
      for row in 0..<axes[rows] {
        for column in 0..<axes[columns] {
          let index = voxel(row, column)
          // Tissue is never as bright as the outline.
          let grey = 190 * min(max((voxels[index] - least) / range, 0), 1)
          let colour = CaseMontage.colour(grey: grey, map: map?[index] ?? 0)
          for y in 0..<scale {
            for x in 0..<scale {
              let isEdge =
                isInside(row, column)
                && (y == 0 && !isInside(row - 1, column) || y == scale - 1 && !isInside(row + 1, column)
                  || x == 0 && !isInside(row, column - 1) || x == scale - 1 && !isInside(row, column + 1))
              image[left + column * scale + x, top + row * scale + y] = isEdge ? Self.outline : colour
            }
          }
        }
      }
      left += scale * axes[columns] + Self.gap
    }
    return image
  }

  /// Grey, under the colour of the map where there is one.
  private static func colour(grey: Float, map: Float) -> Colour {
    let value = min(max(map, 0), 1)
    guard value > 0 else { return (UInt8(grey), UInt8(grey), UInt8(grey)) }
    // Three colours, straight lines between them: brightness rises with the value.
    let stops: [(Float, Float, Float)] = [(80, 20, 110), (225, 95, 40), (250, 225, 70)]
    let place = value * 2
    let (low, high) = place < 1 ? (stops[0], stops[1]) : (stops[1], stops[2])
    let part = place < 1 ? place : place - 1
    let share = 0.75 * min(value / 0.3, 1)
    func mixed(_ a: Float, _ b: Float) -> UInt8 {
      UInt8((1 - share) * grey + share * (a + (b - a) * part))
    }
    return (mixed(low.0, high.0), mixed(low.1, high.1), mixed(low.2, high.2))
  }
}
