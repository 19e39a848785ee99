import ZooCore

/// Displacements of a sample's voxels: a coarse grid of them, with uniform cubic B-splines between.
///
/// A voxel at i lies at i / spacing of the grid, whose first point is one spacing before the sample's first voxel.
/// Displacements are never larger than the largest of the grid. Read plane by plane and line by line, so that a voxel
/// costs four points and not 64.
package final class ElasticField {
  /// Points of the grid along D, H and W.
  package let counts: (Int, Int, Int)
  private var points: [SIMD3<Double>]
  private var plane: [SIMD3<Double>]
  private var line: [SIMD3<Double>]
  private let axes: (Axis, Axis, Axis)

  /// What the positions along an axis read: the first of four points, and their weights.
  private struct Axis {
    let count: Int
    let first: [Int]
    let weights: [SIMD4<Double>]

    init(_ size: Int, spacing: Double) {
      count = Int(Double(size - 1) / spacing) + 4
      first = (0..<size).map { Int(Double($0) / spacing) }
      weights = (0..<size).map { position in
        let t = Double(position) / spacing - (Double(position) / spacing).rounded(.down)
        let s = 1 - t
        let (near, far) = (3 * t * t * t - 6 * t * t + 4, 3 * s * s * s - 6 * s * s + 4)
        return SIMD4(s * s * s, near, far, t * t * t) / 6
      }
    }
  }

  /// A field over [D, H, W] voxels that displaces nothing, its points a number of voxels apart.
  package init(size: [Int], spacing: Double) {
    axes = (
      Axis(size[0], spacing: spacing), Axis(size[1], spacing: spacing), Axis(size[2], spacing: spacing)
    )
    counts = (axes.0.count, axes.1.count, axes.2.count)
    points = Array(repeating: .zero, count: counts.0 * counts.1 * counts.2)
    plane = Array(repeating: .zero, count: counts.1 * counts.2)
    line = Array(repeating: .zero, count: counts.2)
  }

  /// Sets the grid's displacements, in voxels along D, H and W.
  package func set(_ displacements: [SIMD3<Double>]) {
    precondition(displacements.count == points.count, "a displacement a point")
    points = displacements
  }

  /// Draws all displacements, uniform in −most … most along each axis.
  func draw(_ bend: Geometry.Bend) {
    var draws = bend.draws
    for index in points.indices {
      points[index] =
        bend.most
        * SIMD3(2 * draws.unit() - 1, 2 * draws.unit() - 1, 2 * draws.unit() - 1)
    }
  }

  /// Goes to the plane of a position along D.
  func enter(plane position: Int) {
    let (first, weights) = (axes.0.first[position] * plane.count, axes.0.weights[position])
    for index in plane.indices {
      plane[index] = sum(points, first + index, plane.count, weights)
    }
  }

  /// Goes to the line of a position along H, in the plane.
  func enter(line position: Int) {
    let (first, weights) = (axes.1.first[position] * line.count, axes.1.weights[position])
    for index in line.indices {
      line[index] = sum(plane, first + index, line.count, weights)
    }
  }

  /// The displacement at a position along W, in the line.
  func displacement(at position: Int) -> SIMD3<Double> {
    sum(line, axes.2.first[position], 1, axes.2.weights[position])
  }

  private func sum(
    _ values: [SIMD3<Double>], _ first: Int, _ step: Int, _ weights: SIMD4<Double>
  ) -> SIMD3<Double> {
    values[first] * weights[0] + values[first + step] * weights[1] + values[first + 2 * step] * weights[2]
      + values[first + 3 * step] * weights[3]
  }
}
