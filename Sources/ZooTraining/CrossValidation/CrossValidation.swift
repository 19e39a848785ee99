import ZooCore
public import ZooData
import ZooFormats
public import ZooModels

/// Trains a network k times, each time with another fold held back, so that every case is judged by a model that did not
/// train on it.
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
  public let options: TrainingOptions
  /// Folds, two at least.
  public let folds: Int
  /// Runs of each fold, with one seed after the other.
  public let seeds: Int
  /// What they are put together from.
  public let registries: TrainingRegistries

  /// A cross-validation; nothing is read or written yet. A `Problem` for numbers that are out of range.
  public init(
    data: any DataSource, out: String, options: TrainingOptions, folds: Int, seeds: Int = 1,
    registries: TrainingRegistries
  ) throws {
    guard (2...1000).contains(folds) else {
      throw Problem("out of range", at: "--folds", expected: "2 to 1000", found: "\(folds)")
    }
    guard (1...1000).contains(seeds) else {
      throw Problem("out of range", at: "--seeds", expected: "1 to 1000", found: "\(seeds)")
    }
    self.data = data
    self.out = out
    self.options = options
    self.folds = folds
    self.seeds = seeds
    self.registries = registries
  }

  /// One of the runs.
  struct Member {
    /// What its folder is called below `out`: `fold2`, `seed1/fold2`.
    let name: String
    /// Counted from 1.
    let fold: Int
    let options: TrainingOptions
  }

  /// All runs, seed by seed.
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

  /// Trains what is missing, writes `oof.csv` and `folds.json`, and compares with the baseline.
  ///
  /// Folders that cannot be taken are refused before the first step. `reading` gives the training part and is called only
  /// if something is to be trained; `onEvent` hears which run an event is of. Once `shouldStop` says yes a `Problem` says
  /// how to go on.
  public func run(
    _ architecture: Architecture, reading read: () throws -> Dataset, shouldStop: () -> Bool = { false },
    onEvent: (_ run: PlannedRun, _ event: TrainingEvent) throws -> Void
  ) throws -> CrossValidationResult {
    guard !RunFolder(out).isRun else {
      throw Problem("holds a run", at: out, expected: "a folder for the runs", next: "choose another folder")
    }
    let members = try members()
    var runs = try members.map { member in
      try folder(of: member).finished(
        as: RunConfiguration(
          architecture: architecture, options: try registries.explicit(member.options), data: data.path,
          trainingCases: 0,
          validationCases: 0))
    }
    var dataset: Dataset?
    let missing = members.indices.filter { runs[$0] == nil }
    let plan = PlannedRun.plan(missing.map { (name: members[$0].name, work: 1) })
    for (index, planned) in zip(missing, plan) {
      let member = members[index]
      let cases = try dataset ?? read()
      dataset = cases
      let run = try TrainingRun(
        architecture, on: cases, from: data.path, options: member.options, registries: registries,
        to: folder(of: member))
      let result = try run.train(shouldStop: shouldStop) { try onEvent(planned, $0) }
      guard result.stopped != .request else {
        throw Problem(
          "the cross-validation was stopped", at: out, next: "the same command goes on with \(member.name)")
      }
      runs[index] = try run.folder.open()
    }
    let finished = zip(members, runs).compactMap { member, run in run.map { (fold: member.fold, run: $0) } }
    let result = try CrossValidationResult(
      architecture, finished, names: members.map(\.name), data: data, threads: options.threads)
    try CrossValidationFolder(out).write(result)
    return result
  }

  private func folder(of member: Member) -> RunFolder { RunFolder(Files.join(out, member.name)) }
}
