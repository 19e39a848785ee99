import ZooCore
public import ZooData
import ZooFormats
import ZooGraph
public import ZooModels

/// Trains a network k times, each time with another fold held back, so that every case is judged by a model that did not
/// train on it.
///
/// A run delivers its last epoch, unless the options say which: the best one would be chosen by the cases it is judged by.
///
/// Each run has a folder of its own, `fold1` … below `out`, or `seed1/fold1` … where there are several seeds; the split is
/// the same for all seeds. A run that is finished is taken as it is, so a cross-validation that was interrupted goes on
/// where it stopped.
public struct CrossValidation {
  /// Where the data are.
  public let data: any DataSource
  /// The folder of the runs.
  public let out: String
  /// How all are trained, but for the fold and the seed.
  public private(set) var options: TrainingOptions
  /// Folds, two at least.
  public let folds: Int
  /// Runs of each fold, with one seed after the other.
  public let seeds: Int
  /// Inner folds of each fold's training cases, trained with the first seed; nil for none.
  let inner: Int?
  private let digest: DataDigest
  /// What they are put together from.
  public let registries: TrainingRegistries

  /// A cross-validation; nothing is read or written yet. A `Problem` for numbers that are out of range.
  public init(
    data: any DataSource, out: String, options: TrainingOptions, folds: Int, seeds: Int = 1,
    registries: TrainingRegistries
  ) throws {
    try self.init(
      data: data, out: out, options: options, plan: FoldPlan(folds: folds, seeds: seeds),
      registries: registries)
  }

  /// One split of a plan.
  init(
    data: any DataSource, out: String, options: TrainingOptions, plan: FoldPlan,
    registries: TrainingRegistries, digest: DataDigest? = nil
  ) throws {
    self.data = data
    self.digest = digest ?? DataDigest(of: data, threads: options.threads)
    self.out = out
    self.options = options
    self.options.averaging = options.averaging.unchosen
    (folds, seeds, inner) = (plan.folds, plan.seeds, plan.inner)
    self.registries = registries
  }

  /// One of the runs.
  struct Member {
    /// What its folder is called below `out`: `fold2`, `seed1/fold2`, `fold2-inner1`.
    let name: String
    /// Counted from 1.
    let fold: Int
    let options: TrainingOptions
    /// Whether it holds back an inner fold.
    var isInner: Bool { options.innerFold != nil }
  }

  /// The runs of all inner folds, fold by fold.
  private func innerMembers() throws -> [Member] {
    guard let inner else { return [] }
    return try (1...folds).flatMap { fold in
      try (1...inner).map { number in
        var options = options
        options.fold = try Fold("\(fold)/\(folds)")
        options.innerFold = try Fold("\(number)/\(inner)")
        return Member(name: "fold\(fold)-inner\(number)", fold: fold, options: options)
      }
    }
  }

  /// The runs of all folds, seed by seed.
  func members() throws -> [Member] {
    try (0..<seeds).flatMap { seed in
      try (1...folds).map { fold in
        var options = options
        options.fold = try Fold("\(fold)/\(folds)")
        options.seed += seed
        options.initial = try options.initial?.member(
          of: [
            seeds == 1 ? "fold\(fold)" : "seed\(seed + 1)/fold\(fold)", "fold\(fold)", "seed1/fold\(fold)",
          ])
        // All seeds share the first one's split.
        if seed > 0 { options.splitSeed = self.options.splitSeed ?? self.options.seed }
        return Member(
          name: seeds == 1 ? "fold\(fold)" : "seed\(seed + 1)/fold\(fold)", fold: fold, options: options)
      }
    }
  }

  /// Trains what is missing, writes `oof.csv` and `folds.json`, and compares with the baselines.
  ///
  /// Folders that cannot be taken are refused before the first step. `reading` gives the training part and is called only
  /// if something is to be trained; `onEvent` hears which run an event is of. Once `shouldStop` says yes a `Problem` says
  /// how to go on.
  public func run(
    _ architecture: Architecture, reading read: () throws -> Dataset, shouldStop: () -> Bool = { false },
    onEvent: (_ run: PlannedRun, _ event: TrainingEvent) throws -> Void
  ) throws -> CrossValidationResult {
    let plan = PlannedRun.plan(
      try missing(of: architecture).map { (name: $0.name, work: $0.share) })
    return try train(
      architecture, survey: MaskSurvey(of: data, threads: options.threads), reading: read,
      shouldStop: shouldStop
    ) { name, event in
      if let planned = plan.first(where: { $0.name == name }) { try onEvent(planned, event) }
    }
  }

  /// Names of the runs that are not there yet, and the share of all cases that each learns from; a folder that cannot be taken
  /// is a `Problem`.
  func missing(of architecture: Architecture) throws -> [(name: String, share: Double)] {
    guard !RunFolder(out).isRun else {
      throw Problem("holds a run", at: out, expected: "a folder for the runs", next: "choose another folder")
    }
    let outer = 1 - 1 / Double(folds)
    return try (members() + innerMembers()).filter { try finished($0, of: architecture) == nil }.map {
      ($0.name, $0.isInner ? outer * (1 - 1 / Double(inner ?? 1)) : outer)
    }
  }

  /// Does what `run` does; `survey` has the masks if somebody has measured them.
  func train(
    _ architecture: Architecture, survey: MaskSurvey, reading read: () throws -> Dataset,
    shouldStop: () -> Bool, onEvent: (_ name: String, _ event: TrainingEvent) throws -> Void
  ) throws -> CrossValidationResult {
    let missing = Set(try missing(of: architecture).map(\.name))
    let members = try members()
    var dataset: Dataset?
    func trained(_ member: Member) throws -> (fold: Int, run: FinishedRun) {
      if !missing.contains(member.name), let run = try finished(member, of: architecture) {
        return (fold: member.fold, run: run)
      }
      let cases = try dataset ?? read()
      if dataset == nil { try check(cases, missing) }
      dataset = cases
      let run = try TrainingRun(
        architecture, on: cases, from: data.path, options: member.options, registries: registries,
        to: folder(of: member))
      let result = try run.train(shouldStop: shouldStop) { try onEvent(member.name, $0) }
      guard result.stopped != .request else {
        throw Problem(
          "the cross-validation was stopped", at: out, next: "the same command goes on with \(member.name)")
      }
      return (fold: member.fold, run: try run.folder.open())
    }
    let result = try CrossValidationResult(
      architecture, members.map(trained), names: members.map(\.name), inner: innerMembers().map(trained),
      operations: architecture.graph(registry: registries.layers).multiplyAdds, survey: survey)
    try CrossValidationFolder(out).write(result)
    return result
  }

  /// Refuses a data set that one of the runs could not be trained on, be it for a fold without a class or for near duplicates:
  /// before the first run, not after hours.
  func check(_ dataset: Dataset, _ missing: Set<String>) throws {
    let duplicates = options.allowDuplicates ? [] : dataset.nearDuplicates()
    for member in try members() + innerMembers() where missing.contains(member.name) {
      try member.options.split(of: dataset).checkDuplicates(duplicates, of: dataset)
    }
  }

  private func finished(_ member: Member, of architecture: Architecture) throws -> FinishedRun? {
    try folder(of: member).finished(
      as: RunConfiguration(
        architecture: architecture, options: try registries.explicit(member.options), data: data.path,
        trainingCases: 0, validationCases: 0), over: digest)
  }

  private func folder(of member: Member) -> RunFolder { RunFolder(Files.join(out, member.name)) }
}
