import ZooCore
public import ZooData
import ZooStatistics

/// What size and shape of the mask alone can tell: a logistic regression on `MaskShape`, no voxel looked at.
///
/// It stands beside every network: where size is strong, a network has to be seen to beat it.
public struct ShapeBaseline: Sendable {
  /// Its predictions for the validation cases, in the order of the data set.
  public let predictions: Predictions
  /// How good they are.
  public let evaluation: Evaluation
  /// How long reading, measuring and fitting took.
  public let seconds: Double

  /// For each split fits on the training cases and predicts the others; the masks are read again, whole. No case is
  /// validated on in two splits.
  ///
  /// A `Problem` says why there can be no such row: a file without mask, masks that are all full (there is no mask),
  /// a class without training cases.
  public init(_ source: any DataSource, cases: [Case], splits: [Split], classes: Int, threads: Int) throws {
    let begin = ContinuousClock.now
    let shapes = try MaskShape.read(cases, in: source, part: .train, threads: threads)
    guard shapes.contains(where: { !$0.isFull }) else {
      throw Problem("there are no masks", at: source.path, found: "\"seg\" is true everywhere in every case")
    }
    var rows: [Int: [Double]] = [:]
    for split in splits {
      let model = try ShapeBaseline.model(
        features: shapes.map(\.features), cases: cases, training: split.training, classes: classes,
        place: source.path)
      for index in split.validation {
        precondition(rows[index] == nil, "a case is validated on once")
        rows[index] = model.probabilities(of: shapes[index].features) ?? []
      }
    }
    let judged = rows.sorted { $0.key < $1.key }
    predictions = Predictions(
      names: judged.map { cases[$0.key].name }, labels: judged.map { cases[$0.key].label },
      probabilities: judged.map(\.value))
    evaluation = try Evaluation(predictions)
    seconds = begin.duration(to: .now) / .seconds(1)
  }

  private static func model(
    features: [[Double]], cases: [Case], training: [Int], classes: Int, place: String
  ) throws -> LogisticRegression {
    let labels = try training.map { index in
      guard let label = cases[index].label else {
        throw Problem("case \"\(cases[index].name)\" has no label", at: place)
      }
      return label
    }
    do {
      return try LogisticRegression(
        features: training.map { features[$0] }, labels: labels, classes: classes)
    } catch .absentClass(let absent) {
      throw Problem("there is no case of class \(absent) to train on", at: place)
    } catch {
      throw Problem("the logistic regression on the masks' shapes failed", at: place, found: "\(error)")
    }
  }
}
