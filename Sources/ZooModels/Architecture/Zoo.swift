import FoundationEssentials
public import ZooCore

/// The models there are: architecture files, found by name in a list of folders; the first folder that has one wins.
public struct Zoo: Sendable {
  /// The folders in the order they are searched; those that do not exist are passed over.
  public let folders: [String]

  /// A zoo over folders.
  public init(folders: [String]) { self.folders = folders }

  /// The search path: what the user asked for, then what was installed, then the current folder's Models.
  ///
  /// `option` is what `--models` says, `environment` what `$VOXELZOO_MODELS` says; these two have to exist.
  /// `executable` is the running binary, symbolic links resolved: `…/bin/voxelzoo` has its models in
  /// `…/share/voxelzoo/models`.
  public static func searchPath(
    option: String?, environment: String?, executable: String?, currentFolder: String
  ) throws -> [String] {
    var folders: [String] = []
    for (folder, place) in [(option, "--models"), (environment, "$VOXELZOO_MODELS")] {
      guard let folder, !folder.isEmpty else { continue }
      guard isFolder(folder) else {
        throw Problem("no such folder", at: place, found: folder, next: "name a folder of architecture files")
      }
      folders.append(folder)
    }
    if let executable {
      let bin = URL(fileURLWithPath: executable).deletingLastPathComponent()
      folders.append(bin.deletingLastPathComponent().appending(path: "share/voxelzoo/models").path)
    }
    folders.append(URL(fileURLWithPath: currentFolder).appending(path: "Models").path)
    return folders
  }

  /// Reads the model of a name; a name that ends in `.json` or has a slash in it is the path of a file.
  public func find(_ name: String) throws -> Architecture {
    if name.hasSuffix(".json") || name.contains("/") { return try Architecture.load(name) }
    let files = files
    guard let file = files.first(where: { $0.name == name })?.file else {
      let names = files.map(\.name)
      let hint = names.isEmpty ? "there are no models" : suggestion(for: name, from: names)
      throw Problem(
        "unknown model \"\(name)\"", next: "\(hint); searched \(folders.joined(separator: ", "))")
    }
    return try load(name, file)
  }

  /// One model of the zoo.
  public struct Entry: Sendable {
    /// What it is found by.
    public let name: String
    /// The file it stands in.
    public let file: String
    /// The model, or what is wrong with its file.
    public let architecture: Result<Architecture, Problem>
  }

  /// All models by name, those with broken files too.
  public func list() -> [Entry] {
    files.map { name, file in
      let result = Result { try load(name, file) }
        .mapError { $0 as? Problem ?? Problem("cannot be read", at: file) }
      return Entry(name: name, file: file, architecture: result)
    }
  }

  /// A model has to bear its file's name, so that a copy is not mistaken for the original in a comparison.
  private func load(_ name: String, _ file: String) throws -> Architecture {
    let architecture = try Architecture.load(file)
    guard architecture.name == name else {
      throw Problem(
        "the model's name is not its file's", at: "\(file): name", expected: "\"\(name)\"",
        found: "\"\(architecture.name)\"", next: "rename one of them")
    }
    return architecture
  }

  /// Names and files, sorted by name; `schema.json` is no model.
  private var files: [(name: String, file: String)] {
    var found: [String: String] = [:]
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in names where file.hasSuffix(".json") && !file.hasPrefix(".") && file != "schema.json" {
        let name = String(file.dropLast(5))
        if found[name] == nil { found[name] = folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)" }
      }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }
}
