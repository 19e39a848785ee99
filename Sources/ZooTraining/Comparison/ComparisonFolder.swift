public import ZooCore
import ZooFormats
import ZooModels
import ZooStatistics

/// The folder of a comparison: `comparison.json` with what came out, and `predictions/` with a table of each row.
public struct ComparisonFolder: Hashable, Sendable {
  /// The folder.
  public let path: String

  /// A folder, which need not exist.
  public init(_ path: String) { self.path = path }

  /// What it consists of, and what came out.
  public var resultPath: String { Files.join(path, "comparison.json") }
  /// Whether it holds a comparison that came to its end.
  public var isFinished: Bool { Files.exists(resultPath) }

  static let format = "voxelzoo_comparison"

  /// One row as it is kept.
  public struct Member: Sendable {
    /// What its row is called.
    public let name: String
    /// What made the predictions.
    public let kind: Contender.Kind
    /// The predictions, with labels.
    public let predictions: Predictions
    /// The fold that each case was held back in, counted from 1.
    public let folds: [Int]
    /// Values that training changed; nil where not known.
    public let parameters: Int?
    /// Multiply-adds for one case; nil where not known.
    public let operations: Int?
    /// Seconds to train; nil where not known.
    public let seconds: Double?
    /// The runs behind it.
    public let runs: [RunFolder]
    /// The folder of the ensemble that it is; nil for anything else.
    public let ensemble: String?
  }

  /// Writes every row's predictions and then `comparison.json`: what `more` holds, and the contenders with all their figures.
  /// Gives what `comparison.json` holds.
  @discardableResult
  public func write(
    _ result: ComparisonResult, _ more: [String: JSONValue], threads: Int
  ) throws -> [String: JSONValue] {
    removeTables(but: Set(result.rows.map(\.contender.name)), hasChoice: result.choice != nil)
    var contenders: [JSONValue] = []
    for row in result.rows {
      let one = row.contender
      let table = "predictions/\(one.name).csv"
      try one.predictions.write(to: Files.join(path, table), withLabels: true, folds: one.folds)
      let labels = try one.predictions.knownLabels()
      let figures = Figures(
        probabilities: one.predictions.probabilities, labels: labels, seed: 0, threads: threads)
      func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
      contenders.append([
        "name": .string(one.name), "kind": .string(one.kind.rawValue), "predictions": .string(table),
        "parameters": number(one.parameters.map(Double.init)),
        "multiply_adds": number(one.operations.map(Double.init)), "seconds": number(one.seconds),
        "runs": .array(
          try one.runs.map { .string(try Files.relative($0.folder.path, to: path)) }),
        "ensemble": try one.ensemble.map { .string(try Files.relative($0.folder, to: path)) } ?? .null,
        "fold_aucs": .array(one.foldAUCs.map(number)),
        "figures": .object(
          Dictionary(figures.all.map { ($0.name, $0.json) }) { first, _ in first }),
        "variance": row.variance?.json ?? .null,
      ])
    }
    var values = more
    if let choice = result.choice { values["choice"] = try choice.write(to: path) }
    values["format"] = .string(ComparisonFolder.format)
    values["version"] = .string(voxelZooVersion)
    values["classes"] = .number(Double(result.rows.first?.contender.predictions.classes ?? 0))
    values["cases"] = .number(Double(result.cases))
    values["contenders"] = .array(contenders)
    values["notes"] = .array(result.notes.map { .string($0) })
    try Files.writeAtomically(JSONValue.object(values).text() + "\n", to: resultPath)
    return values
  }

  /// Removes the tables of a comparison that was here before; of rows that there are no more nothing may be told.
  private func removeTables(but names: Set<String>, hasChoice: Bool) {
    guard isFinished, var object = try? contents() else { return }
    for value in (try? object.array("contenders")) ?? [] {
      guard var row = try? JSONObject(value, at: resultPath), let name = try? row.string("name"),
        !names.contains(name)
      else { continue }
      try? Files.remove(Files.join(path, "predictions/\(name).csv"))
    }
    if !hasChoice { try? Files.remove(ModelChoice.table(in: path)) }
  }

  /// Reads the rows again; a folder without `comparison.json` is a `Problem`.
  public func open() throws -> [Member] {
    guard isFinished else {
      throw Problem(
        "not a comparison", at: path, expected: "a folder that voxelzoo compare has written",
        found: "no comparison.json")
    }
    var object = try contents()
    try object.requireFormat(ComparisonFolder.format, of: "a comparison")
    let classes = try object.integer("classes", in: 2...Int(Int32.max))
    return try object.array("contenders").map { try member($0, classes: classes) }
  }

  /// Reads what a person should know of it, a line each.
  func notes() throws -> [String] {
    var object = try contents()
    return try object.array("notes").map { value in
      guard case .string(let note) = value else {
        throw Problem("wrong value", at: object.path("notes"), expected: "sentences", found: value.kind)
      }
      return note
    }
  }

  /// Reads how good the choice of the best network is; nil where there was none to make.
  func choice() throws -> ModelChoice? {
    var object = try contents()
    let classes = try object.integer("classes", in: 2...Int(Int32.max))
    guard let value = object.value("choice"), value != .null else { return nil }
    return try ModelChoice(value, of: path, classes: classes, at: object.path("choice"))
  }

  private func contents() throws -> JSONObject {
    try JSONObject(JSONValue(parsing: Files.read(resultPath), from: resultPath), at: resultPath)
  }

  private func member(_ value: JSONValue, classes: Int) throws -> Member {
    var object = try JSONObject(value, at: "\(resultPath): contenders")
    let predictions = Files.join(path, try object.string("predictions"))
    guard Files.exists(predictions) else {
      throw Problem(
        "the predictions of a row are gone", at: predictions, next: "compare again: voxelzoo compare")
    }
    let table = try OutOfFold(reading: predictions, classes: classes)
    let kind = try object.choice(
      "kind", of: Contender.Kind.allCases.map(\.rawValue))
    func number(_ key: String) throws -> Double? {
      guard let value = object.value(key), value != .null else { return nil }
      return try object.number(key, in: 0...1e18)
    }
    func folder(_ relative: String) -> String {
      relative.hasPrefix("/") ? relative : Files.join(path, relative)
    }
    return Member(
      name: try object.string("name"), kind: Contender.Kind(rawValue: kind) ?? .network,
      predictions: table.predictions, folds: table.folds,
      parameters: try number("parameters").map { Int($0) },
      operations: try number("multiply_adds").map { Int($0) }, seconds: try number("seconds"),
      runs: try object.array("runs").map { value in
        guard case .string(let run) = value else {
          throw Problem("wrong value", at: "\(resultPath): runs", expected: "paths", found: value.kind)
        }
        return RunFolder(folder(run))
      }, ensemble: try object.optional("ensemble") { folder(try $0.string($1)) })
  }
}

extension Figure {
  fileprivate var json: JSONValue {
    [
      "value": .number(value),
      "interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? .null,
      "method": .string(method.rawValue),
    ]
  }
}

extension VarianceSplit {
  fileprivate var json: JSONValue {
    [
      "mean": .number(mean), "seed": seed.map(JSONValue.number) ?? .null, "fold": .number(fold),
      "cases": .number(cases),
    ]
  }
}
