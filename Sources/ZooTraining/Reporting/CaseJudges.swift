public import ZooData

/// The models whose predictions are reported, and the share that each has in what was said of a case.
public struct CaseJudges: Sendable {
  /// A model that judged some of the cases.
  public struct Model: Hashable, Sendable {
    /// Its file, or the folder of its run.
    public let path: String
    /// Its share in a case's prediction; those of a case sum to one.
    public let share: Double
  }

  private struct Member {
    let weight: Double
    /// Each with the cases that it held back; nil for all.
    let models: [(path: String, heldOut: Set<String>?)]

    init(_ runs: [FinishedRun], weight: Double) {
      self.weight = weight
      models = runs.map { ($0.folder.path, Set($0.predictions.names)) }
    }

    init(soup path: String) { (weight, models) = (1, [(path, nil)]) }
  }

  private let members: [Member]

  /// The trainings of a run, or of a cross-validation.
  init(_ runs: [FinishedRun]) { members = [Member(runs, weight: 1)] }

  /// The members of an ensemble by their weights, of a soup its one network; a `Problem` where one is gone.
  init(ofEnsemble file: String) throws {
    let ensemble = try EnsembleFile(reading: file)
    members = try ensemble.members.map { member in
      ensemble.method == .soup
        ? Member(soup: member.path)
        : Member(try EnsembleMember(member.path).runs, weight: member.weight)
    }
  }

  /// The models that judged a case: of the training part those that held it back, of the test part all.
  public func models(of name: String, in part: DataPart) -> [Model] {
    members.flatMap { member in
      let own = member.models.filter { part == .test || $0.heldOut?.contains(name) ?? true }
      return own.map { Model(path: $0.path, share: member.weight / Double(own.count)) }
    }
  }
}
