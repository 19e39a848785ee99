/// A way to cut slices out of a volume: the axis they lie across, and the axes along their rows and columns.
struct SlicePlane {
  /// 0, 1 or 2 for D, H or W.
  let across: Int
  /// The axis from above to below.
  let rows: Int
  /// The axis from left to right.
  let columns: Int
  /// What a slice of it is called: `axial`, or `across D` where the body's axes are not known.
  let name: String
  /// The body's sides at the left, the right, above and below; none where they are not known.
  let sides: [String]

  /// The three planes.
  ///
  /// Where the volume's place in the body is known, D runs from below to above, H from behind to front, W from left to right;
  /// slices are then seen as radiologists do: the patient's right on the left, front or head above. Otherwise they lie as
  /// stored.
  static func all(oriented: Bool) -> [SlicePlane] {
    oriented
      ? [
        SlicePlane(across: 0, rows: 1, columns: 2, name: "axial", sides: ["R", "L", "A", "P"]),
        SlicePlane(across: 1, rows: 0, columns: 2, name: "coronal", sides: ["R", "L", "S", "I"]),
        SlicePlane(across: 2, rows: 0, columns: 1, name: "sagittal", sides: ["A", "P", "S", "I"]),
      ]
      : [
        SlicePlane(across: 0, rows: 1, columns: 2, name: "across D", sides: []),
        SlicePlane(across: 1, rows: 0, columns: 2, name: "across H", sides: []),
        SlicePlane(across: 2, rows: 0, columns: 1, name: "across W", sides: []),
      ]
  }

  /// Where the voxel of a slice lies in a volume of [D, H, W]; seen as radiologists do, both axes run backwards.
  func voxel(slice: Int, row: Int, column: Int, of axes: [Int]) -> Int {
    var place = [0, 0, 0]
    place[across] = slice
    place[rows] = sides.isEmpty ? row : axes[rows] - 1 - row
    place[columns] = sides.isEmpty ? column : axes[columns] - 1 - column
    return (place[0] * axes[1] + place[1]) * axes[2] + place[2]
  }

  /// The sum of some values over each slice.
  func sums(of values: some RandomAccessCollection<Float>, axes: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: axes[across])
    let below = axes[(across + 1)...].reduce(1, *)
    for (index, value) in values.enumerated() { sums[index / below % axes[across]] += Double(value) }
    return sums
  }
}
