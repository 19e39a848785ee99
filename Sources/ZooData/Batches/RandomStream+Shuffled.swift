public import ZooCore

extension RandomStream {
  /// The values in a drawn order, all equally likely (Fisher and Yates); spelt out because the standard library's
  /// `shuffled` may draw otherwise in another version.
  public mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
    var values = values
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, index(below: last + 1))
    }
    return values
  }
}
