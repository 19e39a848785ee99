import ZooCore
import ZooFormats

/// Samples side by side, a column each: their centre slices across depth, height and width, the mask outlined.
struct SliceMontage {
  /// A sample: D·H·W voxels, and which of them are in the mask; none where there is no mask.
  struct Sample {
    let voxels: [Float]
    let mask: [Bool]
  }

  /// [D, H, W] of every sample.
  let size: [Int]
  /// Pixels along a voxel.
  let scale: Int
  let samples: [Sample]

  /// Pixels between two slices.
  private static let gap = 4
  private static let outline: (UInt8, UInt8, UInt8) = (255, 80, 60)
  private static let background: (UInt8, UInt8, UInt8) = (40, 44, 60)

  /// A slice across an axis: the axes along its columns and its rows.
  private struct Plane {
    let across: Int
    let (rows, columns): (Int, Int)
  }

  private static let planes = [
    Plane(across: 0, rows: 1, columns: 2), Plane(across: 1, rows: 0, columns: 2),
    Plane(across: 2, rows: 0, columns: 1),
  ]

  /// Draws the picture; grey runs from the first sample's least value to its largest.
  func image() throws -> PNGImage {
    let column = scale * max(size[1], size[2]) + Self.gap
    let heights = Self.planes.map { scale * size[$0.rows] + Self.gap }
    let (width, height) = (samples.count * column + Self.gap, heights.reduce(Self.gap, +))
    guard max(width, height) <= 65_535 else {
      throw Problem(
        "the picture is too large", expected: "65535 pixels at most", found: "\(width)×\(height)",
        next: "choose a smaller --scale or --count")
    }
    var image = PNGImage(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width { image[x, y] = Self.background }
    }
    let least = samples.first?.voxels.min() ?? 0
    let range = max((samples.first?.voxels.max() ?? 1) - least, .leastNormalMagnitude)
    for (number, sample) in samples.enumerated() {
      var top = Self.gap
      for (plane, height) in zip(Self.planes, heights) {
        draw(sample, plane, at: (Self.gap + number * column, top), into: &image) { value in
          UInt8(min(max((value - least) / range, 0), 1) * 255)
        }
        top += height
      }
    }
    return image
  }

  private func draw(
    _ sample: Sample, _ plane: Plane, at corner: (x: Int, y: Int), into image: inout PNGImage,
    grey: (Float) -> UInt8
  ) {
    for row in 0..<size[plane.rows] {
      for column in 0..<size[plane.columns] {
        let value = grey(sample.voxels[index(plane, row, column)])
        let isInside = !sample.mask.isEmpty && isInside(sample, plane, row, column)
        for y in 0..<scale {
          for x in 0..<scale {
            // The outline runs along the edges that lead out of the mask.
            let isEdge =
              isInside
              && (y == 0 && !self.isInside(sample, plane, row - 1, column)
                || y == scale - 1 && !self.isInside(sample, plane, row + 1, column)
                || x == 0 && !self.isInside(sample, plane, row, column - 1)
                || x == scale - 1 && !self.isInside(sample, plane, row, column + 1))
            image[corner.x + column * scale + x, corner.y + row * scale + y] =
              isEdge ? Self.outline : (value, value, value)
          }
        }
      }
    }
  }

  private func isInside(_ sample: Sample, _ plane: Plane, _ row: Int, _ column: Int) -> Bool {
    guard (0..<size[plane.rows]).contains(row), (0..<size[plane.columns]).contains(column) else {
      return false
    }
    return sample.mask[index(plane, row, column)]
  }

  private func index(_ plane: Plane, _ row: Int, _ column: Int) -> Int {
    var place = [0, 0, 0]
    place[plane.across] = size[plane.across] / 2
    place[plane.rows] = row
    place[plane.columns] = column
    return (place[0] * size[1] + place[1]) * size[2] + place[2]
  }
}
