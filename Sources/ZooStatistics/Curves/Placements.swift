/// How many cases of the other class stand below (a positive) or above (a negative) each case; a tie counts half.
///
/// These counts are what the AUC and DeLong's variance are made of. They are multiples of ½ and so exact, which
/// makes "all concordant" and "ranked the same" questions with a sure answer. Sun and Xu 2014, O(n log n).
struct Placements {
  /// For each positive case, in the order of the input, the negatives below it.
  let positives: [Double]
  /// For each negative case, in the order of the input, the positives above it.
  let negatives: [Double]

  /// Nil where the counts differ, a score is NaN or one of the classes is absent.
  init?(scores: [Double], labels: [Bool]) {
    guard scores.count == labels.count, !scores.contains(where: \.isNaN) else { return nil }
    let all = midranks(scores)
    let positive = labels.indices.filter { labels[$0] }
    let negative = labels.indices.filter { !labels[$0] }
    guard !positive.isEmpty, !negative.isEmpty else { return nil }
    // A rank among all, less the rank within the own class, counts the other class.
    let amongPositives = midranks(positive.map { scores[$0] })
    let amongNegatives = midranks(negative.map { scores[$0] })
    positives = zip(positive, amongPositives).map { all[$0] - $1 }
    negatives = zip(negative, amongNegatives).map { Double(positive.count) - (all[$0] - $1) }
  }

  /// The number of pairs of a positive and a negative.
  var pairs: Double { Double(positives.count) * Double(negatives.count) }

  /// The number of pairs in the right order.
  var concordant: Double { positives.reduce(0, +) }

  /// The area under the ROC curve.
  var auc: Double { concordant / pairs }

  /// The number of pairs that share no case: so many independent comparisons the data hold.
  var disjointPairs: Int { min(positives.count, negatives.count) }
}

/// The sample variance (over n − 1) of two values or more; exactly 0 where all are equal.
func sampleVariance(_ values: [Double]) -> Double {
  guard values.contains(where: { $0 != values[0] }) else { return 0 }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
}
