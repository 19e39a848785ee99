import FoundationEssentials
public import ZooCore
import ZooData
public import ZooModels

/// What a run is: everything that decides its result, and where it ran.
public struct RunConfiguration: Sendable {
  /// The network.
  public let architecture: Architecture
  /// How it is trained.
  public let options: TrainingOptions
  /// The data's folder, as it was named.
  public let data: String
  /// What the data held, as `DataDigest` says; nil where that is not known.
  public private(set) var digest: String?
  /// Cases to train on.
  public let trainingCases: Int
  /// Cases to validate on.
  public let validationCases: Int

  init(
    architecture: Architecture, options: TrainingOptions, data: String, digest: String? = nil,
    trainingCases: Int, validationCases: Int
  ) {
    self.architecture = architecture
    self.options = options
    self.data = data
    self.digest = digest
    self.trainingCases = trainingCases
    self.validationCases = validationCases
  }

  /// As it stands in `config.json`.
  public var json: JSONValue {
    [
      "format": .string(RunFolder.format),
      "version": .string(voxelZooVersion),
      "architecture": architecture.json,
      "options": options.json,
      "data": .string(data),
      "data_sha256": digest.map { .string($0) } ?? .null,
      "training_cases": .number(Double(trainingCases)),
      "validation_cases": .number(Double(validationCases)),
      "machine_threads": .number(Double(ProcessInfo.processInfo.activeProcessorCount)),
    ]
  }

  /// Reads what `json` gives.
  init(_ value: JSONValue, at place: String) throws {
    var object = try JSONObject(value, at: place)
    try object.requireFormat(RunFolder.format, of: "a run")
    architecture = try Architecture.parse(
      try object.required("architecture"), at: object.path("architecture"))
    options = try TrainingOptions(try object.required("options"), at: object.path("options"))
    data = try object.string("data")
    digest = try object.optional("data_sha256") { try $0.string($1) }
    trainingCases = try object.integer("training_cases", in: 0...Int(Int32.max))
    validationCases = try object.integer("validation_cases", in: 0...Int(Int32.max))
    try object.finish(alsoKnown: ["version", "machine_threads"])
  }

  /// The same over data of this digest, where the run to be held against it knows its own.
  func over(_ data: DataDigest, ifKnownTo run: RunConfiguration) throws -> RunConfiguration {
    var one = self
    if run.digest != nil { one.digest = try data.value() }
    return one
  }

  /// What `difference` calls data that hold something else.
  static let otherData = "data"

  /// The first option in which this run differs from another so that their numbers would too; nil if there is none. Runs from
  /// before there were digests are taken as of the same data.
  ///
  /// Without near duplicates that were allowed here the numbers are those of a run that allows none.
  func difference(to other: RunConfiguration) -> String? {
    guard architecture.json == other.architecture.json else { return "architecture" }
    guard case .object(let own) = options.json, case .object(let others) = other.options.json else {
      return nil
    }
    // Weights count by what is in them, wherever they lie.
    guard options.initial?.sha256 == other.options.initial?.sha256 else { return "init" }
    if let digest, let others = other.digest, digest != others { return RunConfiguration.otherData }
    if options.allowDuplicates, !other.options.allowDuplicates { return "allow_duplicates" }
    return own.keys.sorted().first {
      !["threads", "memory", "init", "allow_duplicates"].contains($0) && own[$0] != others[$0]
    }
  }
}
