import ZooCore
import ZooTraining

/// Training options as they are typed: the words that give them back to `train` and `compare`.
struct OptionWords {
  /// `--epochs`, `2`, …; without augmentation, fold, threads and memory.
  let words: [String]

  /// Keys that change no result, or that need words of their own.
  private static let apart: Set<String> = [
    "threads", "memory", "augmentation", "init", "fold", "freeze", "class_weights",
  ]

  /// The options of trainings that differ in seed and fold alone, the first one's first.
  init(_ runs: [TrainingOptions]) {
    guard var first = runs.first else {
      words = []
      return
    }
    // Kept by those runs alone whose fold needed it.
    first.allowDuplicates = runs.contains(where: \.allowDuplicates)
    guard case .object(let values) = first.json,
      case .object(let defaults) = TrainingOptions().json
    else {
      words = []
      return
    }
    var words: [String] = []
    for (key, value) in values.sorted(by: { $0.key < $1.key })
    where value != defaults[key] && !OptionWords.apart.contains(key) {
      // A flag stands alone.
      words +=
        ["--" + key.split(separator: "_").joined(separator: "-")]
        + (value == .bool(true) ? [] : [OptionWords.word(value)])
    }
    if let initial = OptionWords.initial(runs) { words += ["--init", initial] }
    switch first.classWeights {
    case .equal: break
    case .balanced: words += ["--class-weights", "balanced"]
    case .given(let weights): words += ["--class-weights", weights.map { "\($0)" }.joined(separator: ",")]
    }
    if !first.update.freeze.isEmpty { words += ["--freeze", first.update.freeze.joined(separator: ",")] }
    let folds = Set(runs.compactMap(\.fold?.index)).count
    if folds > 1 {
      let seeds = Set(runs.map(\.seed)).count
      let splits = Set(runs.map { $0.splitSeed ?? $0.seed }).count
      words += ["--folds", "\(folds)"] + (seeds > 1 ? ["--seeds", "\(seeds)"] : [])
      words += splits > 1 ? ["--repeats", "\(splits)"] : []
    } else if let fold = first.fold {
      words += ["--fold", fold.description]
    }
    self.words = words
  }

  /// What trainings started from: each fold from its own member of a cross-validation, or all from one and the same.
  static func initial(_ runs: [TrainingOptions]) -> String? {
    guard let path = runs.first?.initial?.path else { return nil }
    return Set(runs.map { $0.initial?.path }).count == 1 ? path : folder(ofFolds: path)
  }

  /// The folder of a cross-validation, from one of its runs: `runs/base` of `runs/base/seed1/fold2`.
  static func folder(ofFolds path: String) -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for prefix in ["fold", "seed"] where parts.count > 1 {
      guard let last = parts.last, last.hasPrefix(prefix), Int(last.dropFirst(prefix.count)) != nil else {
        continue
      }
      parts.removeLast()
    }
    return parts.joined(separator: "/")
  }

  private static func word(_ value: JSONValue) -> String {
    if case .string(let text) = value { return text }
    return value.text(indented: false)
  }
}
