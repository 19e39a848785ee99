import ZooCore
import ZooReport
import ZooTraining

/// What a cross-validation came to: a line a run, then the out-of-fold predictions beside the baseline's.
struct CrossValidationSheet {
  private let result: CrossValidationResult
  private let table: ComparisonTable

  init(_ result: CrossValidationResult) {
    self.result = result
    table = ComparisonTable(result.comparison, aucTitle: "out-of-fold AUC")
  }

  /// For a terminal.
  var text: String {
    var runs = TextTable([
      .init("run"), .init("cases", .right), .init("validation AUC", .right), .init("95 % interval"),
      .init("shape", .right), .init("kept epoch", .right), .init("training", .right),
    ])
    func figure(_ value: Double?) -> String { value.map { Format.fixed($0, 3) } ?? Format.none }
    for member in result.members {
      let (run, evaluation) = (member.run, member.run.evaluation)
      runs.append([
        member.name, Format.count(evaluation.cases), figure(evaluation.auc),
        evaluation.interval.map { "\(figure($0.lowerBound)) – \(figure($0.upperBound))" } ?? Format.none,
        figure(member.shapeAUC), "\(Format.ranges(run.keptEpochs)) of \(run.epochs)",
        Format.seconds(run.seconds),
      ])
    }
    let notes = result.comparison.notes.map { "note: \($0)\n" }.joined()
    return runs.text() + "\n" + table.text() + notes + table.conclusionLines
  }

  /// For programs.
  var json: JSONValue {
    let runs = result.members.map { member -> JSONValue in
      [
        "run": .string(member.name), "fold": .number(Double(member.fold)),
        "validation": member.run.evaluation.json, "shape_auc": member.shapeAUC.map(JSONValue.number) ?? .null,
      ]
    }
    return [
      "runs": .array(runs), "out_of_fold": table.json,
      "notes": .array(result.comparison.notes.map { .string($0) }),
    ]
  }
}
