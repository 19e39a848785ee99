import ZooReport
import ZooTraining

extension ComparisonTable {
  /// The table of a comparison.
  init(_ result: ComparisonResult, aucTitle: String = "validation AUC") {
    self.init(
      result.rows.map { ComparisonRow($0) }, aucTitle: aucTitle, pairs: result.pairs,
      recommended: result.recommended,
      choice: result.choice.flatMap { choice in
        choice.evaluation.auc.map {
          .init(auc: $0, interval: choice.evaluation.interval, isNested: choice.innerFolds != nil)
        }
      },
      sight: result.sight)
  }
}

extension ComparisonRow {
  fileprivate init(_ row: ComparisonResult.Row) {
    let contender = row.contender
    self.init(
      name: contender.name, isBaseline: contender.kind == .baseline,
      isOfUnknownTraining: contender.kind == .unknown,
      parameters: contender.parameters,
      operations: contender.operations, auc: contender.evaluation.auc,
      interval: contender.evaluation.interval, isBest: row.isBest,
      toBest: row.toBest.map { Difference($0) }, toShape: row.toShape.map { Difference($0) },
      trainingSeconds: contender.seconds)
  }
}

extension ComparisonRow.Difference {
  fileprivate init(_ difference: ComparisonResult.Difference) {
    self =
      difference.test.map { Self($0, adjustedP: difference.adjustedP) } ?? Self(auc: difference.auc)
  }
}
