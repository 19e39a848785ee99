public import ZooCore
public import ZooData
import ZooFormats
public import ZooGraph
import ZooModels

/// What a report tells of, read from folders: a comparison, or runs, cross-validations and ensembles that judged the same cases.
public struct ReportedComparison: Sendable {
  /// The rows and what they come to, baselines last.
  public let result: ComparisonResult
  /// The folder that each row comes from, as it was named; nil for a baseline, or where only the comparison knows it.
  public let paths: [String?]
  /// The folder of the comparison; nil where others were named.
  public let comparison: String?
  /// What was compared, baselines aside; more than there are rows where tables were left out on the test part.
  public let compared: [Contender]
  /// What those that are ensembles were made of, by their names.
  public var ensembles: [String: EnsembleOrigin] {
    Dictionary(compared.compactMap { one in one.ensemble.map { (one.name, $0) } }) { first, _ in first }
  }
  /// The column by which parts of the cases were judged alone; nil where none was asked for.
  public let column: String?
  /// The inner folds by which the best network was chosen; nil where there were none.
  public let innerFolds: Int?
  /// The trainings behind each row; those that were compared before they were looked at on the test part.
  public let runs: [[FinishedRun]]
  /// Of which data the cases are: as they were named, or as the comparison or the first training names them.
  public let record: ComparisonRecord
  /// The data; nil where they are not to be found.
  public let data: (any DataSource)?
  /// What a person should know, a line each.
  public let notes: [String]

  /// The models that judged a row's cases; a `Problem` where a member of an ensemble is gone.
  public func judges(ofRow row: Int) throws -> CaseJudges {
    try ensembles[result.rows[row].contender.name].map {
      try CaseJudges(ofEnsemble: EnsembleFile.path(of: $0.folder))
    }
      ?? CaseJudges(runs[row])
  }

  /// Opens the folders; `data` where the data do not lie where the first training found them.
  ///
  /// The baselines of a comparison are read; of other folders they are fitted anew, where there are data. A `Problem` unless
  /// all judged the same cases, in the same order.
  public init(
    _ folders: [String], data: String? = nil, layers: Registry<any Layer.Type>, threads: Int
  ) throws {
    if let twice = folders.indices.first(where: { folders[..<$0].contains(folders[$0]) }) {
      throw Problem("named twice", at: folders[twice], next: "name each once")
    }
    if folders.count == 1, ComparisonFolder(folders[0]).isFinished {
      try self.init(comparison: folders[0], data: data, threads: threads)
    } else {
      try self.init(judged: folders, data: data, layers: layers, threads: threads)
    }
  }

  private init(comparison path: String, data: String?, threads: Int) throws {
    let contenders = try ReportedComparison.contenders(of: path)
    let choice = try ComparisonFolder(path).choice()
    var record = try ComparisonRecord(of: ComparisonFolder(path), rows: contenders.map(\.name))
    var notes: [String] = []
    // On the test part whole committees judge: what they are made of is told by the comparison around it.
    let parent = Files.folder(of: path.withoutSlash)
    if record.part == .test, ComparisonFolder(parent).isFinished {
      let known = try ReportedComparison.contenders(of: parent)
      runs = contenders.map { one in known.first { $0.name == one.name }?.runs ?? [] }
      (comparison, compared) = (parent, known.filter { $0.kind != .baseline })
      column = try ComparisonRecord(of: ComparisonFolder(parent), rows: known.map(\.name)).subgroups?.column
      innerFolds = try ComparisonFolder(parent).choice()?.innerFolds
      let trained = runs.joined() + compared.flatMap { $0.ensemble?.runs ?? [] }
      let looks = try TestLooks(of: [parent] + trained.map(\.folder.path)).count
      if looks > 1 {
        notes.append(
          "the test part was looked at \(looks) times; what is chosen by its figures is flattered by them")
      }
    } else {
      runs = contenders.map(\.runs)
      (comparison, compared) = (path, contenders.filter { $0.kind != .baseline })
      column = record.subgroups?.column
      innerFolds = choice?.innerFolds
    }
    record.data = data ?? (record.data.isEmpty ? runs.joined().first?.configuration.data ?? "" : record.data)
    var (source, missing) = ReportedComparison.open(record.data, without: "no case is shown")
    do {
      if let source { try ReportedComparison.require(contenders, areOf: source, record.part) }
    } catch let problem as Problem where data == nil {
      // Everything but the pictures is here; only data that were named for this report have to be right.
      (source, missing) = (nil, ["no case is shown: \(problem)"])
    }
    let trainings = ReportedComparison.notes(on: compared, from: source, record.part, threads: threads)
    (self.data, self.notes) = (source, notes + trainings + missing)
    self.record = record
    result = try ComparisonResult(all: contenders, notes: ComparisonFolder(path).notes(), choice: choice)
    paths = contenders.map { _ in nil }
  }

