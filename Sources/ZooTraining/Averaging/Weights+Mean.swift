import ZooEngine

extension Weights {
  /// Becomes the mean of others of the same network, one at least; added up in doubles.
  func becomeMean(of parts: [Weights]) {
    for n in values.indices {
      values[n] = Float(parts.reduce(0) { $0 + Double($1.values[n]) } / Double(parts.count))
    }
  }
}
