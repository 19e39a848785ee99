public import ZooCore
import ZooFormats

/// Makes a data set in M3DV layout from the annotation database of LIDC-IDRI.
///
/// The volumes are made of the readers' outlines alone: no CT image is needed, and none is in the result.
public struct LIDCBuilder: Sendable {
  /// The rating that makes the label: its mean above 3 or below.
  public var target: LIDCRating = .malignancy
  /// Share of the patients held back for testing.
  public var testShare = 0.2
  /// Decides which patients these are.
  public var seed = Seed(0)
  /// Threads to write files with; the result does not depend on it.
  public var threads = 2

  /// A builder with the usual settings.
  public init() {}

  /// Reads the database at `path` and writes the data set to a new or empty folder, in some seconds.
  ///
  /// The folder appears when all is done. `progress` hears how many of how many files are written, from any thread.
  public func build(
    from path: String, to folder: String, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws -> LIDCSummary {
    let start = ContinuousClock.now
    return try StagedFolder.write(to: folder) { staging in
      let nodules = try LIDCDatabase(reading: path).nodules()
      let entries = nodules.compactMap(entry)
      try refuseOneClass(entries)
      let writer = try M3DVWriter(into: staging)
      try writer.writeTables(
        entries, columns: ["patient", "readers", "volume_mm3", "diameter_mm", target.rawValue])
      try writeOverview(nodules, to: "\(staging)/nodules.csv")
      try Files.writeAtomically(LIDCNotice.text(target: target), to: "\(staging)/README.txt")

      let labelled = nodules.filter { $0.label(by: target) != nil }
      let hasConsensus = try Parallel.map(labelled, threads: threads, progress: progress) { nodule in
        let volumes = nodule.volumes()
        try writer.write(
          nodule.name, in: part(of: nodule.patient), edge: LIDCGrid.edge, voxel: volumes.voxel,
          seg: volumes.seg,
          compressed: true)
        return volumes.seg.contains(true)
      }
      let elapsed = (ContinuousClock.now - start) / Duration.seconds(1)
      return LIDCSummary(
        scans: Set(nodules.map(\.scan)).count, patients: Set(nodules.map(\.patient)).count,
        annotations: nodules.reduce(0) { $0 + $1.annotations.count }, nodules: nodules.count, target: target,
        train: entries.count { $0.part == .train }, test: entries.count { $0.part == .test },
        positive: entries.count { $0.label == 1 }, cropped: labelled.count(where: \.isCropped),
        withoutConsensus: hasConsensus.count { !$0 }, seconds: elapsed)
    }
  }

  /// Whether a patient is for training or testing: a hash of the name decides, so that it stays when others come.
  func part(of patient: String) -> M3DVFolder.Part {
    var stream = seed.child("test").child(patient).stream()
    return stream.unit() < testShare ? .test : .train
  }

  /// A labelled nodule's row in the tables.
  private func entry(_ nodule: LIDCNodule) -> M3DVWriter.Entry? {
    nodule.label(by: target).map { label in
      M3DVWriter.Entry(
        name: nodule.name, label: label, part: part(of: nodule.patient),
        columns: [
          nodule.patient, "\(nodule.annotations.count)", short(nodule.volume), short(nodule.diameter),
          short(nodule.ratings[target] ?? 0),
        ])
    }
  }

  /// `nodules.csv`: every nodule with all that is known of it.
  private func writeOverview(_ nodules: [LIDCNodule], to path: String) throws {
    let ratings = LIDCRating.allCases
    try CSVTable.write(
      header: ["name", "patient", "readers", "volume_mm3", "diameter_mm"] + ratings.map(\.rawValue)
        + ["cropped", "part"],
      rows: nodules.map { nodule in
        let isLabelled = nodule.label(by: target) != nil
        return [nodule.name, nodule.patient, "\(nodule.annotations.count)"]
          + [short(nodule.volume), short(nodule.diameter)] + ratings.map { short(nodule.ratings[$0] ?? 0) }
          + [nodule.isCropped ? "1" : "0", isLabelled ? part(of: nodule.patient).rawValue : "none"]
      }, to: path)
  }

  /// Three decimals at most.
  private func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  /// Labels of one class only are of no use to anyone.
  private func refuseOneClass(_ entries: [M3DVWriter.Entry]) throws {
    guard Set(entries.filter { $0.part == .train }.map(\.label)).count == 2 else {
      throw Problem(
        "every nodule would get the same label", at: "--target \(target.rawValue)",
        expected: "means above 3 and below 3", next: "choose another rating")
    }
  }
}
