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

  @Argument(help: ArgumentHelp("A run; its best model is explained.", valueName: "run"))
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
    let model = try readModel()
    let path = try data ?? RunFolder(folder ?? "").configuration().data
    let source = try DataKinds.builtIn.open(path)
    quiet.note("data: \(source.summary)")
    let sample = try CaseSample(
      reading: source, name: self.case, part: part, format: SampleFormat(model.architecture),
      classes: model.architecture.classes)
    let method: AttributionMethod =
      switch self.method {
      case .gradCAM: .gradCAM(layer: layer)
      case .occlusion: .occlusion(patch: patch?.axes, stride: stride?.axes)
      }
    let explainer = try method.explainer(of: model, threads: threads)
    let probabilities = try explainer.probabilities(of: sample.voxels)
    guard probabilities.allSatisfy(\.isFinite) else {
      throw Problem(
        "the model's output is not finite", at: model.place,
        next: "check the voxels' range, or train it again")
    }
    let likeliest = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    let map = try explainer.attribution(of: sample.voxels, label: label ?? likeliest)
    // A map of nothing has nothing to compare.
    let check =
      try sanity && map.peak > 0
      ? RandomisationCheck(
        of: map, model: model, sample: sample.voxels, method: method,
        // Occlusion runs the network hundreds of times a map.
        draws: self.method == .gradCAM ? 5 : 3, seed: Seed(seed), threads: threads)
      : nil
    let sheet = ExplanationSheet(
      model: model.architecture.name, sample: sample, probabilities: probabilities, map: map, check: check)
    let files = try sheet.write(to: out, as: self.method.rawValue)
    if output.json { return try Console.print(sheet.json(files: files)) }
    for warning in sheet.warnings { Console.note("warning: \(warning)") }
    try Console.print((sheet.lines + files.map { "written to \($0)" }).joined(separator: "\n"))
  }

  private func readModel() throws -> ModelFile {
    let file = try RunFolder.modelFile(of: folder ?? weights ?? "")
    let fallback = try model.map { try zoo.zoo().find($0) }
    let model = try ModelFile.read(file, layers: zoo.layers(), fallback: fallback)
    if let report = model.report { quiet.note(report.text) }
    return model
  }
}
