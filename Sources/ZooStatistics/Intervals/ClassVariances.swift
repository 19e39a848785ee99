/// A variance that is a sum of one for each class, each known from as many values as the class has cases.
struct ClassVariances {
  private let parts: [(variance: Double, cases: Int)]

  init(_ parts: [(variance: Double, cases: Int)]) { self.parts = parts }

  /// The sum.
  var sum: Double { parts.reduce(0) { $0 + $1.variance } }

  /// With how many degrees of freedom the sum is known, rounded down (Satterthwaite 1946); nil where nothing varies.
  ///
  /// A whole number that rounding left a little too small is that number.
  var degrees: Int? {
    let doubt = parts.reduce(0) { $0 + $1.variance * $1.variance / Double($1.cases - 1) }
    return doubt > 0 ? Int(sum * sum / doubt + 1e-9) : nil
  }
}
