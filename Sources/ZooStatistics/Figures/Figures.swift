/// Everything that is said of a classifier's predictions of labelled cases.
///
/// Figures that depend on a threshold call a case positive from a probability of ½ on, or the likeliest class, unless their
/// name says otherwise. What is undefined is left out.
public struct Figures: Hashable, Sendable {
  /// The figures, the AUC first.
  public let all: [Figure]

  /// Takes a row of k probabilities for each case, labels 0 ..< k; bootstraps depend on the seed alone.
  ///
  /// 2,000 replicates of each bootstrapped figure, and one for each case: seconds for a thousand cases.
  public init(probabilities: [[Double]], labels: [Int], seed: UInt64, threads: Int) {
    let counting = Figures.rates(probabilities, labels)
    let auc = DeLong(probabilities: probabilities, labels: labels)
    let area = (auc?.auc ?? ROC.auc(probabilities: probabilities, labels: labels)).map {
      Figure(name: "auc", value: $0, interval: auc?.interval, method: .delong)
    }
    let sources =
      classCount(probabilities, labels) == 2 ? FigureSource.twoClasses : FigureSource.moreClasses
    let cases = FigureSource.Cases(
      probabilities: probabilities, labels: labels, seed: seed, threads: threads)
    all =
      [area].compactMap(\.self) + Figures.classAreas(probabilities, labels) + counting
      + sources.compactMap { $0.figure(cases) }
  }

  /// Rates have an interval of their own.
  private static func rates(_ probabilities: [[Double]], _ labels: [Int]) -> [Figure] {
    guard let matrix = ConfusionMatrix(probabilities: probabilities, labels: labels) else { return [] }
    var rates = [("accuracy", matrix.accuracy)]
    if matrix.classes == 2,
      let counts = DecisionCounts(
        scores: probabilities.map { $0[1] }, labels: labels.map { $0 == 1 }, threshold: 0.5)
    {
      rates = [
        ("accuracy", counts.accuracy), ("sensitivity", counts.sensitivity),
        ("specificity", counts.specificity), ("precision", counts.precision),
        ("negative_predictive_value", counts.negativePredictiveValue),
      ]
    }
    for index in 0..<matrix.classes where matrix.classes > 2 {
      let counts = matrix.oneVsRest(index)
      rates.append(("class_\(index)_sensitivity", counts.sensitivity))
      rates.append(("class_\(index)_specificity", counts.specificity))
    }
    return rates.compactMap { name, rate in
      rate.map { Figure(name: name, value: $0.value, interval: $0.interval, method: .wilson) }
    }
  }

  /// Of more than two classes, each against the rest.
  private static func classAreas(_ probabilities: [[Double]], _ labels: [Int]) -> [Figure] {
    guard let classes = classCount(probabilities, labels), classes > 2 else { return [] }
    return (0..<classes).compactMap { index in
      DeLong(scores: probabilities.map { $0[index] }, labels: labels.map { $0 == index }).map {
        Figure(name: "class_\(index)_auc", value: $0.auc, interval: $0.interval, method: .delong)
      }
    }
  }
}
