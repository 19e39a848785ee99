import ZooCore
import ZooFormats

extension ModelChoice {
  /// Writes `chosen.csv`, what the chosen predict, into a comparison's folder; what `comparison.json` says of it.
  func write(to folder: String) throws -> JSONValue {
    let interval = evaluation.interval
    try predictions.write(to: ModelChoice.table(in: folder), withLabels: true, folds: folds)
    return [
      "inner_folds": innerFolds.map { .number(Double($0)) } ?? .null,
      "auc": evaluation.auc.map(JSONValue.number) ?? .null,
      "auc_interval": interval.map { [.number($0.lowerBound), .number($0.upperBound)] } ?? .null,
      "folds": .array(
        picks.map {
          [
            "repeat": .number(Double($0.repetition)), "fold": .number(Double($0.fold)),
            "network": .string($0.network),
          ]
        }),
    ]
  }

  /// Reads what `write` has written.
  init(_ value: JSONValue, of folder: String, classes: Int, at place: String) throws {
    var object = try JSONObject(value, at: place)
    let inner = try object.optional("inner_folds") { try $0.integer($1, in: 2...1000) }
    let picks = try object.array("folds").map { value in
      var pick = try JSONObject(value, at: object.path("folds"))
      return Pick(
        repetition: try pick.integer("repeat", in: 1...1000), fold: try pick.integer("fold", in: 1...1000),
        network: try pick.string("network"))
    }
    let table = try OutOfFold(reading: ModelChoice.table(in: folder), classes: classes)
    try self.init(innerFolds: inner, picks: picks, predictions: table.predictions, folds: table.folds)
  }

  static func table(in folder: String) -> String { Files.join(folder, "chosen.csv") }
}
