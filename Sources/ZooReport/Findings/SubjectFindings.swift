import ZooStatistics

/// The figures of one subject; what is undefined is nil.
struct SubjectFindings {
  let subject: ReportSubject
  let style: SeriesStyle
  let labels: [Int]
  let classes: Int
  /// The AUC, for more than two classes the mean of each against the rest.
  let auc: Double?
  /// Its 95 % interval, DeLong's.
  let interval: ClosedRange<Double>?
  /// All that is said of its predictions, the AUC first.
  let figures: [Figure]
  /// The calibration error that a perfectly calibrated model would show with so many cases.
  let calibrationErrorByChance: ClosedRange<Double>?

  init(_ subject: ReportSubject, _ style: SeriesStyle, labels: [Int], classes: Int, threads: Int) {
    self.subject = subject
    self.style = style
    self.labels = labels
    self.classes = classes
    auc = ROC.auc(probabilities: subject.probabilities, labels: labels)
    interval = DeLong(probabilities: subject.probabilities, labels: labels)?.interval
    // The seed of comparison.json: the same bootstraps, the same figures.
    figures =
      Figures(
        probabilities: subject.probabilities, labels: labels, seed: 0, threads: threads
      ).all
    let said =
      classes == 2
      ? subject.probabilities.map { min(max($0[1], 0), 1) }
      : TopLabel(probabilities: subject.probabilities, labels: labels)?.confidences ?? []
    calibrationErrorByChance = ReliabilityCurve.errorByChance(probabilities: said, seed: 1)
  }

  /// All subjects, each with a style of its own.
  static func all(of contents: ReportContents, threads: Int) -> [SubjectFindings] {
    var seen = [true: 0, false: 0]
    return contents.subjects.map { subject in
      let isBaseline = subject.kind == .baseline
      let index = seen[isBaseline] ?? 0
      seen[isBaseline] = index + 1
      return SubjectFindings(
        subject, SeriesStyle(index: index, isBaseline: isBaseline), labels: contents.cases.labels,
        classes: contents.cases.classes, threads: threads)
    }
  }

  /// The probability of a class, for every case.
  func scores(of label: Int) -> [Double] { subject.probabilities.map { $0[label] } }
  /// Which cases are of a class.
  func isOf(_ label: Int) -> [Bool] { labels.map { $0 == label } }

  /// The classes that have curves: of two only the second.
  var shownClasses: Range<Int> { classes == 2 ? 1..<2 : 0..<classes }

  /// The ROC curve of a class against the rest.
  func rocCurve(of label: Int) -> ROCCurve? { ROCCurve(scores: scores(of: label), labels: isOf(label)) }

  /// A figure by its name; nil where it is undefined.
  func figure(_ name: String) -> Figure? { figures.first { $0.name == name } }

  /// What was said and what came true: for two classes the second's probability, for more that of the class called.
  var reliability: ReliabilityCurve? {
    if classes == 2 {
      return ReliabilityCurve(probabilities: scores(of: 1).map { min(max($0, 0), 1) }, labels: isOf(1))
    }
    return TopLabel(probabilities: subject.probabilities, labels: labels).flatMap {
      ReliabilityCurve(probabilities: $0.confidences, labels: $0.right)
    }
  }

  /// The threshold of a sensitivity; for two classes alone.
  func threshold(sensitivity: Double) -> DecisionThreshold? {
    classes == 2
      ? DecisionThreshold(sensitivity: sensitivity, scores: scores(of: 1), labels: isOf(1)) : nil
  }

  /// What is called what: for two classes by the threshold, for more by the largest probability.
  func confusion(sensitivity: Double) -> ConfusionMatrix? {
    guard classes == 2 else { return ConfusionMatrix(probabilities: subject.probabilities, labels: labels) }
    return threshold(sensitivity: sensitivity).flatMap {
      ConfusionMatrix(scores: scores(of: 1), labels: isOf(1), threshold: $0.threshold)
    }
  }
}
