import ZooStatistics

extension Findings {
  /// What the report says, in plain words, the most important first.
  var summary: [String] {
    let table = contents.table
    let conclusions =
      [table.nested].compactMap(\.self) + table.maskConclusions + [table.limits].compactMap(\.self)
    return [headline] + meaning + conclusions.map(sentence) + threshold + calibration + flattery
      + subjects.flatMap { one in one.subject.notes.map { "\(one.subject.name): \($0)." } }
  }

  /// A conclusion as a sentence of its own.
  private func sentence(_ conclusion: String) -> String {
    let isName = subjects.contains { conclusion.hasPrefix("\($0.subject.name) ") }
    return (isName ? conclusion : conclusion.prefix(1).uppercased() + conclusion.dropFirst()) + "."
  }

  /// Which is best, how sure that is, and which to take.
  private var headline: String {
    guard let best, let auc = subjects[best].auc else {
      if contents.table.rows.contains(where: { $0.isOfUnknownTraining && $0.auc != nil }) {
        return
          "No model is called the best: whether these cases taught them is not known of any."
      }
      return
        "There is no AUC: it takes cases of every class, and these \(Format.count(contents.cases.count)) do not have them."
    }
    let interval = subjects[best].interval.map { "95 % interval \(Format.interval($0, 3)), " }
    let figure = "\(Format.fixed(auc, 3)) (\(interval ?? "")\(Format.count(contents.cases.count)) cases)"
    let networks = subjects.count { $0.subject.kind != .baseline }
    let name = subjects[best].subject.name
    guard networks > 1 else { return "\(name) has the \(contents.judgement.auc) \(figure)." }
    return
      "Of \(networks) models \(name) has the highest \(contents.judgement.auc), \(figure).\(standing(name))"
  }

  /// Who cannot be told from the best, and which of them to take; empty without a test.
  private func standing(_ best: String) -> String {
    let (others, tied) = contents.table.rivals
    guard !others.isEmpty else { return "" }
    guard !tied.isEmpty else { return " Its lead over every other network is more than chance explains." }
    let names =
      tied.count > 1 ? "\(tied.dropLast().joined(separator: ", ")) or \(tied[tied.count - 1])" : tied[0]
    let begin = " These cases cannot tell it from \(names)"
    guard let chosen = contents.table.recommended else { return "\(begin)." }
    return chosen == best
      ? "\(begin), and it needs the fewest operations: take it."
      : "\(begin): take \(chosen), which needs the fewest operations."
  }

  /// What the AUC says.
  private var meaning: [String] {
    guard let best, let auc = subjects[best].auc else { return [] }
    let begin = "What an AUC of \(Format.fixed(auc, 3)) means:"
    return [
      isBinary
        ? "\(begin) of one case of class 1 and one of class 0, \(subjects[best].subject.name) scores the former higher "
          + "\(Format.fixed(auc * 100, 0)) times in 100, where chance is 50."
        : "\(begin) it is the mean of each of the \(contents.cases.classes) classes against the rest, where chance is 0.5."
    ]
  }

  /// What deciding by the best comes to.
  private var threshold: [String] {
    guard let best, let threshold = subjects[best].threshold(sensitivity: contents.sensitivity),
      let found = threshold.counts.sensitivity, let specificity = threshold.counts.specificity
    else { return [] }
    let missed = specificity.cases - specificity.successes
    return [
      "At a threshold of \(Format.fixed(threshold.threshold, 2)), chosen for a sensitivity of "
        + "\(Format.share(contents.sensitivity)), \(subjects[best].subject.name) finds "
        + "\(Format.count(found.successes)) of \(Format.count(found.cases)) positive cases and raises a false alarm for "
        + "\(Format.count(missed)) of \(Format.count(specificity.cases)) negative ones."
    ]
  }

  /// Whether probabilities can be read as they stand.
  private var calibration: [String] {
    guard let best, let error = subjects[best].figure("expected_calibration_error"),
      let chance = subjects[best].calibrationErrorByChance
    else { return [] }
    let interval = error.interval.map { " (95 % interval \(Format.interval($0, 3)))" } ?? ""
    let begin =
      "The probabilities of \(subjects[best].subject.name) are off by \(Format.fixed(error.value, 3)) on average\(interval)"
    let limit = Format.fixed(chance.upperBound, 3)
    return [
      error.value > chance.upperBound
        ? "\(begin); chance alone explains up to \(limit). Read them as a ranking, not as risks."
        : "\(begin), no more than chance alone explains (up to \(limit))."
    ]
  }

  /// What makes the figures look better than they are.
  private var flattery: [String] {
    guard contents.judgement == .validation || contents.judgement == .outOfFold else { return [] }
    let trained = subjects.map(\.subject).filter { !$0.runs.isEmpty }
    let flattered = trained.filter { $0.runs.contains(where: \.isChosenByJudges) }
    guard !flattered.isEmpty else { return [] }
    let who =
      flattered.count == trained.count
      ? "Each training" : "Each training of \(flattered.map(\.name).joined(separator: " and of "))"
    return [
      "\(who) kept the epoch that was best on the very cases it is judged by, which flatters its figures a little."
    ]
  }
}
