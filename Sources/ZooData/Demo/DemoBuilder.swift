public import ZooCore

/// Makes a small synthetic data set in M3DV layout, for tests and for machines without network.
///
/// Smooth blobs (label 0) against lobulated or spiculated ones (label 1), half of each, in noise, with their masks;
/// about two a patient. The same settings give the same bytes.
public struct DemoBuilder: Sendable {
  /// Cases in all, from 8 to 100,000.
  public var count: Int
  /// Decides everything that is drawn.
  public var seed: Seed
  /// Voxels along an edge, from 32 to 128; the original has 100.
  public var edge = 64
  /// Share of the cases held back for testing, at most one half; patients are kept together.
  public var testShare = 0.2
  /// Threads to work with; the result does not depend on it.
  public var threads = 2

  /// A builder of so many cases.
  public init(count: Int, seed: Seed) {
    self.count = count
    self.seed = seed
  }

  /// Writes the data set to a new or empty folder, about 100 cases a second and half a MB each.
  ///
  /// The folder appears when all is done. `progress` hears how many of how many files are written, from any thread.
  public func build(
    to folder: String, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws -> DemoSummary {
    try check("--count", count, in: 8...100_000)
    try check("--edge", edge, in: 32...128)
    let start = ContinuousClock.now
    return try StagedFolder.write(to: folder) { staging in
      let entries = self.entries()
      let writer = try M3DVWriter(into: staging)
      try writer.writeTables(entries, columns: ["patient"])
      _ = try Parallel.map(entries, threads: threads, progress: progress) { entry in
        let volumes = DemoNodule(label: entry.label, seed: seed.child(entry.name)).volumes(edge: edge)
        try writer.write(
          entry.name, in: entry.part, edge: edge, voxel: volumes.voxel, seg: volumes.seg, compressed: false)
      }
      return DemoSummary(
        train: entries.count { $0.part == .train }, test: entries.count { $0.part == .test },
        positive: entries.count { $0.label == 1 }, patients: Set(entries.flatMap(\.columns)).count,
        seconds: (ContinuousClock.now - start) / Duration.seconds(1))
    }
  }

  /// The cases with class, patient and part.
  private func entries() -> [M3DVWriter.Entry] {
    var chance = seed.child("cases").stream()
    var labels = (0..<count).map { $0 % 2 }
    labels.shuffle(using: &chance)
    // One to three cases a patient; the first patients, whose cases are as random as any, are the test part.
    var patient = 0
    var left = 0
    let tested = Int((Double(count) * min(max(testShare, 0), 0.5)).rounded())
    var part = tested > 0 ? M3DVFolder.Part.test : .train
    return labels.enumerated().map { index, label in
      if left == 0 {
        patient += 1
        left = 1 + chance.index(below: 3)
        if index >= tested { part = .train }
      }
      left -= 1
      return M3DVWriter.Entry(
        name: "candidate\(index + 1)", label: label, part: part, columns: ["patient\(patient)"])
    }
  }

  private func check(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws {
    guard range.contains(value) else {
      throw Problem(
        "out of range", at: option, expected: "\(range.lowerBound) to \(range.upperBound)", found: "\(value)")
    }
  }
}
