import ZooCore
import ZooSimulation
import ZooStatistics

/// Simulated cases, as a program's user has them.
struct Drawn: Sendable {
  /// A row of probabilities for each case.
  let probabilities: [[Double]]
  let labels: [Int]
  /// For two classes two classifiers' scores.
  let scores: [[Double]]

  init(_ sample: SimulatedCases.Sample) {
    probabilities = sample.probabilities.map { [1 - $0, $0] }
    labels = sample.labels.map { $0 ? 1 : 0 }
    scores = sample.scores
  }

  init(_ sample: SimulatedClasses.Sample) {
    (probabilities, labels, scores) = (sample.probabilities, sample.labels, [])
  }

  var positive: [Bool] { labels.map { $0 == 1 } }

  /// The cases with probabilities twice as bold.
  var bold: [[Double]] {
    probabilities.map { row in
      let sum = row.reduce(0) { $0 + $1 * $1 }
      return row.map { $0 * $0 / sum }
    }
  }

  /// What comes of the calls that the probabilities make.
  var matrix: ConfusionMatrix? { ConfusionMatrix(probabilities: probabilities, labels: labels) }

  /// The same for two classes.
  var counts: DecisionCounts? { matrix?.oneVsRest(1) }

  /// The reliability of what is said of class 1 of two, or of the class called.
  func reliability(_ rows: [[Double]]) -> ReliabilityCurve? {
    guard rows[0].count > 2 else {
      return ReliabilityCurve(probabilities: rows.map { $0[1] }, labels: positive)
    }
    return TopLabel(probabilities: rows, labels: labels).flatMap {
      ReliabilityCurve(probabilities: $0.confidences, labels: $0.right)
    }
  }
}
