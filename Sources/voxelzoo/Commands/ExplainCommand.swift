import ArgumentParser
import ZooCore
import ZooData
import ZooExplanation
import ZooFormats
import ZooModels
import ZooTraining

/// `voxelzoo explain`: which voxels of a case count for a class.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show which voxels of a case count for a class, as a picture and as NIfTI files.",
    discussion: """
      Grad-CAM weighs the channels of a layer by the gradient of the class's logit; occlusion covers a box at a time and sees \
      how far the class's log odds fall. A map says what the model reacts to, not what is so; --sanity says whether it depends \
      on what was learnt at all.
      """)

  /// What can be asked for.
  enum Method: String, CaseIterable, ExpressibleByArgument {
    case gradCAM = "grad-cam"
    case occlusion
  }

  @Argument(
    help: ArgumentHelp(
      "A run, the folder of --folds, or an ensemble; of several models the mean of the maps is shown, by their weights.",
      valueName: "run|dir"))
  var folder: String?

  @Option(help: ArgumentHelp("A trained model's file instead of a run.", valueName: "file"))
  var weights: String?

  @Option(help: ArgumentHelp("The architecture, where a file does not carry its own.", valueName: "name"))
  var model: String?

  @OptionGroup var zoo: ZooOptions

  @Option(help: ArgumentHelp("The data set (default: what the run was trained on).", valueName: "path"))
  var data: String?

  @Option(help: ArgumentHelp("The case's name.", valueName: "name"))
  var `case`: String

  @Option(
    help: ArgumentHelp("The part of the data set (default: the first that has the case).", valueName: "part"))
  var part: DataPart?

  @Option(
    name: .customLong("class"),
    help: ArgumentHelp(
      "The class to explain, counted from 0 (default: the most probable).", valueName: "k"))
  var label: Int?

  @Option(help: ArgumentHelp("grad-cam or occlusion.", valueName: "name"))
  var method = Method.gradCAM

  @Option(
    help: ArgumentHelp(
      "The layer whose features grad-cam weighs (default: the last with a feature map).", valueName: "name"))
  var layer: String?

  @Option(
    help: ArgumentHelp(
      "Voxels that occlusion covers: N, or D,H,W (default: a quarter of the sample).", valueName: "n|d,h,w"))
  var patch: InputSize?

  @Option(
    help: ArgumentHelp(
      "Voxels from one covered box to the next (default: half a patch).", valueName: "n|d,h,w"))
  var stride: InputSize?

  @Flag(help: "Make the map again with the last layer's weights drawn anew, and with all, and compare.")
  var sanity = false

  @Option(help: ArgumentHelp("The root of the weights that --sanity draws.", valueName: "s"))
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
  var out = "explanations"

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var quiet: QuietOption

  @OptionGroup var output: JSONOption

  func validate() throws {
    guard (folder == nil) != (weights == nil) else {
      throw ValidationError("Name a run, or a model's file with --weights.")
    }
    guard weights == nil || data != nil else { throw ValidationError("--weights needs --data.") }
    guard method == .gradCAM || layer == nil else {
      throw ValidationError("--layer is an option of grad-cam.")
    }
    guard method == .occlusion || patch == nil && stride == nil else {
      throw ValidationError("--patch and --stride are options of occlusion.")
    }
  }

  func run() throws {
    let threads = try threads.count()
    let committee = try Committee([folder ?? weights ?? ""])
    let files = committee.files
    let shares = committee.blending.shares(of: files.count)
    let (models, format) = try read(files)
    let source = try DataKinds.builtIn.open(data ?? dataPath(of: files))
    quiet.note("data: \(source.summary)")
    let sample = try CaseSample(
      reading: source, name: self.case, part: part, format: format, classes: models[0].architecture.classes)
    try warnOfTraining(on: sample, files)
    let method: AttributionMethod =
      switch self.method {
      case .gradCAM: .gradCAM(layer: layer)
      case .occlusion: .occlusion(patch: patch?.axes, stride: stride?.axes)
      }
    let explainer = try method.explainer(of: models, shares: shares, threads: threads)
    let probabilities = try explainer.probabilities(of: sample.voxels)
    guard probabilities.allSatisfy(\.isFinite) else {
      throw Problem(
        "the model's output is not finite", at: models[0].place,
        next: "check the voxels' range, or train it again")
    }
    let likeliest = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    // Occlusion runs the network hundreds of times a map.
    let draws = self.method == .gradCAM ? 5 : 3
    let progress = quiet.progress("explaining")
    defer { progress.clear() }
    var done = 0
    func hear(_ count: Int) {
      done += count
      progress.update(done, of: explainer.passes * (sanity ? 1 + 2 * draws : 1))
    }
    let map = try explainer.attribution(of: sample.voxels, label: label ?? likeliest, onPasses: hear)
    // A map of nothing has nothing to compare.
    let check =
      try sanity && map.peak > 0
      ? RandomisationCheck(
        of: map, models: models, shares: shares, sample: sample.voxels, method: method, draws: draws,
        seed: Seed(seed), threads: threads, onPasses: hear)
      : nil
    progress.clear()
    let sheet = ExplanationSheet(
      models: models.map(\.architecture.name), sample: sample, probabilities: probabilities, map: map,
      check: check)
    let written = try sheet.write(to: out, as: self.method.rawValue)
    if output.json { return try Console.print(sheet.json(files: written)) }
    for warning in sheet.warnings { Console.note("warning: \(warning)") }
    try Console.print((sheet.lines + written.map { "written to \($0)" }).joined(separator: "\n"))
  }

  /// Reads the models, which have to see the same of a case.
  private func read(_ files: [String]) throws -> ([ModelFile], SampleFormat) {
    let (layers, fallback) = (try zoo.layers(), try model.map { try zoo.zoo().find($0) })
    let models = try files.map { try ModelFile.read($0, layers: layers, fallback: fallback) }
    for model in models {
      if let report = model.report { quiet.note(report.text) }
      guard SampleFormat(model.architecture) == SampleFormat(models[0].architecture),
        model.architecture.classes == models[0].architecture.classes
      else {
        throw Problem(
          "sees other samples than \(models[0].place)", at: model.place,
          expected: "models of the same input and classes, whose maps have a mean",
          next: "explain them one after the other")
      }
    }
    return (models, SampleFormat(models[0].architecture))
  }

  /// Where the data lie that the first model was trained on.
  private func dataPath(of files: [String]) throws -> String {
    if let own = try ownData(of: files[0]) { return own }
    // The file of a soup lies beside the list of what it was made of.
    let origin = try? EnsembleOrigin(of: Files.folder(of: files[0]))
    if let run = origin?.runs.first { return run.configuration.data }
    throw Problem("does not say which data it was trained on", at: files[0], next: "name them: --data DIR")
  }

  /// The data of the run that a model's file lies in; nil if it lies in none.
  private func ownData(of file: String) throws -> String? {
    let run = RunFolder(Files.folder(of: file))
    return run.isRun ? try run.configuration().data : nil
  }

  /// What a model learnt by heart is no sign of what it looks at in others.
  private func warnOfTraining(on sample: CaseSample, _ files: [String]) throws {
    guard sample.part == .train else { return }
    let trained = try files.count { try HeldOut.names(by: [$0], among: [sample.item.name]) == [] }
    guard trained > 0 else { return }
    quiet.note(
      files.count == 1
        ? "note: the model was trained on this case"
        : "note: \(trained) of \(files.count) models were trained on this case")
  }
}
