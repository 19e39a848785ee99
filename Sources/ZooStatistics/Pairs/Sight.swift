/// How large a difference of AUCs has to be for so many cases to show it, or why that cannot be said.
///
/// A difference to the best AUC is seen where the first step of Holm's correction finds it, four times of five: the paired
/// test at 5 % divided by the number of pairs. How alike scores are is the median over the pairs of contenders; twins, which
/// rank all cases alike, are left out, as a difference of 0 needs no cases.
public struct Sight: Hashable, Sendable {
  /// What is too small to be seen.
  public enum Limit: Hashable, Sendable {
    /// Differences below this one.
    case difference(Double)
    /// Any difference: no AUC below 1 is far enough from the best one.
    case any
    /// Not to be said, as the best AUC is 0 or 1, where the scores of the binormal model have no spread.
    case extreme(Double)
    /// Not to be said, as all rank the cases alike.
    case twins
    /// Not to be said, as the binormal model is of two classes, and these are more.
    case classes(Int)
  }

  /// What is too small to be seen.
  public let limit: Limit
  /// Cases.
  public let cases: Int
  /// Those of class 1.
  public let positives: Int
  /// How many pairs are tested, one at least.
  public let pairs: Int
  /// How alike scores are taken to be, `Power.correlation`; nil where nothing is said.
  public let similarity: Double?

  /// The level of the first step of Holm's correction.
  public var level: Double { 0.05 / Double(pairs) }
  /// The difference that has to be reached; nil where there is none, or it cannot be said.
  public var difference: Double? { if case .difference(let value) = limit { value } else { nil } }

  /// What is known.
  public init(_ limit: Limit, cases: Int, positives: Int, pairs: Int = 1, similarity: Double? = nil) {
    (self.limit, self.cases, self.positives) = (limit, cases, positives)
    (self.pairs, self.similarity) = (max(1, pairs), similarity)
  }

  /// Takes all of it from class probabilities of the same cases, labels 0 ..< k; `best` is the index of the best contender.
  ///
  /// A single contender is as alike to others as it is to the `baselines`. Nil where it is alone, or an AUC undefined.
  public init?(contenders: [[[Double]]], best: Int, baselines: [[[Double]]], labels: [Int], pairs: Int) {
    let positives = labels.count { $0 == 1 }
    let classes = contenders[best].first?.count ?? 0
    func sight(_ limit: Limit, similarity: Double? = nil) -> Sight {
      Sight(limit, cases: labels.count, positives: positives, pairs: pairs, similarity: similarity)
    }
    guard contenders.count + baselines.count > 1 else { return nil }
    guard classes == 2 else {
      self = sight(.classes(classes))
      return
    }
    let truth = labels.map { $0 == 1 }
    let (own, others) = (contenders.map { $0.map { $0[1] } }, baselines.map { $0.map { $0[1] } })
    guard let auc = ROC.auc(scores: own[best], labels: truth) else { return nil }
    guard auc > 0, auc < 1 else {
      self = sight(.extreme(auc))
      return
    }
    func similarities(_ pairs: [([Double], [Double])]) -> [Double] {
      pairs.compactMap { Power.correlation($0.0, $0.1, labels: truth) }.filter { $0 < 1 - 1e-9 }
    }
    let among = own.indices.flatMap { first in own[..<first].map { (own[first], $0) } }
    let alike = similarities(among.isEmpty ? others.map { (own[best], $0) } : among)
    guard let similarity = median(alike),
      let power = Power(
        positives: positives, negatives: labels.count - positives, auc: auc, correlation: similarity,
        level: sight(.any).level)
    else {
      self = sight(.twins)
      return
    }
    self = sight(power.detectableDifference().map(Limit.difference) ?? .any, similarity: similarity)
  }
}

/// The middle value, or the mean of the two middle ones; nil for none.
private func median(_ values: [Double]) -> Double? {
  guard !values.isEmpty else { return nil }
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
