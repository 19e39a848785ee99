import ZooCore
public import ZooData
import ZooStatistics

/// What size and shape of the mask alone can tell: a logistic regression on `MaskShape`, no voxel looked at.
///
/// It stands beside every network: where size is strong, a network has to be seen to beat it.
public struct ShapeBaseline: Sendable {
  /// Its predictions for the validation cases.
  public let predictions: Predictions
  /// How good they are.
  public let evaluation: Evaluation
  /// How long reading, measuring and fitting took.
  public let seconds: Double

  /// Fits on a split's training cases and predicts the others; the masks are read again, whole.
  ///
  /// A `Problem` says why there can be no such row: a file without mask, masks that are all full (there is no mask),
  /// a class without training cases.
  public init(_ folder: M3DVFolder, cases: [Case], split: Split, classes: Int, threads: Int) throws {
    let begin = ContinuousClock.now
    let shapes = try MaskShape.read(cases.map(\.name), in: folder, part: .train, threads: threads)
    guard shapes.contains(where: { !$0.isFull }) else {
      throw Problem("there are no masks", at: folder.path, found: "\"seg\" is true everywhere in every case")
    }
    predictions = try ShapeBaseline.predictions(
      features: shapes.map(\.features), cases: cases, split: split, classes: classes, place: folder.path)
    evaluation = try Evaluation(predictions)
    seconds = begin.duration(to: .now) / .seconds(1)
  }

  private static func predictions(
    features: [[Double]], cases: [Case], split: Split, classes: Int, place: String
  ) throws -> Predictions {
    let labels = try split.training.map { index in
      guard let label = cases[index].label else {
        throw Problem("case \"\(cases[index].name)\" has no label", at: place)
      }
      return label
    }
    let model: LogisticRegression
    do {
      model = try LogisticRegression(
        features: split.training.map { features[$0] }, labels: labels, classes: classes)
    } catch .absentClass(let absent) {
      throw Problem("there is no case of class \(absent) to train on", at: place)
    } catch {
      throw Problem("the logistic regression on the masks' shapes failed", at: place, found: "\(error)")
    }
    let rows = split.validation.map { model.probabilities(of: features[$0]) ?? [] }
    return Predictions(
      names: split.validation.map { cases[$0].name }, labels: split.validation.map { cases[$0].label },
      probabilities: rows)
  }
}
