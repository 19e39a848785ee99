/// The mean one-vs-rest AUC over k classes, and what each case contributes to it.
///
/// A generalised U-statistic as the AUC is: its variance is the sum over the classes of the variance of their cases'
/// contributions, which for two classes is DeLong's.
struct MacroPlacements {
  let auc: Double
  /// For each class the contributions of its cases, in the order of the input.
  let contributions: [[Double]]

  /// Takes a row of k ≥ 2 probabilities for each case, labels 0 ..< k; nil where a class has no case.
  init?(probabilities: [[Double]], labels: [Int]) {
    guard let classes = classCount(probabilities, labels), classes >= 2 else { return nil }
    var each = [Double](repeating: 0, count: labels.count)
    var sum = 0.0
    for index in 0..<classes {
      let own = labels.map { $0 == index }
      guard let placements = Placements(scores: probabilities.map { $0[index] }, labels: own) else {
        return nil
      }
      sum += placements.auc
      let scale = placements.pairs * Double(classes)
      var (positives, negatives) = (placements.positives.makeIterator(), placements.negatives.makeIterator())
      for place in own.indices {
        each[place] += (own[place] ? positives.next() ?? 0 : negatives.next() ?? 0) / scale
      }
    }
    auc = sum / Double(classes)
    contributions = (0..<classes).map { index in zip(each, labels).filter { $0.1 == index }.map(\.0) }
  }

  /// The number of cases in the smallest class.
  var smallestClass: Int { contributions.map(\.count).min() ?? 0 }

  /// The variance of a mean AUC or of a difference of two, from its contributions; two cases of each class at least.
  ///
  /// Standard errors below 1e-12 are what rounding leaves of none.
  static func variances(of contributions: [[Double]]) -> ClassVariances {
    let variances = ClassVariances(
      contributions.map { (Double($0.count) * sampleVariance($0), $0.count) })
    return variances.sum < 1e-24 ? ClassVariances([]) : variances
  }
}
