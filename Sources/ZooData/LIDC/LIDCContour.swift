import ZooCore

/// One reader's outline of a nodule in one slice, a closed polygon through pixel centres.
public struct LIDCContour: Hashable, Sendable {
  /// Whether the inside belongs to the nodule; false cuts a hole.
  public let includes: Bool
  /// The slice's position along the body in mm.
  public let z: Double
  /// Columns of the corners, in pixels.
  public let x: [Double]
  /// Rows of the corners, in pixels; as many as columns.
  public let y: [Double]

  /// Reads the database's text, a line `column,row` a corner; a text without such lines is a `Problem` at `place`.
  public init(includes: Bool, z: Double, coordinates text: String, at place: String) throws {
    var x: [Double] = []
    var y: [Double] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard parts.count == 2, let column = Int32(Substring(parts[0])), let row = Int32(Substring(parts[1]))
      else {
        throw Problem(
          "not an outline", at: place, expected: "a line \"column,row\" a corner",
          found: "\"\(Substring(line).prefix(40))\"")
      }
      x.append(Double(column))
      y.append(Double(row))
    }
    guard !x.isEmpty, abs(z) < 1e6 else {
      throw Problem("not an outline", at: place, expected: "at least one corner, and a slice position in mm")
    }
    self.includes = includes
    self.z = z
    self.x = x
    self.y = y
  }

  /// The enclosed area in pixels² (shoelace formula).
  public var area: Double {
    var twice = 0.0
    var before = x.count - 1
    for here in x.indices {
      twice += x[before] * y[here] - x[here] * y[before]
      before = here
    }
    return abs(twice) / 2
  }

  /// The greatest distance between two corners in pixels, nought for a single one. Quadratic in the corners.
  public var extent: Double {
    var greatest = 0.0
    for i in x.indices {
      for j in 0..<i {
        let (dx, dy) = (x[i] - x[j], y[i] - y[j])
        greatest = max(greatest, dx * dx + dy * dy)
      }
    }
    return greatest.squareRoot()
  }

  /// Where the polygon's edges cross the line of one (fractional) row, sorted: the inside lies between the first and
  /// the second, the third and the fourth, and so on (even-odd rule).
  func crossings(ofRow row: Double) -> [Double] {
    var columns: [Double] = []
    var before = x.count - 1
    for here in x.indices {
      if (y[before] <= row) != (y[here] <= row) {
        let share = (row - y[before]) / (y[here] - y[before])
        columns.append(x[before] + share * (x[here] - x[before]))
      }
      before = here
    }
    return columns.sorted()
  }

  /// Whether a point, in pixels, lies inside.
  func contains(x column: Double, y row: Double) -> Bool {
    crossings(ofRow: row).count { $0 <= column }.isMultiple(of: 2) == false
  }
}
