import ZooCore

/// Several models that judge together, explained by the mean of their maps.
///
/// Where a method's measure means something to a person, the measures are averaged; else maps whose peaks are alike.
public final class MeanExplainer: Explainer {
  private let members: [any Explainer]
  private let shares: [Double]

  /// Takes one model at least, all of samples of the same size, with shares that sum to one, equal ones unless said.
  public init(_ members: [any Explainer], shares: [Double]? = nil) {
    let shares = shares ?? members.map { _ in 1 / Double(members.count) }
    precondition(!members.isEmpty && members.count == shares.count, "a share for each")
    self.members = members
    self.shares = shares
  }

  /// The mean of the members' probabilities.
  public func probabilities(of sample: [Float]) throws -> [Double] {
    let rows = try members.map { try $0.probabilities(of: sample) }
    return rows[0].indices.map { label in zip(rows, shares).reduce(0) { $0 + $1.0[label] * $1.1 } }
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
    for (map, share) in zip(maps, shares) {
      let weight = (map.measure == nil ? 1 : map.peak) * Float(share)
      for (voxel, value) in map.values.enumerated() { sums[voxel] += weight * value }
    }
    var methods: [String] = []
    for map in maps where !methods.contains(map.method) { methods.append(map.method) }
    return Attribution(
      method: "\(methods.joined(separator: ", ")), mean of \(maps.count) models", label: label,
      axes: maps[0].axes, measured: sums, measure: maps[0].measure)
  }
}
