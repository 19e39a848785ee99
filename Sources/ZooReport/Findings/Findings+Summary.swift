import ZooStatistics

extension Findings {
  /// What the report says, in plain words, the most important first; what a comparison says is said as the terminal says it.
  var summary: [String] {
    [headline] + contents.table.conclusions.map(sentence) + threshold + calibration + flattery
  }

  /// A conclusion as a sentence of its own.
  private func sentence(_ conclusion: String) -> String {
    let isName =
      conclusion.hasPrefix("p:") || subjects.contains { conclusion.hasPrefix("\($0.subject.name) ") }
    return (isName ? conclusion : conclusion.prefix(1).uppercased() + conclusion.dropFirst()) + "."
  }

  /// Which is best, and how sure that is.
  private var headline: String {
    guard let best, let auc = subjects[best].auc else {
      return
        "There is no AUC: it takes cases of every class, and these \(Format.count(contents.cases.count)) do not have them."
    }
    let interval = subjects[best].interval.map { " (95 % interval \(Format.interval($0, 3)))" } ?? ""
    let networks = subjects.count { $0.subject.kind != .baseline }
    let name = subjects[best].subject.name
    let begin =
      networks > 1
      ? "Of \(networks) models \(name) has the highest \(contents.judgement)"
      : "\(name) has the \(contents.judgement)"
    let meaning =
      isBinary
      ? "of one case of class 1 and one of class 0 it scores the former higher \(Format.fixed(auc * 100, 0)) "
        + "times in 100, where chance is 50"
      : "the mean of each of the \(contents.cases.classes) classes against the rest, where chance is 0.5"
    return
      "\(begin), \(Format.fixed(auc, 3))\(interval), over \(Format.count(contents.cases.count)) cases: \(meaning)."
  }

  /// What deciding by the best comes to.
  private var threshold: [String] {
    guard let best, let threshold = subjects[best].threshold(sensitivity: contents.sensitivity),
      let found = threshold.counts.sensitivity, let specificity = threshold.counts.specificity
    else { return [] }
    let missed = specificity.cases - specificity.successes
    return [
      "Called positive from \(Format.fixed(threshold.threshold, 2)) on, \(subjects[best].subject.name) finds "
        + "\(Format.count(found.successes)) of \(Format.count(found.cases)) positive cases and raises a false alarm for "
        + "\(Format.count(missed)) of \(Format.count(specificity.cases)) negative ones."
    ]
  }

  /// Whether probabilities can be read as they stand.
  private var calibration: [String] {
    guard let best, let error = subjects[best].reliability?.expectedError,
      let chance = subjects[best].calibrationErrorByChance
    else { return [] }
    let name = subjects[best].subject.name
    return [
      error > chance.upperBound
        ? "The probabilities of \(name) are off by \(Format.fixed(error, 3)) on average, more than chance makes of perfect "
          + "ones (up to \(Format.fixed(chance.upperBound, 3))): they rank cases, but are not risks as they stand."
        : "The probabilities of \(name) are off by \(Format.fixed(error, 3)) on average, no more than chance makes of "
          + "perfect ones (up to \(Format.fixed(chance.upperBound, 3)))."
    ]
  }

  /// What makes the figures look better than they are.
  private var flattery: [String] {
    guard subjects.contains(where: { !$0.subject.runs.isEmpty }) else { return [] }
    return [
      "Each training kept its best epoch by the cases that it is then judged by, which flatters the networks a little."
    ]
  }
}

extension SubjectFindings {
  /// What a perfectly calibrated model would show with so many cases.
  var calibrationErrorByChance: ClosedRange<Double>? {
    let said =
      classes == 2
      ? scores(of: 1).map { min(max($0, 0), 1) }
      : TopLabel(probabilities: subject.probabilities, labels: labels)?.confidences ?? []
    return ReliabilityCurve.errorByChance(probabilities: said, seed: 1)
  }
}
