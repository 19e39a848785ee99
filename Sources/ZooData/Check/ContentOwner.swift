import ZooCore

/// A case and the hash of its content.
struct ContentOwner {
  let content: UInt64
  let path: String
  let part: M3DVFolder.Part
  let label: String?

  /// What cases of the same content mean: a leak between the parts, a conflict of labels, or mere repetition.
  static func findings(among owners: [ContentOwner]) -> [DatasetFinding] {
    let groups = Dictionary(grouping: owners, by: \.content).values.filter { $0.count > 1 }
    return groups.sorted { $0[0].path < $1[0].path }.flatMap { group in
      let first = group[0]
      return group.dropFirst().map { other in
        let labels = Set([first.label, other.label].compactMap(\.self))
        func problem(_ what: String, _ next: String) -> Problem {
          Problem(what, at: other.path, found: "that of \(first.path)", next: next)
        }
        if labels.count > 1 {
          return DatasetFinding(
            .labelConflict, .error, problem("same content, other label", "keep the right one of the two"))
        }
        if first.part != other.part {
          return DatasetFinding(
            .leak, .error, problem("same content in training and test part", "remove it from one of them"))
        }
        return DatasetFinding(.duplicate, .warning, problem("same content", "remove one of the two"))
      }
    }
  }
}
