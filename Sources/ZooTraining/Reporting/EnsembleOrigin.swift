import ZooCore
import ZooFormats

/// What an ensemble was made of, and how: what `voxelzoo ensemble` needs to make it again.
public struct EnsembleOrigin: Sendable {
  /// Its members as they were named, each with its trainings; those that are gone are left out.
  public let members: [(path: String, runs: [FinishedRun])]
  /// How they were put together.
  public let method: EnsembleFile.Method
  /// In how many views each case was judged.
  public let views: Int
  /// What a person should know of it, a line each.
  public let notes: [String]
  /// Its file.
  let file: String
  /// The first member that is still there.
  let first: EnsembleMember

  /// Reads the file of an ensemble; a `Problem` where no member is there any more.
  init(reading file: String) throws {
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    let word = try object.choice("method", of: EnsembleFile.Method.allCases.map(\.rawValue))
    method = EnsembleFile.Method(rawValue: word) ?? .mean
    views = try object.integer("tta", in: 1...48, default: 1)
    notes = try object.array("notes", default: []).compactMap { value in
      if case .string(let note) = value { note } else { nil }
    }
    self.file = file
    let found = try object.array("made_of").compactMap { value -> EnsembleMember? in
      guard case .string(let path) = value, Files.exists(path) else { return nil }
      return try EnsembleMember(path)
    }
    guard let first = found.first else {
      throw Problem(
        "what the ensemble was made of is gone", at: object.path("made_of"), next: "report its members")
    }
    self.first = first
    members = found.map { ($0.path, $0.runs) }
  }
}
