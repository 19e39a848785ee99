extension ComparisonTable {
  /// For each network a sentence on whether it beats size and shape of the mask; none without a `shape` row.
  ///
  /// "Beats" needs a two-sided p below 0.05 in the paired test, not adjusted for the number of networks.
  public var conclusions: [String] {
    guard let shape = rows.first(where: { $0.name == ComparisonTable.shapeName }) else { return [] }
    return rows.filter { $0.name != ComparisonTable.shapeName }.map { conclusion($0, against: shape) }
  }

  private func conclusion(_ row: ComparisonRow, against shape: ComparisonRow) -> String {
    guard let auc = row.auc, let other = shape.auc, let difference = row.toShape else {
      return "\(row.name) cannot be compared with size and shape alone: there is no AUC for both"
    }
    let figures = "\(Format.fixed(auc, 3)) against \(Format.fixed(other, 3))"
    guard let p = difference.p else {
      return "\(row.name) is not shown to beat size and shape alone: \(figures), without a test"
    }
    let test = p < 0.001 ? "p < 0.001" : "p = \(Format.pValue(p))"
    guard p < 0.05 else {
      return "\(row.name) is not shown to beat size and shape alone: \(figures), \(test)"
    }
    let range = difference.interval.map {
      " (95 % interval \(Format.signed($0.lowerBound, 3)) to \(Format.signed($0.upperBound, 3)))"
    }
    return
      "\(row.name) \(difference.auc > 0 ? "beats" : "does worse than") size and shape alone: \(figures), "
      + "a difference of \(Format.signed(difference.auc, 3))\(range ?? ""), \(test)"
  }
}
