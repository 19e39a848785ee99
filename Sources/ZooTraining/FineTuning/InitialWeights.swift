public import ZooCore
import ZooFormats

/// The weights that a training starts from: a run or a file, and what was in it.
public struct InitialWeights: Hashable, Sendable {
  /// The run's folder or the file, as it was named.
  public let path: String
  /// SHA-256 of the file, 64 hexadecimal digits: whatever it is called, this decides the result.
  public let sha256: String

  /// Looks at a run's best model, a file of weights or a finished cross-validation; a `Problem` if there is none.
  public init(_ path: String) throws {
    let folds = CrossValidationFolder(path)
    self.path = path
    sha256 = try Files.sha256(of: folds.isFinished ? folds.resultPath : RunFolder.modelFile(of: path))
  }

  /// The weights for one run of a cross-validation: where these are a cross-validation's too, those of the first of its runs
  /// that is there.
  func member(of names: [String]) throws -> InitialWeights {
    guard CrossValidationFolder(path).isFinished else { return self }
    let paths = names.map { Files.join(path, $0) }
    guard let found = paths.first(where: { RunFolder($0).isRun }) else {
      throw Problem(
        "no such fold to start from", at: paths[0], next: "use as many folds as there are in \(path)")
    }
    return try InitialWeights(found)
  }

  /// The file with the weights; a `Problem` where it is no longer what it was.
  func file() throws -> String {
    let file = try RunFolder.modelFile(of: path)
    let found = try Files.sha256(of: file)
    guard found == sha256 else {
      throw Problem(
        "the weights to start from have changed", at: file, expected: "SHA-256 \(sha256.prefix(12))…",
        found: "\(found.prefix(12))…", next: "name the file anew: --init")
    }
    return file
  }

  /// The run that the weights come from, if they lie in one's folder.
  var run: RunFolder? { [RunFolder(path), RunFolder(Files.folder(of: path))].first(where: \.isRun) }

  /// `{"path": …, "sha256": …}`
  public var json: JSONValue { ["path": .string(path), "sha256": .string(sha256)] }

  /// Reads what `json` gives.
  init(_ value: JSONValue, at place: String) throws {
    var object = try JSONObject(value, at: place)
    path = try object.string("path")
    sha256 = try object.string("sha256")
    try object.finish()
  }
}
