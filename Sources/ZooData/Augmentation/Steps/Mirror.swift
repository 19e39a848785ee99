import ZooCore

/// Mirrors the sample about its centre planes, each with probability ½.
struct Mirror: GeometricStep {
  /// `mirror`
  static let type = "mirror"
  /// One line for people.
  static let summary = "mirror about each centre plane with probability ½; axes ([0, 1, 2]): D, H, W"
  let axes: [Int]

  /// Reads `axes`.
  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    axes = try options.axes("axes", default: [0, 1, 2])
  }

  /// `axes`
  var options: [String: JSONValue] { ["axes": .array(axes.map { .number(Double($0)) })] }

  /// Draws for each axis whether it is mirrored.
  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry) {
    for axis in axes where draws.index(below: 2) == 1 { geometry.turn(by: .mirror(axis)) }
  }
}

extension JSONObject {
  /// A list of different axes, 0 to 2.
  mutating func axes(_ key: String, default fallback: [Int]) throws -> [Int] {
    let values = try array(key, default: fallback.map { .number(Double($0)) })
    let axes = values.compactMap(\.wholeNumber)
    guard axes.count == values.count, !axes.isEmpty, Set(axes).count == axes.count,
      axes.allSatisfy((0...2).contains)
    else {
      throw Problem("wrong axes", at: path(key), expected: "different ones of 0 (D), 1 (H) and 2 (W)")
    }
    return axes
  }
}
