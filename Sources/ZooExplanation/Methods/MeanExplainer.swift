import ZooCore

/// Several models that judge together, explained by the mean of their maps.
///
/// Where a method's measure means something to a person, the measures are averaged; else each map counts the same.
public final class MeanExplainer: Explainer {
  private let members: [any Explainer]

  /// Takes one model at least; all read samples of the same size.
  public init(_ members: [any Explainer]) {
    precondition(!members.isEmpty, "a mean of something")
    self.members = members
  }

  /// The mean of the members' probabilities.
  public func probabilities(of sample: [Float]) throws -> [Double] {
    let rows = try members.map { try $0.probabilities(of: sample) }
    return rows[0].indices.map { label in rows.reduce(0) { $0 + $1[label] } / Double(rows.count) }
  }

  /// Those of all members.
  public var passes: Int { members.reduce(0) { $0 + $1.passes } }

  /// The mean of the members' maps.
  public func attribution(
    of sample: [Float], label: Int, onPasses: (_ count: Int) -> Void
  ) throws -> Attribution {
    let maps = try members.map { try $0.attribution(of: sample, label: label, onPasses: onPasses) }
    guard maps.count > 1 else { return maps[0] }
    var sums = [Float](repeating: 0, count: maps[0].values.count)
    for map in maps {
      let weight = (map.measure == nil ? 1 : map.peak) / Float(maps.count)
      for (voxel, value) in map.values.enumerated() { sums[voxel] += weight * value }
    }
    var methods: [String] = []
    for map in maps where !methods.contains(map.method) { methods.append(map.method) }
    return Attribution(
      method: "\(methods.joined(separator: ", ")), mean of \(maps.count) models", label: label,
      axes: maps[0].axes, measured: sums, measure: maps[0].measure)
  }
}
