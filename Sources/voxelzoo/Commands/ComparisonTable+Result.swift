import ZooReport
import ZooTraining

extension ComparisonTable {
  /// The table of a comparison.
  init(_ result: ComparisonResult, aucTitle: String = "validation AUC") {
    self.init(result.rows.map { ComparisonRow($0) }, aucTitle: aucTitle)
  }
}

extension ComparisonRow {
  fileprivate init(_ row: ComparisonResult.Row) {
    self.init(
      name: row.name, parameters: row.parameters, auc: row.evaluation.auc, interval: row.evaluation.interval,
      isBest: row.isBest, toBest: row.toBest.map { Difference($0) },
      toShape: row.toShape.map { Difference($0) },
      trainingSeconds: row.seconds)
  }
}

extension ComparisonRow.Difference {
  fileprivate init(_ difference: ComparisonResult.Difference) {
    self = difference.test.map { Self($0) } ?? Self(auc: difference.auc)
  }
}
