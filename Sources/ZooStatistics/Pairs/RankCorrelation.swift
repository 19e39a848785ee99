/// Spearman's rank correlation of two lists of as many values: Pearson's of their midranks, −1 … 1; nil where one list holds
/// but one value.
public func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double? {
  precondition(a.count == b.count, "pairs of values")
  let (x, y) = (midranks(a), midranks(b))
  let mean = Double(a.count + 1) / 2
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for (p, q) in zip(x, y) {
    xx += (p - mean) * (p - mean)
    yy += (q - mean) * (q - mean)
    xy += (p - mean) * (q - mean)
  }
  guard xx > 0, yy > 0 else { return nil }
  return xy / (xx * yy).squareRoot()
}