  /// The rows of a comparison's folder; a `Problem` unless all judge the same cases.
  private static func contenders(of path: String) throws -> [Contender] {
    let contenders = try ComparisonFolder(path).open().map { member in
      try Contender(
        member.name, member.kind, [OutOfFold(member.predictions, folds: member.folds)],
        parameters: member.parameters,
        operations: member.operations, seconds: member.seconds, runs: member.runs.map { try $0.open() },
        ensemble: member.ensemble.map { try EnsembleOrigin(of: $0) })
    }
    guard let first = contenders.first else {
      throw Problem("holds no rows", at: ComparisonFolder(path).resultPath, next: "compare again")
    }
    for one in contenders { try JudgedCases(first).require(one) }
    return contenders
  }

  private init(
    judged folders: [String], data: String?, layers: Registry<any Layer.Type>, threads: Int
  ) throws {
    let opened = try folders.map { try JudgedFolder($0) }
    guard let first = opened.first else {
      throw Problem("nothing to report", next: "name runs: voxelzoo report runs/a runs/b")
    }
    // Single runs know of no folds; whoever has them says them for all.
    let folds = (opened.first { Set($0.folds).count > 1 } ?? first).folds
    let cases = JudgedCases(names: first.predictions.names, labels: first.predictions.labels, splits: [folds])
    for one in opened {
      try cases.require(names: one.predictions.names, labels: one.predictions.labels, at: one.path)
    }
    let short = folders.map { RunFolder($0).name }
    let contenders = try opened.enumerated().map { index, one in
      try one.contender(
        short.count { $0 == short[index] } == 1 ? short[index] : one.path, folds: folds, layers: layers)
    }
    record = ComparisonRecord(data: data ?? first.dataPath)
    let (source, notes) = ReportedComparison.open(
      record.data, without: "there is no row \"shape\", and no case is shown")
    let baselines = try source.map {
      try MaskBaselines(
        beside: first.predictions, folds: folds, from: MaskSurvey(of: $0, threads: threads))
    }
    result = try ComparisonResult(contenders, beside: baselines ?? .none)
    self.data = source
    self.notes = notes + ReportedComparison.notes(on: contenders, from: source, .train, threads: threads)
    runs = result.rows.map(\.contender.runs)
    paths = result.rows.indices.map { $0 < folders.count ? folders[$0] : nil }
    (comparison, compared, column, innerFolds) = (nil, contenders, nil, nil)
  }

  /// Refuses data in whose part a judged case is not, or has another label.
  private static func require(_ contenders: [Contender], areOf data: any DataSource, _ part: DataPart) throws
  {
    guard let judged = contenders.first?.predictions else { return }
    let cases = try data.cases(of: part, classes: Int(Int32.max)).cases
    let labels = Dictionary(cases.map { ($0.name, $0.label) }) { first, _ in first }
    for (name, label) in zip(judged.names, judged.labels) where labels[name] != .some(label) {
      throw Problem(
        "the cases judged are not those of the data", at: data.path,
        expected: "case \"\(name)\" with label \(label.map(String.init) ?? "none")",
        found: labels[name].map { "label \($0.map(String.init) ?? "none")" } ?? "no such case",
        next: "name the data that they were judged by: --data")
    }
  }

  /// What a person should know of the trainings: that near duplicates flatter them, of which the test part knows nothing, and
  /// that their data are others now.
  private static func notes(
    on contenders: [Contender], from data: (any DataSource)?, _ part: DataPart, threads: Int
  ) -> [String] {
    let duplicates = part == .test ? [] : contenders.compactMap(\.duplicates)
    guard let data else { return duplicates }
    let runs = contenders.flatMap { $0.runs + ($0.ensemble?.runs ?? []) }
    do {
      guard try DataDigest(of: data, threads: threads).differs(fromThatOf: runs) else { return duplicates }
      return duplicates + [
        "some learned from other data than \(data.path), or from what they were before they changed: "
          + "cases shown here may differ"
      ]
    } catch {
      return duplicates + ["whether all learned from the data as they are now is not known: \(error)"]
    }
  }

  private static func open(_ path: String, without loss: String) -> ((any DataSource)?, [String]) {
    guard !path.isEmpty else { return (nil, ["the data are not known, so \(loss)"]) }
    do {
      return (try DataKinds.builtIn.open(path), [])
    } catch {
      return (nil, ["the data are not to be found, so \(loss): \(error)"])
    }
  }
}

extension String {
  /// A path without slashes at its end.
  fileprivate var withoutSlash: String {
    var path = Substring(self)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return String(path)
  }
}
