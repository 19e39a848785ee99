import ZooCore
import ZooFormats

/// What is in a data set, and what is wrong with it.
public struct DatasetCheck: Sendable {
  /// Figures of one part.
  public struct PartReport: Sendable {
    /// Which part.
    public let part: M3DVFolder.Part
    /// Rows of its table.
    public internal(set) var rows = 0
    /// Its files.
    public internal(set) var files = 0
    /// Patients, if the tables name them.
    public internal(set) var patients: Int?
    /// Cases a label, as the table writes it; of the test part if `test_labels.csv` has them.
    public internal(set) var labels: [String: Int] = [:]
    /// Files a type and shape of `voxel`, like `uint8 100×100×100`.
    public internal(set) var voxels: [String: Int] = [:]
    /// Files a type and shape of `seg`.
    public internal(set) var masks: [String: Int] = [:]
  }

  /// The folder.
  public let path: String
  /// The training part, then the test part.
  public private(set) var parts: [PartReport] = []
  /// What is wrong, by kind, errors of a kind first.
  public private(set) var findings: [DatasetFinding] = []

  /// Whether nothing is wrong that spoils a result.
  public var isSound: Bool { !findings.contains { $0.severity == .error } }

  /// Reads all of a data set, a few hundred files a second on two threads.
  ///
  /// Whatever the files hold becomes a finding; only a path that is no data set at all is thrown as a `Problem`.
  public init(
    of source: any DataSource, threads: Int = 2,
    progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    if let folder = source as? M3DVFolder {
      try self.init(of: folder, threads: threads, progress: progress)
    } else {
      try self.init(ofAny: source, threads: threads, progress: progress)
    }
  }

  /// A data set whose kind has no rules of its own for files: the lists of cases, and every volume.
  private init(
    ofAny source: any DataSource, threads: Int, progress: @Sendable (_ done: Int, _ all: Int) -> Void
  ) throws {
    path = source.path
    var contents: [ContentOwner] = []
    let listings = DataPart.allCases.map { PartListing(of: $0, in: source) }
    for listing in listings {
      var report = listing.report
      findings += listing.findings
      let all = (try? source.cases(of: listing.part, classes: nil).cases) ?? []
      let cases = all.filter { source.file(of: $0, in: listing.part).map { Files.exists($0) } ?? true }
      report.files = cases.count
      let checks = try source.volumes(
        of: cases, in: listing.part, masks: false, threads: threads, progress: progress,
        work: { index, volume in CaseCheck(of: volume, at: cases[index].name) })
      for (item, check) in zip(cases, checks) {
        findings += check.findings
        if let voxel = check.voxel { report.voxels[voxel, default: 0] += 1 }
        if let seg = check.seg { report.masks[seg, default: 0] += 1 }
        guard let content = check.content else { continue }
        contents.append(
          ContentOwner(
            content: content, path: source.file(of: item, in: listing.part) ?? item.name, part: listing.part,
            label: listing.labels[item.name]))
      }
      parts.append(report)
    }
    findings += ContentOwner.findings(among: contents) + PartListing.leaks(between: listings, in: path)
    sortFindings()
  }

  /// The same of a folder in M3DV layout.
  public init(
    of path: String, threads: Int = 2, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    try self.init(of: M3DVFolder(path), threads: threads, progress: progress)
  }

  private init(
    of folder: M3DVFolder, threads: Int, progress: @Sendable (_ done: Int, _ all: Int) -> Void
  ) throws {
    path = folder.path
    let listings = M3DVFolder.Part.allCases.map { PartListing(of: $0, in: folder) }
    let jobs = listings.flatMap { listing in
      listing.names.map { (path: folder.file(of: $0, in: listing.part), isThere: listing.files.contains($0)) }
    }
    let checks = try Parallel.map(jobs, threads: threads, progress: progress) { job in
      job.isThere ? CaseCheck(of: job.path) : nil
    }
    var contents: [ContentOwner] = []
    var next = 0
    for listing in listings {
      var report = listing.report
      findings += listing.findings
      for name in listing.names {
        defer { next += 1 }
        guard let check = checks[next] else { continue }
        findings += check.findings
        if let voxel = check.voxel { report.voxels[voxel, default: 0] += 1 }
        if let seg = check.seg { report.masks[seg, default: 0] += 1 }
        if let content = check.content {
          contents.append(
            ContentOwner(
              content: content, path: jobs[next].path, part: listing.part, label: listing.labels[name]))
        }
      }
      parts.append(report)
    }
    findings += ContentOwner.findings(among: contents) + PartListing.leaks(between: listings, in: path)
    sortFindings()
  }

  /// By kind, errors of a kind first.
  private mutating func sortFindings() {
    let order = DatasetFinding.Kind.allCases
    let ranked = findings.enumerated().map {
      (order.firstIndex(of: $1.kind) ?? 0, $1.severity == .error ? 0 : 1, $0)
    }
    findings = ranked.sorted { $0 < $1 }.map { findings[$0.2] }
  }
}
