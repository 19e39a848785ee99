import ZooCore
import ZooModels
import ZooTraining

/// The commands that make what is reported again, from the configurations of its runs.
struct TrainingCommands {
  /// A line each; where a file has to be saved first, the line before says so.
  let lines: [String]

  init(_ reported: ReportedComparison) {
    let rows = reported.result.rows
    let trained = rows.indices.filter { !rows[$0].contender.runs.isEmpty }
    guard let folder = reported.comparison else {
      lines = trained.flatMap { index -> [String] in
        let one = rows[index].contender
        return TrainingCommands.lines(
          ["train", one.runs[0].configuration.architecture.name], one, out: reported.paths[index] ?? one.name)
      }
      return
    }
    guard let first = trained.first else {
      lines = []
      return
    }
    // What lies in the comparison's folder it has trained itself.
    let entries = rows.filter { $0.contender.kind != .baseline }.map(\.contender).map { one in
      guard let run = one.runs.first else { return one.name }
      return run.folder.path.hasPrefix(folder + "/") ? run.configuration.architecture.name : run.folder.path
    }
    lines = TrainingCommands.lines(["compare"] + entries, rows[first].contender, out: folder)
  }

  /// A command with the options of a contender's first run.
  private static func lines(_ command: [String], _ one: Contender, out: String) -> [String] {
    guard let configuration = one.runs.first?.configuration else { return [] }
    let options = configuration.options
    let name = configuration.architecture.name
    var words = ["voxelzoo"] + command + ["--data", configuration.data, "--out", out]
    let all = one.runs.map(\.configuration.options)
    let folds = Set(all.compactMap(\.fold?.index)).count
    if folds > 1 {
      let seeds = Set(all.map(\.seed)).count
      let splits = Set(all.map { $0.splitSeed ?? $0.seed }).count
      words += ["--folds", "\(folds)"]
      if seeds > 1 { words += ["--seeds", "\(seeds)"] }
      if splits > 1 { words += ["--repeats", "\(splits)"] }
    } else if let fold = options.fold {
      words += ["--fold", fold.description]
    }
    words += flags(options, isCrossValidation: folds > 1)
    guard case .array(let steps) = options.augmentation, !steps.isEmpty else {
      return [words.map(\.shellQuoted).joined(separator: " ")]
    }
    words += ["--augmentation", "\(name)-augmentation.json"]
    return [
      "# \(name)-augmentation.json: options.augmentation of the configuration below",
      words.map(\.shellQuoted).joined(separator: " "),
    ]
  }

  /// Keys that change no result, or that need words of their own.
  private static let apart: Set<String> = [
    "threads", "memory", "augmentation", "init", "fold", "freeze", "class_weights",
  ]

  /// The options that are not as they are by default.
  private static func flags(_ options: TrainingOptions, isCrossValidation: Bool) -> [String] {
    guard case .object(let values) = options.json, case .object(let defaults) = TrainingOptions().json
    else { return [] }
    var words: [String] = []
    for (key, value) in values.sorted(by: { $0.key < $1.key })
    where value != defaults[key] && !apart.contains(key) {
      // A flag stands alone.
      words +=
        ["--" + key.split(separator: "_").joined(separator: "-")]
        + (value == .bool(true) ? [] : [word(value)])
    }
    if let initial = options.initial {
      words += ["--init", isCrossValidation ? folder(ofFolds: initial.path) : initial.path]
    }
    switch options.classWeights {
    case .equal: break
    case .balanced: words += ["--class-weights", "balanced"]
    case .given(let weights): words += ["--class-weights", weights.map { "\($0)" }.joined(separator: ",")]
    }
    if !options.update.freeze.isEmpty { words += ["--freeze", options.update.freeze.joined(separator: ",")] }
    return words
  }

  /// The folder of a cross-validation, from one of its runs: `runs/base` of `runs/base/seed1/fold2`.
  private static func folder(ofFolds path: String) -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for prefix in ["fold", "seed"] where parts.count > 1 && (parts.last?.hasPrefix(prefix) ?? false) {
      parts.removeLast()
    }
    return parts.joined(separator: "/")
  }

  private static func word(_ value: JSONValue) -> String {
    if case .string(let text) = value { return text }
    return value.text(indented: false)
  }
}
