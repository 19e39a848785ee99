import ZooCore
import ZooData

/// Pseudo labels that a training learns from beside its labelled cases.
public struct PseudoOptions: Hashable, Sendable {
  /// The table of the labels; `{fold}` in it stands for the fold's number, counted from 1.
  public var table: String
  /// How much such a case counts beside one with a label.
  public var weight: Double

  /// What such a case counts if nothing is said.
  public static let defaultWeight = 0.5

  /// Labels of a table.
  public init(table: String, weight: Double = defaultWeight) {
    self.table = table
    self.weight = weight
  }

  /// The options' keys and values.
  static func values(of options: PseudoOptions?) -> [String: JSONValue] {
    [
      "pseudo": options.map { .string($0.table) } ?? .null,
      "pseudo_weight": options.map { .number($0.weight) } ?? .null,
    ]
  }

  /// Reads what `values` gives; nil where there are no pseudo labels.
  init?(reading object: inout JSONObject) throws {
    let weight = try object.optional("pseudo_weight") { try $0.number($1, in: 0...1) }
    guard let table = try object.optional("pseudo", { try $0.string($1) }) else {
      guard weight == nil else {
        throw Problem(
          "a weight without pseudo labels", at: object.path("pseudo_weight"), next: "name their table: pseudo"
        )
      }
      return nil
    }
    self.init(table: table, weight: weight ?? PseudoOptions.defaultWeight)
  }

  /// The table of a fold.
  func table(of fold: Fold?) throws -> String {
    let parts = table.split(separator: "{fold}", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return table }
    guard let fold else {
      throw Problem("there is no fold to put into the name", at: table, next: "train with --fold or --folds")
    }
    return parts.joined(separator: "\(fold.index + 1)")
  }

  /// A data set and its split, with the volumes that have pseudo labels behind the others.
  ///
  /// A `Problem` where a model behind the labels trained on what the split validates on, or a volume is missing.
  func add(
    to dataset: Dataset, _ split: Split, from data: String, fold: Fold?, classes: Int, threads: Int
  ) throws -> (Dataset, Split) {
    let table = try table(of: fold)
    let labels = try PseudoLabels(reading: table, classes: classes)
    try labels.requireUnseen(split.validation.map { dataset.cases[$0] }, at: table)
    let volumes = try Dataset(
      reading: DataKinds.builtIn.open(data), part: labels.part, format: dataset.format, classes: nil,
      threads: threads)
    let known = Set(volumes.cases.map(\.name))
    if let absent = labels.predictions.names.first(where: { !known.contains($0) }) {
      throw Problem(
        "case \"\(absent)\" is not in the data", at: table, expected: "cases of \(volumes.place)",
        next: "make the labels with the same --data")
    }
    let shares = zip(labels.predictions.names, labels.predictions.probabilities).map { name, row in
      (name, PseudoLabel(shares: row, weight: weight))
    }
    let joined = dataset.adding(volumes, labelledBy: Dictionary(shares) { first, _ in first })
    return (joined, split.teaching(pseudoCasesOf: joined))
  }
}
