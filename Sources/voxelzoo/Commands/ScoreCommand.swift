import ArgumentParser
import ZooCore
import ZooFormats
import ZooReport
import ZooTraining

/// `voxelzoo score`: how good a submission is.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say how good a table of predictions is, against a table of labels.",
    discussion: "Both tables name the same cases, in any order.")

  @Argument(
    help: ArgumentHelp(
      "The predictions: name,predicted, or name,predicted_0,predicted_1,…", valueName: "submission"))
  var submission: String

  @Option(help: ArgumentHelp("The truth: name,label.", valueName: "csv"))
  var labels: String

  @OptionGroup var output: JSONOption

  func run() throws {
    let table = try CSVTable(reading: labels)
    let check = try SubmissionCheck(listedIn: table, keepsOrder: false)
    let predictions = try check.predictions(of: try CSVTable(reading: submission)).labelled(by: table)
    let evaluation = try Evaluation(predictions)
    if output.json { return try Console.print(json(evaluation)) }
    for note in evaluation.notes { Console.note("note: \(note)") }
    try Console.print(text(evaluation))
  }

  private func text(_ evaluation: Evaluation) -> String {
    var table = TextTable([
      .init("cases", .right), .init("of each class", .right), .init("AUC", .right), .init("95 % interval"),
    ])
    table.append([
      Format.count(evaluation.cases), evaluation.counts.map(Format.count).joined(separator: " + "),
      evaluation.auc.map { Format.fixed($0, 4) } ?? Format.none,
      evaluation.interval.map { "\(Format.fixed($0.lowerBound, 4)) – \(Format.fixed($0.upperBound, 4))" }
        ?? Format.none,
    ])
    return table.text()
  }

  private func json(_ evaluation: Evaluation) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    return [
      "auc": number(evaluation.auc),
      "auc_low": number(evaluation.interval?.lowerBound), "auc_high": number(evaluation.interval?.upperBound),
      "cases": .number(Double(evaluation.cases)),
      "positives": evaluation.counts.count == 2 ? .number(Double(evaluation.counts[1])) : .null,
      "class_counts": .array(evaluation.counts.map { .number(Double($0)) }),
    ]
  }
}
