extension M3DVFolder {
  /// The cases of a part in their table's order, without a look at their volumes; `classes` bounds the labels of the
  /// training part, nil reads none.
  public func cases(of part: Part, classes: Int?) throws -> [Case] {
    switch part {
    case .train: try CaseTable(table: trainTable()).cases(classes: classes)
    case .test: try CaseTable(table: testTable()).cases(classes: nil)
    }
  }
}
