import ZooStatistics

extension ComparisonTable {
  /// What the table says, a sentence each: who to take, who beats the mask, and what these cases cannot show.
  public var conclusions: [String] {
    [ranking, nested].compactMap(\.self) + maskConclusions + [correction, limits].compactMap(\.self)
  }

  /// The networks that were tested against the best one, and those of them that cannot be told from it.
  var rivals: (all: [String], tied: [String]) {
    let all = rows.filter {
      !$0.isBaseline && !$0.isOfUnknownTraining && !$0.isBest && $0.toBest?.verdict != nil
    }
    return (all.map(\.name), all.filter { $0.toBest?.verdict == .tied }.map(\.name))
  }

  /// The conclusions below a terminal's table: an empty line, and a sentence each in lines of at most 100 columns.
  public var conclusionLines: String {
    conclusions.isEmpty ? "" : "\n" + conclusions.map { "\($0.wrapped())\n" }.joined()
  }

  /// Who the best is, who cannot be told from it, and which of them to take where their costs are known.
  private var ranking: String? {
    let (others, tied) = rivals
    guard let best = rows.first(where: \.isBest), let auc = best.auc, !others.isEmpty else { return nil }
    let highest = "\(best.name) has the highest AUC, \(Format.fixed(auc, 3))"
    guard !tied.isEmpty else {
      return "\(highest), higher than every other network's by more than chance explains"
    }
    let standing = "\(highest), tied with \(tied.joined(separator: ", "))"
    guard let recommended else { return standing }
    return recommended == best.name
      ? "\(standing): it is also the one of fewest operations"
      : "\(standing): take \(recommended), of fewest operations"
  }

  /// What is left of the best network's figure where others chose it.
  var nested: String? {
    guard let choice else { return nil }
    let interval = choice.interval.map { " (95 % interval \(Format.interval($0, 3)))" }
    let judges = choice.isNested ? "inner folds without its cases" : "the other folds"
    return
      "chosen for each fold by \(judges), the best network has AUC \(Format.fixed(choice.auc, 3))\(interval ?? "")"
  }

  /// For each contender a sentence on whether it beats size and shape of the mask; none without a `shape` row,
  /// nor of one that may have been trained on these cases.
  ///
  /// "Beats" needs a two-sided p below 0.05 in the paired test, corrected for all pairs of rows, and an interval without 0.
  var maskConclusions: [String] {
    guard let shape = rows.first(where: { $0.isBaseline && $0.name == ComparisonTable.shapeName }) else {
      return []
    }
    return rows.filter {
      !$0.isBaseline && !$0.isOfUnknownTraining
        && ($0.toShape == nil || $0.toShape?.adjustedP != nil || pairs == 0)
    }.map { conclusion($0, against: shape) }
  }

  private func conclusion(_ row: ComparisonRow, against shape: ComparisonRow) -> String {
    guard let auc = row.auc, let other = shape.auc, let difference = row.toShape else {
      return "\(row.name) cannot be compared with size and shape alone: there is no AUC for both"
    }
    let figures = "\(Format.fixed(auc, 3)) against \(Format.fixed(other, 3))"
    guard let p = difference.adjustedP ?? difference.p else {
      return "\(row.name) is not shown to beat size and shape alone: \(figures), without a test"
    }
    let test = p < 0.001 ? "p < 0.001" : "p = \(Format.pValue(p))"
    guard p < 0.05 else {
      return "\(row.name) is not shown to beat size and shape alone: \(figures), \(test)"
    }
    let range = difference.interval.map {
      " (95 % interval \(Format.signed($0.lowerBound, 3)) to \(Format.signed($0.upperBound, 3)))"
    }
    let words = "\(figures), a difference of \(Format.signed(difference.auc, 3))\(range ?? ""), \(test)"
    // With few cases the test and the interval, which are not made alike, may differ.
    guard difference.interval?.contains(0) != true else {
      return
        "\(row.name) is not shown to differ from size and shape alone: \(words), but the interval holds 0"
    }
    return "\(row.name) \(difference.auc > 0 ? "beats" : "does worse than") size and shape alone: \(words)"
  }

  private var correction: String? {
    guard pairs > 1 else { return nil }
    let uncorrected = rows.contains { $0.toBest?.p != nil && $0.toBest?.adjustedP == nil }
    return "p: DeLong's paired test, by Holm's correction for \(pairs) pairs of rows"
      + (uncorrected ? "; uncorrected where there is no verdict" : "")
  }

  /// What is too small to be seen, or why that cannot be said.
  var limits: String? {
    guard let sight else { return nil }
    let share = Int((100 * Double(sight.positives) / Double(sight.cases)).rounded())
    let cases = "with \(Format.count(sight.cases)) cases, \(share) % of them of class 1,"
    let test = sight.pairs > 1 ? "at 5 % / \(sight.pairs), Holm's first step" : "at 5 %"
    let unseen = "be seen reliably (power below 80 % \(test))"
    let unsaid = "how small a difference can be seen cannot be said"
    switch sight.limit {
    case .difference(let difference):
      return "\(cases) differences below \(Format.fixed(difference, 3)) cannot \(unseen)"
    case .any: return "\(cases) no difference to the best can \(unseen)"
    case .extreme(let auc): return "\(cases) \(unsaid): the best AUC is \(Format.fixed(auc, 0))"
    case .twins: return "\(cases) \(unsaid): all rank the cases alike"
    case .classes(let classes):
      return "\(unsaid): that is worked out for two classes only, not for \(classes)"
    }
  }
}
