import ZooCore
import ZooFormats

/// What an ensemble was made of, and how: what `voxelzoo ensemble` needs to make it again.
public struct EnsembleOrigin: Sendable {
  /// Its members, each with its trainings; those that are gone are left out.
  public let members: [(path: String, runs: [FinishedRun])]
  /// How they were put together.
  public let method: EnsembleFile.Method
  /// In how many views each case was judged.
  public let views: Int
  /// What a person should know of it, a line each.
  public let notes: [String]
  /// Its folder.
  public let folder: String
  /// The first member that is still there.
  let first: EnsembleMember

  /// Whether one network judges, whose weights are the members' mean.
  var isOneNetwork: Bool { method == .soup }
  /// The trainings of all members.
  public var runs: [FinishedRun] { members.flatMap(\.runs) }

  /// Opens an ensemble, its folder or its file; a `Problem` where no member is there any more.
  public init(of path: String) throws {
    let file = EnsembleFile.path(of: path)
    let folder = Files.folder(of: file)
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    let word = try object.choice("method", of: EnsembleFile.Method.allCases.map(\.rawValue))
    method = EnsembleFile.Method(rawValue: word) ?? .mean
    views = try object.integer("tta", in: 1...48, default: 1)
    notes = try object.array("notes", default: []).compactMap { value in
      if case .string(let note) = value { note } else { nil }
    }
    self.folder = folder
    let paths = try object.array("made_of").compactMap { value -> String? in
      guard case .string(let path) = value else { return nil }
      return path.hasPrefix("/") ? path : Files.join(folder, path)
    }
    let found = try paths.filter { Files.exists($0) }.map {
      try EnsembleMember(try Files.relative($0, to: "."))
    }
    guard let first = found.first else {
      throw Problem(
        "what the ensemble was made of is gone", at: object.path("made_of"),
        expected: paths.joined(separator: ", "), found: "none of them",
        next: "put it together anew: voxelzoo ensemble")
    }
    self.first = first
    members = found.map { ($0.path, $0.runs) }
  }
}
