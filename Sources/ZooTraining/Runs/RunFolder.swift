import ZooCore
import ZooFormats

/// A folder that holds one training: what it was, how it went, and the best model.
///
/// `config.json`: everything that decides the result. `epochs.csv`: a row an epoch. `validation.csv`: the best epoch's
/// predictions. `best.safetensors`: its model. `checkpoint.safetensors`: where an interrupted training stood. `result.json`: what came out; it is written last and says that the run is
/// finished. `test_looks.json`: how often the test part was looked at; it outlives the training. Every file appears whole or not at all.
public struct RunFolder: Hashable, Sendable {
  /// The folder.
  public let path: String

  /// A folder, which need not exist.
  public init(_ path: String) { self.path = path }

  /// The last part of the path: what the run is called in tables.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// The configuration.
  public var configPath: String { Files.join(path, "config.json") }
  /// The table of the epochs.
  public var epochsPath: String { Files.join(path, "epochs.csv") }
  /// The validation predictions of the best epoch.
  public var validationPath: String { Files.join(path, "validation.csv") }
  /// The best model.
  public var modelPath: String { Files.join(path, "best.safetensors") }
  /// The folder of what TensorBoard reads.
  public var tensorBoardPath: String { Files.join(path, "tensorboard") }
  /// Which run of an MLflow server it is.
  public var mlflowPath: String { Files.join(path, "mlflow.json") }
  /// Where an interrupted training stood; gone once the run is finished.
  public var checkpointPath: String { Files.join(path, "checkpoint.safetensors") }
  /// The result.
  public var resultPath: String { Files.join(path, "result.json") }

  /// Whether the folder holds a run, finished or not.
  public var isRun: Bool { Files.exists(configPath) }
  /// Whether the run has come to its end.
  public var isFinished: Bool { isRun && Files.exists(resultPath) }

  /// What `config.json` says of its format.
  static let format = "voxelzoo_run"

  /// The model's file for what a person named: a run's best model, or the file itself.
  public static func modelFile(of path: String) throws -> String {
    guard Files.isFolder(path) else { return path }
    let run = RunFolder(path)
    guard run.isRun else {
      let folds = CrossValidationFolder(path)
      let first = folds.isFinished ? try folds.open().runs.first?.folder.path : nil
      throw Problem(
        "not a run", at: path, expected: "a folder that voxelzoo train has written",
        found: first == nil ? nil : "a folder of --folds", next: first.map { "name one of its runs: \($0)" })
    }
    guard Files.exists(run.modelPath) else {
      throw Problem("the run has no model yet", at: path, next: "wait for its first epoch, or train it again")
    }
    return run.modelPath
  }

  /// Checks that a new run may take this folder, and changes nothing.
  ///
  /// A folder with anything else in it is refused, and so is a finished run unless `replacing`.
  func checkIsFree(replacing: Bool) throws {
    guard Files.exists(path) else { return }
    guard Files.isFolder(path) else {
      throw Problem("is a file", at: path, expected: "a folder for the run")
    }
    let entries = try Files.list(path)
    let looks = TestLooks.fileName
    let names = Set(
      (files + [tensorBoardPath, looks]).compactMap { $0.split(separator: "/").last.map(String.init) })
    // A crash while a file was written leaves a temporary one.
    let foreign = entries.filter { !names.contains($0) && !($0.hasPrefix(".zoo-") && $0.hasSuffix(".tmp")) }
    guard foreign.isEmpty, try entries.allSatisfy({ $0 == looks }) || isOurs() else {
      throw Problem(
        "the folder is not empty, and not a run", at: path,
        found: (foreign.isEmpty ? entries : foreign).prefix(3).joined(separator: ", "),
        next: "choose another folder")
    }
    guard replacing || !isFinished else {
      throw Problem("holds a finished run", at: path, next: "choose another folder, or remove this one")
    }
  }

  /// Makes the folder ready for a new run: made if need be, and rid of what an earlier run has left.
  func prepare(replacing: Bool) throws {
    try checkIsFree(replacing: replacing)
    try Files.makeFolder(path)
    // The mark of a finished run goes first and that of a run last: a crash in between leaves an unfinished run.
    for file in try eventFiles() { try Files.remove(file) }
    try Files.removeEmptyFolder(tensorBoardPath)
    for file in files { try Files.remove(file) }
  }

  private var files: [String] {
    [resultPath, checkpointPath, mlflowPath, modelPath, validationPath, epochsPath, configPath]
  }

  /// What an earlier run has written for TensorBoard.
  private func eventFiles() throws -> [String] {
    guard Files.isFolder(tensorBoardPath) else { return [] }
    return try Files.list(tensorBoardPath).filter { $0.contains("tfevents") }
      .map { Files.join(tensorBoardPath, $0) }
  }

  /// Whether `config.json` is one of ours: another program's is not to be removed.
  private func isOurs() throws -> Bool {
    guard isRun,
      case .object(let values) = try JSONValue(parsing: try Files.read(configPath), from: configPath)
    else { return false }
    return values["format"] == .string(RunFolder.format)
  }
}
