import ZooStatistics

/// One model by itself.
struct ModelSection: PageSection {
  let findings: Findings
  let index: Int

  private var one: SubjectFindings { findings.subjects[index] }
  var title: String { one.subject.name }

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let threshold = one.threshold(sensitivity: findings.contents.sensitivity)
    var figures = rocFigures(threshold)
    if !findings.isBinary { figures.append(PRFigure.classes(of: one)) }
    figures.append(CalibrationFigure.figure(one))
    figures.append(HistogramFigure.figure(one, threshold: threshold?.threshold))
    if let confusion = one.confusion(sensitivity: findings.contents.sensitivity) {
      figures.append(ConfusionFigure.figure(confusion, caption: caption(threshold, confusion)))
    }
    if one.subject.runs.contains(where: { !$0.epochs.isEmpty }) {
      figures.append(LearningFigure.losses(one.subject.runs, style: one.style))
      figures.append(LearningFigure.aucs(one.subject.runs, style: one.style))
    }
    return (threshold.map(decision) ?? []) + [
      Markup("div", ["class": "figures"], figures.map { figure($0.of(title)) })
    ]
  }

  private func rocFigures(_ threshold: DecisionThreshold?) -> [Drawing] {
    let others = findings.subjects.enumerated().filter { $0.offset != index }.map(\.element)
    if findings.isBinary {
      return [
        ROCFigure.single(one, label: 1, title: "ROC with its band", behind: others, operatingPoint: threshold)
      ]
    }
    return one.shownClasses.map {
      ROCFigure.single(one, label: $0, title: "ROC of class \($0) against the rest", behind: others)
    }
  }

  /// What deciding by a threshold comes to.
  private func decision(_ threshold: DecisionThreshold) -> [Markup] {
    let counts = threshold.counts
    let rates: [(String, Rate?)] = [
      ("sensitivity", counts.sensitivity), ("specificity", counts.specificity),
      ("positive predictive value", counts.precision),
      ("negative predictive value", counts.negativePredictiveValue),
    ]
    let table = HTMLTable(
      caption: "\(title), called positive from \(Format.fixed(threshold.threshold, 3)) on",
      columns: [.init(title: "rate", isNumber: false), .init(title: "cases"), .init(title: "share")]
        + [.init(title: "95 % interval")],
      rows: rates.map { name, rate in
        [
          name, rate.map { "\(Format.count($0.successes)) of \(Format.count($0.cases))" } ?? Format.none,
          rate.map { Format.fixed($0.value, 3) } ?? Format.none,
          rate.map { Format.interval($0.interval, 3) } ?? Format.none,
        ]
      })
    let text =
      "The threshold is the highest with a sensitivity of at least \(Format.share(threshold.sensitivity)) on these same "
      + "cases, so a little flattered; the one that gives it on all such cases lies between "
      + "\(end(threshold.interval.lowerBound)) and \(end(threshold.interval.upperBound)). Predictive values hold where, as "
      + "here, a share of \(Format.fixed(one.share(of: 1), 2)) is positive."
    return [Markup("p", [:], [Markup(text: text)]), table.html]
  }

  private func end(_ value: Double) -> String {
    value == -.infinity
      ? "0 (too few positive cases to say)"
      : value == .infinity ? "1 (too few positive cases to say)" : Format.fixed(value, 3)
  }

  private func caption(_ threshold: DecisionThreshold?, _ matrix: ConfusionMatrix) -> String {
    guard let threshold else {
      return "Each case is called its most probable class; accuracy "
        + "\(matrix.accuracy.map { Format.fixed($0.value, 3) } ?? Format.none), balanced "
        + "\(Format.fixed(matrix.balancedAccuracy, 3))."
    }
    return "Called positive from \(Format.fixed(threshold.threshold, 3)) on, as in the table above."
  }
}
