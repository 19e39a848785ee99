import ZooCore
import ZooData
import ZooStatistics

/// What the mask alone can tell: a logistic regression on a few numbers, no pattern looked at.
///
/// It stands beside every network: where size is strong, a network has to be seen to beat it.
public struct MaskBaseline: Sendable {
  /// What it looks at.
  public let kind: BaselineKind
  /// Its predictions in each of the splits into folds, each by a regression that was not fitted on the case.
  public let splits: [OutOfFold]
  /// The mean of them.
  public let predictions: Predictions
  /// How good they are.
  public let evaluation: Evaluation
  /// How long measuring and fitting took.
  public let seconds: Double

  /// Judged cases, and who may be learnt from to judge them.
  struct Lesson {
    /// Measures and labels of the cases to fit on.
    let taught: [(measures: MaskMeasures, label: Int)]
    /// The cases to predict.
    let judged: [(measures: MaskMeasures, position: Int)]
  }

  /// Fits on each lesson and predicts what it judges; `names`, `labels` and `folds` are the cases' by position.
  ///
  /// A `Problem` where a class has no case to learn from.
  init(
    _ kind: BaselineKind, _ lessons: [Lesson], names: [String], labels: [Int?], folds: [Int], classes: Int,
    seconds: Double, place: String
  ) throws {
    let begin = ContinuousClock.now
    var rows = [[Double]](repeating: [], count: names.count)
    for lesson in lessons {
      let model = try MaskBaseline.fit(kind, lesson, classes: classes, place: place)
      for (measures, position) in lesson.judged {
        rows[position] = model.probabilities(of: kind.features(of: measures)) ?? []
      }
    }
    self.kind = kind
    predictions = Predictions(names: names, labels: labels, probabilities: rows)
    splits = [OutOfFold(predictions, folds: folds)]
    evaluation = try Evaluation(predictions)
    self.seconds = seconds + begin.duration(to: .now) / .seconds(1)
  }

  /// The mean of the predictions of several splits; nil for none.
  init?(meanOf splits: [MaskBaseline]) throws {
    guard let first = splits.first else { return nil }
    kind = first.kind
    self.splits = splits.flatMap(\.splits)
    predictions = OutOfFold.mean(of: self.splits)
    evaluation = try Evaluation(predictions)
    seconds = splits.reduce(0) { $0 + $1.seconds }
  }

  private static func fit(
    _ kind: BaselineKind, _ lesson: Lesson, classes: Int, place: String
  ) throws -> LogisticRegression {
    guard !lesson.taught.isEmpty else {
      throw Problem(
        "no case is left to fit the regressions on", at: place, expected: "cases beside those judged")
    }
    do {
      return try LogisticRegression(
        features: lesson.taught.map { kind.features(of: $0.measures) }, labels: lesson.taught.map(\.label),
        classes: classes)
    } catch .absentClass(let absent) {
      throw Problem("there is no case of class \(absent) to train on", at: place)
    } catch {
      throw Problem("the logistic regression on the masks failed", at: place, found: "\(error)")
    }
  }
}
