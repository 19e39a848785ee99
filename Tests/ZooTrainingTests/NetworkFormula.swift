import ZooEngine
import ZooGraph

/// Parameters and voxels from the formula in scripts/fixtures/formula.py, so that fixtures hold results only.
enum NetworkFormula {
  static func mixed(_ i: Int, _ stream: Int) -> UInt32 {
    var h = UInt32(truncatingIfNeeded: i &* 2_654_435_761 &+ stream &* 40503 &+ 12345)
    h ^= h >> 16
    h = h &* 0x7feb_352d
    h ^= h >> 15
    h = h &* 0x846c_a68b
    return h ^ h >> 16
  }

  /// In [−1, 1).
  static func unit(_ i: Int, _ stream: Int) -> Double { Double(mixed(i, stream)) / 0x1p31 - 1 }

  /// Weights by the formula; `away` moves the norms' biases away from 0.
  static func weights(for graph: Graph, away: Double = 0) throws -> Weights {
    let weights = try Weights(for: graph)
    let norms = Set(graph.parameters.filter { $0.name.hasSuffix("running_var") }.map { $0.name.dropLast(12) })
    for (position, parameter) in graph.parameters.enumerated() {
      let dot = parameter.name.lastIndex(of: ".") ?? parameter.name.startIndex
      let kind = parameter.name[dot...].dropFirst()
      let isNorm = norms.contains(parameter.name[..<dot])
      let fanIn = Double(parameter.shape.dropFirst().reduce(1, *))
      let values = weights.slice(position)
      for i in values.indices {
        let u = unit(i, position)
        switch (kind, isNorm) {
        case ("weight", false): values[i] = Float((6 / fanIn).squareRoot() * u)
        case ("weight", true): values[i] = Float(1 + 0.2 * u)
        case ("running_var", _): values[i] = Float(1 + 0.5 * abs(u))
        case ("running_mean", _): values[i] = Float(0.2 * u)
        case (_, true): values[i] = Float(0.3 * u + (i.isMultiple(of: 2) ? away : -away))
        default: values[i] = Float(0.1 * u)
        }
      }
    }
    return weights
  }

  /// Voxels (N, 1, S, S, S) of a step; labels are n mod 2.
  static func batch(_ count: Int, _ size: Int, step: Int = 0) -> [Float] {
    var voxels: [Float] = []
    var index = 0
    for n in 0..<count {
      let reach = 2 * Int(mixed(n, 2_000_000 + step) % 2) + n % 2 + 2
      let limit = (size * reach) * (size * reach)
      for z in 0..<size {
        for y in 0..<size {
          for x in 0..<size {
            let square = [z, y, x].map { (2 * $0 + 1 - size) * (2 * $0 + 1 - size) }.reduce(0, +)
            let noise = mixed(index, 1_000_000 + step) >> 24
            voxels.append(Float(36 * square <= limit ? noise : noise >> 2))
            index += 1
          }
        }
      }
    }
    return voxels
  }
}
