import ZooCore
public import ZooData
import ZooFormats
import ZooModels

/// Runs or cross-validations that are made to judge together, and judged by the cases that none of them trained on.
public struct Ensemble {
  /// The data that they were trained on.
  public let data: any DataSource
  let members: [EnsembleMember]
  private let registries: TrainingRegistries
  private let views: TestTimeViews
  private let threads: Int

  /// Opens the members; `data` where it is not the folder their configuration names. In several `views` the cases that were
  /// held back are judged again.
  ///
  /// A `Problem` unless all judged the same cases, in the same order: else one would have trained on what another judges.
  public init(
    _ paths: [String], data: String?, registries: TrainingRegistries, views: TestTimeViews = .one,
    threads: Int
  ) throws {
    let members = try paths.map { try EnsembleMember($0) }
    guard let first = members.first, let run = first.runs.first else {
      throw Problem(
        "nothing to put together", next: "name runs, or cross-validations: voxelzoo ensemble runs/a runs/b")
    }
    if let twice = paths.indices.first(where: { paths[..<$0].contains(paths[$0]) }) {
      throw Problem("named twice", at: paths[twice], next: "name each once")
    }
    let cases = JudgedCases(
      names: first.predictions.names, labels: first.predictions.labels, splits: [first.folds])
    for member in members {
      try cases.require(
        names: member.predictions.names, labels: member.predictions.labels, at: member.path)
    }
    let source = try DataKinds.builtIn.open(data ?? run.configuration.data)
    self.data = source
    self.members =
      views == .one
      ? members
      : try members.map {
        try $0.judged(in: views, of: source, layers: registries.layers, threads: threads)
      }
    self.views = views
    self.registries = registries
    self.threads = threads
  }

  /// Puts the members together and writes `ensemble.json` and `predictions.csv` to a folder, and for a soup its network.
  public func make(_ method: EnsembleFile.Method, out: String) throws -> EnsembleResult {
    try Files.makeFolder(out)
    let equal = members.map { EnsembleFile.Member(path: $0.path, weight: 1 / Double(members.count)) }
    let all = members.map(\.predictions)
    var file = EnsembleFile(method: method, members: equal)
    var notes: [String] = []
    let predictions: Predictions
    switch method {
    case .mean, .logits, .ranks: predictions = method.blend(all, weights: equal.map(\.weight))
    case .greedy:
      let labels = try all[0].knownLabels()
      guard let selection = GreedySelection(all, labels: labels) else {
        throw Problem("cannot choose members", at: out, expected: "cases of every class, to choose them by")
      }
      file = EnsembleFile(
        method: method,
        members: zip(equal, selection.weights).filter { $1 > 0 }.map { .init(path: $0.path, weight: $1) })
      predictions = method.blend(all, weights: selection.weights)
      notes = [try flattery(of: all, labels: labels)]
    case .soup:
      let soup = try WeightSoup(of: members, data: data, registries: registries, threads: threads)
      let path = Files.join(out, "soup.safetensors")
      try soup.model.write(to: path)
      file = EnsembleFile(method: method, members: [.init(path: path, weight: 1)])
      predictions = soup.predictions
    }
    let result = try EnsembleResult(
      self, file: file, predictions: predictions, notes: notes, threads: threads)
    try predictions.write(to: Files.join(out, "predictions.csv"), withLabels: true)
    try file.write(
      to: EnsembleFile.path(of: out),
      [
        "made_of": .array(try members.map { .string(try Files.relative($0.path, to: out)) }),
        "evaluation": try Evaluation(predictions).json,
        "notes": .array(notes.map { .string($0) }), "tta": .number(Double(views.rawValue)),
      ])
    return result
  }

  /// How much of a selection's AUC is left for cases that had no part in it.
  private func flattery(of all: [Predictions], labels: [Int]) throws -> String {
    let folds = members[0].folds
    let warning = "the members were chosen by these cases, which flatters the ensemble"
    guard members.allSatisfy({ $0.folds == folds }), Set(folds).count > 1,
      let honest = GreedySelection.crossFitted(all, labels: labels, folds: folds),
      let auc = try Evaluation(honest).auc
    else { return warning }
    return "\(warning); chosen for each fold by the others it has AUC \((auc * 1e4).rounded() / 1e4)"
  }
}
