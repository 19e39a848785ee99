import ZooCore
import ZooFormats
import ZooModels
import ZooStatistics

/// The folder of a cross-validation: its runs, `oof.csv` with the out-of-fold predictions, and `folds.json`, which is
/// written last and says that all folds are there.
public struct CrossValidationFolder: Hashable, Sendable {
  /// The folder.
  public let path: String

  /// A folder, which need not exist.
  public init(_ path: String) { self.path = path }

  /// The out-of-fold predictions.
  public var predictionsPath: String { Files.join(path, "oof.csv") }
  /// What it consists of, and what came out.
  public var resultPath: String { Files.join(path, "folds.json") }
  /// Whether all folds are trained.
  public var isFinished: Bool { Files.exists(resultPath) }

  /// What `folds.json` says of its format.
  static let format = "voxelzoo_folds"

  func write(_ result: CrossValidationResult) throws {
    let runs = result.members.map { member -> JSONValue in
      let evaluation = member.run.evaluation
      return [
        "run": .string(member.name), "fold": .number(Double(member.fold)),
        "seed": .number(Double(member.run.configuration.options.seed)),
        "kept_epochs": .array(member.run.keptEpochs.map { .number(Double($0)) }),
        "validation": evaluation.json,
        "shape_auc": member.shapeAUC.map(JSONValue.number) ?? .null, "seconds": .number(member.run.seconds),
      ]
    }
    let shape = result.baselines.all.first { $0.kind == .shape }
    let test = result.comparison.rows.first?.toShape?.test
    let values: JSONValue = [
      "format": .string(CrossValidationFolder.format), "version": .string(voxelZooVersion),
      "classes": .number(Double(result.outOfFold.predictions.classes)), "runs": .array(runs),
      "out_of_fold": result.contender.evaluation.json,
      "shape": shape?.evaluation.json ?? .null,
      "to_shape": test.map {
        [
          "auc_difference": .number($0.difference),
          "interval": [.number($0.interval.lowerBound), .number($0.interval.upperBound)], "p": .number($0.p),
        ]
      } ?? .null,
    ]
    try result.outOfFold.write(to: predictionsPath)
    try Files.writeAtomically(values.text() + "\n", to: resultPath)
  }

  /// Reads which runs there are, and the out-of-fold predictions; a folder that is not finished is a `Problem`.
  func open() throws -> (runs: [(fold: Int, folder: RunFolder)], outOfFold: OutOfFold) {
    guard isFinished else {
      throw Problem(
        "not a finished cross-validation", at: path, found: "no folds.json", next: "train it with --folds")
    }
    var object = try JSONObject(
      JSONValue(parsing: try Files.read(resultPath), from: resultPath), at: resultPath)
    try object.requireFormat(CrossValidationFolder.format, of: "a cross-validation")
    let classes = try object.integer("classes", in: 2...Int(Int32.max))
    let runs = try object.array("runs").map { value in
      var run = try JSONObject(value, at: object.path("runs"))
      return (
        fold: try run.integer("fold", in: 1...1000),
        folder: RunFolder(Files.join(path, try run.string("run")))
      )
    }
    return (runs, try OutOfFold(reading: predictionsPath, classes: classes))
  }
}
