import ZooCore
import ZooData
import ZooFormats

/// Where initial weights come from: the run that made them, the run whose weights that one started from, and so on.
///
/// A case, or a patient, that taught one of them must not judge what comes out.
struct Ancestry {
  /// The runs, the youngest first.
  private let runs: [(folder: RunFolder, configuration: RunConfiguration)]

  /// Follows the weights back as far as their runs are there; a file outside a run tells nothing.
  init(of weights: InitialWeights) throws {
    var runs: [(folder: RunFolder, configuration: RunConfiguration)] = []
    var next: InitialWeights? = weights
    while let folder = next?.run, Files.exists(folder.validationPath),
      !runs.contains(where: { $0.folder == folder }), runs.count < 100
    {
      let configuration = try folder.configuration()
      runs.append((folder, configuration))
      next = configuration.options.initial
    }
    self.runs = runs
  }

  /// What a person should know: that nothing is known.
  var notes: [String] {
    runs.isEmpty
      ? [
        "what these weights were trained on is not known; if validation cases were among it, their AUC means nothing"
      ]
      : []
  }

  /// Refuses a split whose validation part taught one of the runs.
  func check(_ split: Split, of dataset: Dataset, from data: String) throws {
    for run in runs {
      let judged = Set(try CSVTable(reading: run.folder.validationPath).column("name"))
      guard isSame(run.configuration, judged, dataset, data) else { continue }
      // Whoever did not judge it taught it.
      let teachers = dataset.cases.filter { !judged.contains($0.name) }
      let names = Set(teachers.map(\.name))
      let patients = Set(teachers.compactMap(\.patient))
      let seen = split.validation.filter { index in
        let one = dataset.cases[index]
        return names.contains(one.name) || one.patient.map(patients.contains) ?? false
      }
      guard let first = seen.first else { continue }
      throw Problem(
        "its weights were trained on validation cases of the new run", at: run.folder.path,
        expected: "cases that it has not seen",
        found: "\(seen.count) of \(split.validation.count), as \"\(dataset.cases[first].name)\"",
        next: "split as it did: \(Ancestry.flags(run.configuration.options))")
    }
  }

  /// Whether a run was trained on these data: they lie in the same folder, or all cases that judged it are among them.
  private func isSame(
    _ run: RunConfiguration, _ judged: Set<String>, _ dataset: Dataset, _ data: String
  ) -> Bool {
    if Files.isSame(run.data, data) { return true }
    return run.trainingCases + run.validationCases == dataset.cases.count
      && judged.isSubset(of: dataset.cases.map(\.name))
  }

  /// What makes a split like a run's.
  private static func flags(_ options: TrainingOptions) -> String {
    let seed = "--split-seed \(options.splitSeed ?? options.seed)"
    let share = options.validationShare.map { " --validation-share \($0)" } ?? ""
    return seed + (options.fold.map { " --fold \($0)" } ?? share)
  }
}
