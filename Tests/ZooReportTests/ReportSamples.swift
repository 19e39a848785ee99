import Foundation
import ZooReport
import ZooStatistics

/// Small contents whose numbers are known.
enum ReportSamples {
  static let labels = [0, 0, 1, 1, 0, 1, 0, 1]
  static let scores = [0.1, 0.4, 0.35, 0.8, 0.2, 0.9, 0.6, 0.7]

  static func rows(_ scores: [Double]) -> [[Double]] { scores.map { [1 - $0, $0] } }

  static func run(_ losses: [Double] = [1, 0.5, 0.25]) -> ReportRun {
    ReportRun(
      name: "fold 1",
      epochs: losses.enumerated().map {
        .init(epoch: $0 + 1, loss: $1, validationLoss: 2 * $1, validationAUC: 0.7 + 0.1 * Double($0))
      }, keptEpoch: losses.count, isChosenByJudges: true, configuration: "{ }")
  }

  static func contents(
    names: [String] = ["one", "two"], scores: [[Double]] = [scores, scores.reversed()],
    labels: [Int] = labels, runs: [ReportRun] = [run()]
  ) -> ReportContents {
    ReportContents(
      title: names.joined(separator: ", "), version: "1.2.3", judgement: .validation,
      cases: ReportCases(names: labels.indices.map { "case\($0)" }, labels: labels, classes: 2),
      subjects: zip(names, scores).map {
        ReportSubject(name: $0, kind: .network, probabilities: rows($1), runs: runs)
      }, table: table(names))
  }

  /// The first is the best.
  static func table(_ names: [String]) -> ComparisonTable {
    ComparisonTable(
      names.enumerated().map { index, name in
        ComparisonRow(
          name: name, parameters: 1000, auc: 0.875 - 0.1 * Double(index), isBest: index == 0,
          toBest: index == 0 ? nil : .init(auc: -0.1, p: 0.5, adjustedP: 0.5), trainingSeconds: 3)
      }, pairs: 1, recommended: names.last,
      sight: Sight(.difference(0.21), cases: 8, positives: 4))
  }

  /// Three classes, each case sure of its own but for one.
  static var threeClasses: ReportContents {
    let labels = [0, 1, 2, 0, 1, 2, 0, 1, 2]
    let rows = labels.enumerated().map { index, label -> [Double] in
      let called = index == 4 ? 2 : label
      return (0..<3).map { $0 == called ? 0.6 + 0.01 * Double(index) : 0.2 - 0.005 * Double(index) }
    }
    return ReportContents(
      title: "three", version: "1", judgement: .validation,
      cases: ReportCases(names: labels.indices.map { "case\($0)" }, labels: labels, classes: 3),
      subjects: [ReportSubject(name: "one", kind: .network, probabilities: rows, runs: [run()])],
      table: table(["one"]))
  }
}
