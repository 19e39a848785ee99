import ZooCore
import ZooData
import ZooFormats
import ZooModels
import ZooTraining

/// The commands that make what is reported again, from the configurations of its runs.
///
/// An architecture that is not the zoo's, and an augmentation without a name, are written to files of a folder `repeat` first.
/// What has to be there already, remarks say.
struct TrainingCommands {
  /// As a shell takes them.
  private(set) var lines: [String] = []

  private let reported: ReportedComparison
  private let models: String?
  private let zoo: Zoo
  private let registries: TrainingRegistries
  private var files: [String: JSONValue] = [:]
  private var trained: Set<String> = []

  init(_ reported: ReportedComparison, zoo: ZooOptions) throws {
    (self.reported, models, self.zoo) = (reported, zoo.models, try zoo.zoo())
    registries = try TrainingRegistries(layers: zoo.layers())
    if let folder = reported.comparison {
      try compare(out: folder)
    } else {
      for (one, path) in zip(reported.compared, reported.paths) {
        let out = path ?? one.name
        guard let origin = reported.ensembles[one.name] else {
          try train(one.runs, out: out)
          continue
        }
        for member in origin.members { try train(member.runs, out: member.path) }
        let words =
          ["voxelzoo", "ensemble"] + origin.members.map(\.path) + [
            "--out", out, "--method", origin.method.rawValue,
          ]
          + (origin.views > 1 ? ["--tta", "\(origin.views)"] : [])
        lines.append(words.map(\.shellQuoted).joined(separator: " "))
      }
    }
  }

  /// Trains a run, or a cross-validation; what is told already is not told twice.
  private mutating func train(_ runs: [FinishedRun], out: String) throws {
    guard let first = runs.first, trained.insert(out).inserted else { return }
    try add(["train", network(first)], runs, out: out)
  }

  private mutating func compare(out: String) throws {
    var own: [FinishedRun] = []
    var entries: [String] = []
    // Who may have been trained on these cases would come back as a table that is trusted.
    for one in reported.compared where one.kind != .unknown {
      if let ensemble = one.ensemble {
        entries.append(try Files.relative(ensemble.folder, to: "."))
        require(entries[entries.count - 1])
        continue
      }
      guard let run = one.runs.first else {
        // Of a table, or of weights, the comparison keeps what they said of the cases that were held back.
        let kept = Files.join(out, "predictions/\(one.name).csv")
        entries.append(kept)
        if reported.record.part == .test {
          remark("\(kept) has no case of the test part: name what \(one.name) came from")
        }
        continue
      }
      // What lies in the comparison's folder it has trained itself.
      if try Files.relative(run.folder.path, to: out).hasPrefix("../") {
        let folder = try Files.relative(run.folder.path, to: ".")
        let validations = Set(one.runs.map { OptionWords.folder(ofFolds: $0.folder.path) })
        let own = one.runs.count > 1 ? OptionWords.folder(ofFolds: folder) : folder
        entries.append(validations.count > 1 ? Files.folder(of: own) : own)
        require(entries[entries.count - 1])
      } else {
        entries.append(network(run))
        if own.isEmpty { own = one.runs }
      }
    }
    let by = reported.column.map { ["--by", $0] } ?? []
    let nested = reported.innerFolds.map { ["--nested", "\($0)"] } ?? []
    try add(
      ["compare"] + entries + by + nested + (reported.record.part == .test ? ["--final"] : []), own, out: out)
  }

  /// A command with the options of trainings.
  private mutating func add(_ command: [String], _ runs: [FinishedRun], out: String) throws {
    if let initial = OptionWords.initial(runs.map(\.configuration.options)) { require(initial) }
    if let pseudo = runs.first?.configuration.options.pseudo {
      remark("\(pseudo.table) has to be there: it is written by voxelzoo pseudo-label")
    }
    var words = ["voxelzoo"] + command + ["--data", reported.record.data, "--out", out]
    words += models.map { ["--models", $0] } ?? []
    words += OptionWords(runs.map(\.configuration.options)).words
    if let configuration = runs.first?.configuration {
      let classes = configuration.architecture.classes
      if let own = reported.data?.classes, own != classes { words += ["--classes", "\(classes)"] }
      words += try augmentation(of: configuration)
    }
    lines.append(words.map(\.shellQuoted).joined(separator: " "))
  }

  /// Says of what no command here has made that it has to be there.
  private mutating func require(_ path: String) {
    guard !trained.contains(path) else { return }
    remark(
      "\(path) has to be there"
        + (Files.isFolder(path) ? ": voxelzoo report \(path.shellQuoted) says how it was made" : ""))
  }

  /// A line that a shell passes over.
  private mutating func remark(_ text: String) {
    let line = "# " + text.split(whereSeparator: \.isNewline).joined(separator: " ")
    if !lines.contains(line) { lines.append(line) }
  }

  /// The zoo's name of a run's network, or a file that holds it.
  private mutating func network(_ run: FinishedRun) -> String {
    let architecture = run.configuration.architecture
    let known = try? zoo.find(architecture.name)
    let fitted = reported.data.map { data in try? known?.fitted(to: data).architecture } ?? known
    return fitted?.json == architecture.json
      ? architecture.name : write(architecture.json, to: architecture.name)
  }

  private mutating func augmentation(of configuration: RunConfiguration) throws -> [String] {
    let steps = configuration.options.augmentation
    guard steps != [] else { return [] }
    for name in registries.augmentations.names
    where try registries.augmentation(.string(name)).json == steps {
      return ["--augmentation", name]
    }
    return ["--augmentation", write(steps, to: "\(configuration.architecture.name)-augmentation")]
  }

  /// Puts a file before the commands that need it; the same is written once.
  private mutating func write(_ value: JSONValue, to name: String) -> String {
    var file = "repeat/\(name).json"
    while let other = files[file], other != value { file = file.dropLast(5) + "-other.json" }
    if files[file] == nil {
      if files.isEmpty { lines.append("mkdir -p repeat") }
      files[file] = value
      lines += ["cat > \(file.shellQuoted) <<'END'", value.text(), "END"]
    }
    return "./\(file)"
  }
}
