public import ZooCore
public import ZooData
import ZooFormats
import ZooModels

/// Soft labels that models gave to volumes without labels, with what says whom they may teach.
///
/// The table `name,predicted` has a file of the same name beside it that ends in `.json`. It holds the cases with labels that
/// none of these models trained on. A run may learn from the labels only if all the cases it validates on are among them: else
/// what is known of its validation labels would come in by way of the models.
public struct PseudoLabels: Sendable {
  /// The labels.
  public let predictions: Predictions
  /// The part that the volumes are of.
  public let part: DataPart
  /// Names of cases with labels that none of the models trained on; nil where that is not known.
  public let heldOut: Set<String>?

  /// Labels that models gave.
  public init(_ predictions: Predictions, part: DataPart, heldOut: Set<String>?) {
    self.predictions = predictions
    self.part = part
    self.heldOut = heldOut
  }

  static let format = "voxelzoo_pseudo_labels"

  /// The file beside a table.
  static func description(of table: String) -> String {
    (table.hasSuffix(".csv") ? String(table.dropLast(4)) : table) + ".json"
  }

  /// Reads a table and the file beside it.
  public init(reading table: String, classes: Int) throws {
    let file = PseudoLabels.description(of: table)
    guard Files.exists(file) else {
      throw Problem(
        "nobody knows which models made these labels", at: table, expected: "\(file) beside it",
        next: "make them with voxelzoo pseudo-label")
    }
    var object = try JSONObject(JSONValue(parsing: try Files.read(file), from: file), at: file)
    try object.requireFormat(PseudoLabels.format, of: "about pseudo labels")
    let word = try object.choice("part", of: DataPart.allCases.map(\.rawValue))
    part = DataPart(rawValue: word) ?? .test
    if let names = object.value("held_out"), names != .null {
      heldOut = Set(
        try object.array("held_out").map { value in
          guard case .string(let name) = value else {
            throw Problem("wrong value", at: object.path("held_out"), expected: "names", found: value.kind)
          }
          return name
        })
    } else {
      heldOut = nil
    }
    predictions = try Predictions(reading: table, classes: classes)
    for (row, shares) in predictions.probabilities.enumerated()
    where abs(shares.reduce(0, +) - 1) > 1e-6 {
      throw Problem(
        "wrong pseudo label of \"\(predictions.names[row])\"", at: table,
        expected: "probabilities that sum to 1")
    }
  }

  /// Writes the table and, before it, the file beside it, with what else is to be noted.
  public func write(to table: String, classes: Int, noting notes: [String: JSONValue]) throws {
    var values = notes
    values["format"] = .string(PseudoLabels.format)
    values["version"] = .string(voxelZooVersion)
    values["part"] = .string(part.rawValue)
    values["held_out"] = heldOut.map { .array($0.sorted().map(JSONValue.string)) } ?? .null
    try Files.remove(table)
    try Files.writeAtomically(JSONValue.object(values).text() + "\n", to: PseudoLabels.description(of: table))
    try predictions.write(to: table, classes: classes)
  }

  /// Makes sure that no model behind the labels has seen a case that is validated on; `place` is the table.
  func requireUnseen(_ validation: [Case], at place: String) throws {
    let expected = "labels by models that did not train on what this run validates on"
    let next =
      "make them with runs of the same split; for folds: pseudo-label --weights CV --out 'pseudo-{fold}.csv'"
    guard let heldOut else {
      throw Problem("nobody knows what the models trained on", at: place, expected: expected, next: next)
    }
    let seen = validation.count { !heldOut.contains($0.name) }
    guard seen == 0 else {
      throw Problem(
        "the labels know this run's validation cases", at: place, expected: expected,
        found: "\(seen) of \(validation.count) cases that were trained on", next: next)
    }
  }
}
