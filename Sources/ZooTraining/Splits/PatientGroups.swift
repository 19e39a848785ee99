import ZooCore
import ZooData

/// Cases by patient, and how they are dealt out into parts.
struct PatientGroups {
  /// Positions of the cases of each group, groups in the order of their first case.
  let groups: [[Int]]
  private let labels: [Int]
  private let classes: Int

  /// Groups cases; one without patient is a group of its own.
  init(patients: [String?], labels: [Int]) {
    var groups: [[Int]] = []
    var positions: [String: Int] = [:]
    for (index, patient) in patients.enumerated() {
      if let patient, let position = positions[patient] {
        groups[position].append(index)
      } else {
        if let patient { positions[patient] = groups.count }
        groups.append([index])
      }
    }
    self.groups = groups
    self.labels = labels
    classes = (labels.max() ?? 0) + 1
  }

  /// The part of every case. Parts get their shares of the cases and of every class, as closely as groups allow.
  ///
  /// Groups are shuffled and dealt from the largest to the smallest, each to the part it brings nearest to its
  /// share: that which makes Σ over parts and classes of (count − target)² / (share · total²) smallest. Patients with
  /// many cases come first, so that the many with one case even out what they leave. O(groups · parts · classes).
  func dealt(by shares: [Double], seed: Seed) -> [Int] {
    var draws = seed.stream()
    let counts = groups.map { group in
      var counts = Array(repeating: 0.0, count: classes)
      for index in group { counts[labels[index]] += 1 }
      return counts
    }
    let totals = (0..<classes).map { c in max(1, counts.reduce(0) { $0 + $1[c] }) }
    var held = Array(repeating: Array(repeating: 0.0, count: classes), count: shares.count)
    // Equally good parts are tried in a drawn order, else the largest patient would always be in the first.
    let order = draws.shuffled(Array(shares.indices))
    var parts = Array(repeating: 0, count: labels.count)
    let dealt = draws.shuffled(Array(groups.indices)).enumerated().sorted {
      (-groups[$0.element].count, $0.offset) < (-groups[$1.element].count, $1.offset)
    }
    for (_, group) in dealt {
      func cost(_ part: Int) -> Double {
        (0..<classes).reduce(0) { sum, c in
          let (added, target) = (counts[group][c], shares[part] * totals[c])
          let change = added * (2 * (held[part][c] - target) + added)
          return sum + change / (shares[part] * totals[c] * totals[c])
        }
      }
      let part = order.map { (part: $0, cost: cost($0)) }.min { $0.cost < $1.cost }?.part ?? 0
      for index in groups[group] { parts[index] = part }
      for c in 0..<classes { held[part][c] += counts[group][c] }
    }
    return parts
  }
}
