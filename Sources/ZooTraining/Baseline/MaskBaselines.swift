import ZooCore
import ZooData

/// The baselines beside networks over the same cases, or why there are none.
public struct MaskBaselines: Sendable {
  /// One of each kind, or none.
  public let all: [MaskBaseline]
  /// What a person should know, a line each: why there is none.
  public let notes: [String]

  /// None, and nothing to be said about it.
  static let none = MaskBaselines(all: [], notes: [])

  init(all: [MaskBaseline], notes: [String]) {
    self.all = all
    self.notes = notes
  }

  /// Baselines over training cases that others have judged, each in its fold: fitted for a fold on all cases outside it.
  ///
  /// A `Problem` where the cases judged are not of this data set.
  init(beside predictions: Predictions, folds ordered: [Int], from survey: MaskSurvey) throws {
    let data = survey.data
    let cases = try data.cases(of: .train, classes: predictions.classes).cases
    let folds = Dictionary(zip(predictions.names, ordered)) { first, _ in first }
    let judged = cases.filter { folds[$0.name] != nil }
    guard judged.map(\.name) == predictions.names, judged.map(\.label) == predictions.labels else {
      throw Problem(
        "the cases judged are not those of the data", at: data.path,
        next: "name the data that the runs were trained on: --data DIR")
    }
    self.init(predictions, folds: ordered, place: data.path) {
      let measures = try survey.measures(of: .train)
      let positions = Dictionary(zip(predictions.names, predictions.names.indices)) { first, _ in first }
      let lessons = Set(folds.values).sorted().map { fold in
        let held = cases.indices.filter { folds[cases[$0].name] == fold }
        return MaskBaseline.Lesson(
          taught: cases.indices.filter { folds[cases[$0].name] != fold }
            .compactMap { index in cases[index].label.map { (measures[index], $0) } },
          judged: held.compactMap { index in positions[cases[index].name].map { (measures[index], $0) } })
      }
      return (lessons, measures)
    }
  }

  /// Baselines for the test part, fitted on the training part.
  public init(besideTest predictions: Predictions, from survey: MaskSurvey) throws {
    let data = survey.data
    let names = Dictionary(zip(predictions.names, predictions.names.indices)) { first, _ in first }
    let tested = try data.cases(of: .test, classes: nil).cases
    self.init(predictions, folds: predictions.names.map { _ in 1 }, place: data.path) {
      let known = try data.cases(of: .train, classes: predictions.classes).cases
      let (taught, judged) = (try survey.measures(of: .train), try survey.measures(of: .test))
      let lesson = MaskBaseline.Lesson(
        taught: zip(taught, known).compactMap { measures, one in one.label.map { (measures, $0) } },
        judged: zip(judged, tested).compactMap { measures, one in names[one.name].map { (measures, $0) } })
      return ([lesson], taught + judged)
    }
  }

  /// The mean of baselines of several splits of the same cases.
  init(meanOf splits: [MaskBaselines]) throws {
    notes = splits.first?.notes ?? []
    all = try BaselineKind.allCases.compactMap { kind in
      try MaskBaseline(meanOf: splits.flatMap { $0.all.filter { $0.kind == kind } })
    }
  }

  /// What went wrong, without the advice that is for a training that needs masks.
  private static func reason(_ error: any Error) -> String {
    guard let problem = error as? Problem else { return "\(error)" }
    return "\(Problem(problem.what, at: problem.place, expected: problem.expected, found: problem.found))"
  }

  /// Without masks, or where they cannot be read, there is a note instead.
  private init(
    _ predictions: Predictions, folds: [Int], place: String,
    measure: () throws -> (lessons: [MaskBaseline.Lesson], measures: [MaskMeasures])
  ) {
    do {
      let begin = ContinuousClock.now
      let (lessons, measures) = try measure()
      guard measures.contains(where: { !$0.shape.isFull }) else {
        throw Problem("there are no masks", at: place, found: "\"seg\" is true everywhere in every case")
      }
      let seconds = begin.duration(to: .now) / .seconds(1)
      all = try BaselineKind.allCases.map {
        try MaskBaseline(
          $0, lessons, names: predictions.names, labels: predictions.labels, folds: folds,
          classes: predictions.classes, seconds: seconds, place: place)
      }
      notes = []
    } catch {
      all = []
      notes = ["no row \"\(BaselineKind.shape.rawValue)\": \(MaskBaselines.reason(error))"]
    }
  }
}
