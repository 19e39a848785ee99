import ZooCore
import ZooFormats

/// The models that a person named, and how they judge together.
///
/// A path is a model's file, a run (its best model), a cross-validation (the mean of its folds), or an ensemble; several paths
/// are averaged.
public struct Committee: Sendable {
  /// The models' files, each once.
  public private(set) var files: [String] = []
  /// How their predictions are blended.
  public private(set) var blending = Blending.model(0)

  private let fold: Int?

  /// Finds the models; a path that is none of these, and an ensemble that holds itself, is a `Problem`.
  ///
  /// With a `fold`, counted from 1, only the models that held it back; all paths lead to cross-validations then.
  public init(_ paths: [String], fold: Int? = nil) throws {
    self.fold = fold
    var parts: [Blending] = []
    for path in paths { parts.append(try add(path, depth: 0)) }
    guard !parts.isEmpty else {
      throw Problem("no model to predict with", next: "name one: --weights FILE or RUN")
    }
    blending = .equal(.mean, parts)
  }

  private mutating func add(_ path: String, depth: Int) throws -> Blending {
    guard depth < 8 else {
      throw Problem("ensembles of ensembles, without an end", at: path, next: "name models instead")
    }
    let ensemble = EnsembleFile.path(of: path)
    if Files.exists(ensemble) {
      let file = try EnsembleFile(reading: ensemble)
      var parts: [Blending.Part] = []
      for member in file.members {
        parts.append(.init(blending: try add(member.path, depth: depth + 1), weight: member.weight))
      }
      return .blend(file.method.blend, parts)
    }
    let folds = CrossValidationFolder(path)
    if folds.isFinished {
      let runs = try folds.open().runs.filter { fold == nil || $0.fold == fold }
      guard !runs.isEmpty else {
        throw Problem(
          "there is no fold \(fold ?? 0)", at: path, next: "name cross-validations of as many folds")
      }
      return .equal(.mean, try runs.map { model(try RunFolder.modelFile(of: $0.folder.path)) })
    }
    guard fold == nil else {
      throw Problem(
        "has no folds", at: path, expected: "the folder of a cross-validation, or an ensemble of such")
    }
    return model(try RunFolder.modelFile(of: path))
  }

  /// How many folds the first cross-validation among paths has; nil if there is none.
  public static func folds(of paths: [String]) throws -> Int? {
    for path in paths {
      let ensemble = EnsembleFile.path(of: path)
      if Files.exists(ensemble) {
        if let folds = try folds(of: EnsembleFile(reading: ensemble).members.map(\.path)) { return folds }
      } else if CrossValidationFolder(path).isFinished {
        return try CrossValidationFolder(path).open().runs.map(\.fold).max()
      }
    }
    return nil
  }

  /// A model's place in the list; a file that is there already is not run twice.
  private mutating func model(_ file: String) -> Blending {
    if let index = files.firstIndex(where: { $0 == file || Files.isSame($0, file) }) { return .model(index) }
    files.append(file)
    return .model(files.count - 1)
  }
}
