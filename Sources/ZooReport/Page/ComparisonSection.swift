import ZooStatistics

/// All subjects in the same figures.
struct ComparisonSection: PageSection {
  let findings: Findings
  let title = "Side by side"

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    var figures: [Drawing] = []
    if let pairs = findings.pairs { figures.append(ForestFigure.differences(shown(pairs).map(row))) }
    figures.append(ROCFigure.all(findings.subjects))
    if findings.isBinary { figures.append(PRFigure.all(findings.subjects, label: 1)) }
    return [Markup("div", ["class": "figures"], figures.map(figure))]
  }

  /// All pairs as far as they can be taken in; else those with the best.
  private func shown(_ pairs: PairwiseComparison) -> [PairwiseComparison.Pair] {
    guard pairs.pairs.count > 15, let best = findings.best else { return pairs.pairs }
    return pairs.pairs.filter { $0.first == best || $0.second == best }
  }

  private func row(_ pair: PairwiseComparison.Pair) -> ForestFigure.Row {
    let (first, second) = (findings.subjects[pair.first], findings.subjects[pair.second])
    return ForestFigure.Row(
      names: [first.subject.name, second.subject.name], style: first.style, value: pair.test.difference,
      interval: pair.test.interval,
      text:
        "\(Format.signed(pair.test.difference, 3)), p \(Format.pValue(pair.adjustedP)), \(pair.verdict.rawValue)"
        .withMinus)
  }
}
