public import ZooCore

extension DatasetCheck: CustomStringConvertible {
  /// Of each kind of finding, so many lines are printed.
  private static let linesPerKind = 5

  /// Plain lines: the figures of each part, then the findings, a few of each kind.
  public var description: String {
    var lines = parts.filter { $0.rows > 0 || $0.files > 0 || $0.part == .train }.map(\.description)
    for kind in DatasetFinding.Kind.allCases {
      let found = findings.filter { $0.kind == kind }
      lines += found.prefix(DatasetCheck.linesPerKind).map(\.description)
      if found.count > DatasetCheck.linesPerKind {
        lines.append(
          "  … and \(found.count - DatasetCheck.linesPerKind) more of this kind (\(kind.rawValue))")
      }
    }
    let errors = findings.count { $0.severity == .error }
    let warnings = findings.count - errors
    lines.append(
      findings.isEmpty
        ? "nothing wrong"
        : "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")")
    return lines.joined(separator: "\n")
  }

  /// The same for programs, with every finding.
  public var json: JSONValue {
    [
      "path": .string(path), "sound": .bool(isSound),
      "parts": .object(Dictionary(parts.map { ($0.part.rawValue, $0.json) }) { first, _ in first }),
      "findings": .array(
        findings.map { finding in
          let problem = finding.problem
          return [
            "kind": .string(finding.kind.rawValue), "severity": .string(finding.severity.rawValue),
            "what": .string(problem.what), "place": .text(problem.place), "expected": .text(problem.expected),
            "found": .text(problem.found), "next": .text(problem.next),
          ]
        }),
    ]
  }
}

extension DatasetCheck.PartReport: CustomStringConvertible {
  /// A line a figure: `train_val: 1250 rows, 1250 files, 600 patients`, labels, shapes.
  public var description: String {
    var lines = [
      "\(part.rawValue): \(rows) rows, \(files) files" + (patients.map { ", \($0) patients" } ?? "")
    ]
    if !labels.isEmpty { lines.append("  label " + DatasetCheck.PartReport.list(labels)) }
    if !voxels.isEmpty { lines.append("  voxel " + DatasetCheck.PartReport.list(voxels)) }
    if !masks.isEmpty { lines.append("  seg   " + DatasetCheck.PartReport.list(masks)) }
    return lines.joined(separator: "\n")
  }

  /// `0: 790, 1: 460`, the first eight.
  private static func list(_ counts: [String: Int]) -> String {
    let sorted = counts.sorted { $0.key < $1.key }
    let text = sorted.prefix(8).map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    return sorted.count > 8 ? text + ", … (\(sorted.count) in all)" : text
  }

  /// The same for programs.
  public var json: JSONValue {
    func object(_ counts: [String: Int]) -> JSONValue { .object(counts.mapValues { .number(Double($0)) }) }
    return [
      "rows": .number(Double(rows)), "files": .number(Double(files)),
      "patients": patients.map { .number(Double($0)) } ?? .null, "labels": object(labels),
      "voxel": object(voxels), "seg": object(masks),
    ]
  }
}

extension JSONValue {
  /// A string, or null.
  fileprivate static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
