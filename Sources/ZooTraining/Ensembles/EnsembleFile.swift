import ZooCore
import ZooFormats
import ZooModels

/// `ensemble.json`: which models judge together, and how.
public struct EnsembleFile: Sendable {
  /// How members are put together.
  public enum Method: String, CaseIterable, Sendable {
    /// The mean of their probabilities.
    case mean
    /// The mean of their logits.
    case logits
    /// The mean of their ranks.
    case ranks
    /// The mean of the probabilities of those that a greedy search has chosen.
    case greedy
    /// One network with the mean of their weights.
    case soup

    /// How predictions are blended.
    public var blend: Blend {
      switch self {
      case .logits: .logits
      case .ranks: .ranks
      case .mean, .greedy, .soup: .mean
      }
    }
  }

  /// A part of the ensemble.
  public struct Member: Hashable, Sendable {
    /// A model's file, a run or a cross-validation.
    public let path: String
    /// Its share; all sum to one.
    public let weight: Double
  }

  /// How the members are put together.
  public let method: Method
  /// The members.
  public let members: [Member]

  static let format = "voxelzoo_ensemble"
  /// What it is called in its folder.
  static let name = "ensemble.json"

  /// The file of an ensemble that a person named by its folder, or by the file itself.
  static func path(of path: String) -> String {
    path.hasSuffix(".json") ? path : Files.join(path, name)
  }

  init(method: Method, members: [Member]) {
    self.method = method
    self.members = members
  }

  /// Reads a file; members' paths are relative to its folder.
  init(reading file: String) throws {
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    try object.requireFormat(EnsembleFile.format, of: "an ensemble")
    let word = try object.choice("method", of: Method.allCases.map(\.rawValue))
    method = Method(rawValue: word) ?? .mean
    let place = object.path("members")
    members = try object.array("members").map { value in
      var member = try JSONObject(value, at: place)
      let path = try member.string("path")
      return Member(
        path: path.hasPrefix("/") ? path : Files.join(Files.folder(of: file), path),
        weight: try member.number("weight", in: 0...1))
    }
    guard abs(members.reduce(0) { $0 + $1.weight } - 1) < 1e-9 else {
      throw Problem(
        "wrong weights", at: place, expected: "weights that sum to 1",
        found: "\(members.reduce(0) { $0 + $1.weight })")
    }
  }

  /// Writes the file, with what else is known of the ensemble.
  func write(to file: String, _ more: [String: JSONValue]) throws {
    var values = more
    values["format"] = .string(EnsembleFile.format)
    values["version"] = .string(voxelZooVersion)
    values["method"] = .string(method.rawValue)
    values["members"] = .array(
      try members.map { member in
        [
          "path": .string(try Files.relative(member.path, to: Files.folder(of: file))),
          "weight": .number(member.weight),
        ]
      })
    try Files.writeAtomically(JSONValue.object(values).text() + "\n", to: file)
  }
}
