import ZooCore
import ZooData
import ZooFormats
import ZooModels

/// A cross-validation that is done on several splits, each in a folder `repeat1` … of its own; with one split in `out` itself.
///
/// A case's prediction is the mean over the splits, each by the models that held it back there.
struct RepeatedCrossValidation {
  private let validations: [(name: String, validation: CrossValidation)]

  init(
    data: any DataSource, out: String, options: TrainingOptions, plan: FoldPlan,
    registries: TrainingRegistries, digest: DataDigest
  ) throws {
    validations = try (0..<plan.repeats).map { number in
      var options = options
      if number > 0 { options.splitSeed = (options.splitSeed ?? options.seed) + number }
      let name = plan.repeats == 1 ? "" : RepeatedCrossValidation.name(of: number + 1)
      return (
        name,
        try CrossValidation(
          data: data, out: name.isEmpty ? out : Files.join(out, name), options: options, plan: plan,
          registries: registries, digest: digest)
      )
    }
  }

  /// The finished cross-validations of a folder of several; none where it is no such folder.
  static func folders(in path: String) -> [CrossValidationFolder] {
    let all = (1...1000).lazy.map { CrossValidationFolder(Files.join(path, name(of: $0))) }
    return Array(all.prefix(while: \.isFinished))
  }

  /// What the folder of a split is called, counted from 1.
  static func name(of number: Int) -> String { "repeat\(number)" }

  /// Names of the runs that are not there yet, and the share of all cases that each learns from.
  func missing(of architecture: Architecture) throws -> [(name: String, share: Double)] {
    try validations.flatMap { name, validation in
      try validation.missing(of: architecture).map {
        (name.isEmpty ? $0.name : "\(name)/\($0.name)", $0.share)
      }
    }
  }

  /// Trains what is missing; the network's row, and the baselines on the same splits. See `CrossValidation.run`.
  func train(
    _ architecture: Architecture, survey: MaskSurvey, reading read: () throws -> Dataset,
    shouldStop: () -> Bool, onEvent: (_ name: String, _ event: TrainingEvent) throws -> Void
  ) throws -> (contender: Contender, baselines: MaskBaselines) {
    for (_, validation) in validations {
      let missing = Set(try validation.missing(of: architecture).map(\.name))
      if !missing.isEmpty { try validation.check(read(), missing) }
    }
    let results = try validations.map { name, validation in
      try validation.train(
        architecture, survey: survey, reading: read, shouldStop: shouldStop,
        onEvent: { try onEvent(name.isEmpty ? $0 : "\(name)/\($0)", $1) })
    }
    let all = results.map(\.contender)
    guard let first = all.first, all.count > 1 else {
      return (results[0].contender, results[0].baselines)
    }
    let contender = try Contender(
      first.name, .network, all.flatMap(\.splits), parameters: first.parameters, operations: first.operations,
      seconds: all.reduce(0) { $0 + ($1.seconds ?? 0) }, runs: all.flatMap(\.runs),
      inner: all.flatMap(\.inner))
    return (contender, try MaskBaselines(meanOf: results.map(\.baselines)))
  }
}
