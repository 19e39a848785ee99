/// How one figure comes from predictions of labelled cases, with its interval by the method that holds the truth 95 times
/// in 100 (docs/statistics.md).
struct FigureSource: Sendable {
  /// A row of k probabilities for each case, labels 0 ..< k, and what chance depends on.
  struct Cases: Sendable {
    let probabilities: [[Double]]
    let labels: [Int]
    let seed: UInt64
    let threads: Int

    /// The cases as one stratum: a study draws patients, and how many of each class come is chance too.
    var together: [Int] { labels.map { _ in 0 } }

    /// The cases of the smallest class.
    var smallestClass: Int { Strata(labels: labels).smallest }

    /// What a figure is of some of the cases.
    func measure(_ figure: Measure, _ cases: [Int]) -> Double? {
      figure(cases.map { probabilities[$0] }, cases.map { labels[$0] })
    }
  }

  typealias Measure = @Sendable (_ probabilities: [[Double]], _ labels: [Int]) -> Double?

  let name: String
  let method: Figure.Method
  private let value: Measure
  private let interval: @Sendable (Cases) -> ClosedRange<Double>?

  /// The figure of cases; nil where it is undefined.
  func figure(_ cases: Cases) -> Figure? {
    guard let value = value(cases.probabilities, cases.labels) else { return nil }
    return Figure(name: name, value: value, interval: interval(cases), method: method)
  }

  /// The mean F1 of some classes, or of all.
  static func f1(_ name: String, of classes: [Int]? = nil) -> FigureSource {
    FigureSource(name: name, method: classes?.count == 1 ? .wilson : .stratifiedWilson) {
      calls($0, $1).flatMap { F1($0, classes: classes)?.value }
    } interval: { cases in
      calls(cases.probabilities, cases.labels).flatMap { F1($0, classes: classes)?.interval }
    }
  }

  static let matthewsCorrelation = FigureSource(name: "matthews_correlation", method: .bootstrap) {
    calls($0, $1).flatMap(MatthewsCorrelation.value)
  } interval: { cases in
    guard let all = calls(cases.probabilities, cases.labels) else { return nil }
    if all.isCertain { return MatthewsCorrelation.openInterval(all) }
    let (calls, labels) = (cases.probabilities.map(call), cases.labels)
    return Bootstrap(labels: cases.together, seed: cases.seed, threads: cases.threads) { drawn in
      ConfusionMatrix(
        calls: drawn.map { calls[$0] }, labels: drawn.map { labels[$0] }, classes: all.classes
      ).flatMap(MatthewsCorrelation.value)
    }?.interval
  }

  /// Two classes' calls, positive from ½ on, or each case's likeliest class, of equals the first.
  @Sendable private static func calls(_ rows: [[Double]], _ labels: [Int]) -> ConfusionMatrix? {
    classCount(rows, labels).flatMap {
      ConfusionMatrix(calls: rows.map(call), labels: labels, classes: $0)
    }
  }

  @Sendable private static func call(_ row: [Double]) -> Int {
    row.count == 2 ? (row[1] >= 0.5 ? 1 : 0) : row.firstIndex(of: row.max() ?? 0) ?? 0
  }

  /// A figure that can be no more and no less than the ends of `range`.
  static func jackknifed(
    _ name: String, on link: Link = .logit, within range: ClosedRange<Double> = 0...1,
    _ value: @escaping Measure
  ) -> FigureSource {
    FigureSource(name: name, method: link == .logit ? .jackknife : .probitJackknife, value: value) { cases in
      Jackknife(labels: cases.together, threads: cases.threads) { cases.measure(value, $0) }?
        .interval(on: link, within: range, disjointPairs: cases.smallestClass)
    }
  }

  /// The mean of a loss that each case has; the most it can be of two classes, and of more.
  static func meanLoss(
    _ name: String, ofTwo: Double = .infinity, ofMore: Double = .infinity,
    _ losses: @escaping @Sendable (_ probabilities: [[Double]], _ labels: [Int]) -> [Double]?
  ) -> FigureSource {
    FigureSource(name: name, method: .bootstrapT) { rows, labels in
      losses(rows, labels).map { $0.reduce(0, +) / Double($0.count) }
    } interval: { cases in
      losses(cases.probabilities, cases.labels).flatMap {
        BootstrapT(values: $0, labels: cases.together, seed: cases.seed, threads: cases.threads)?.interval
          .clamped(to: 0...(cases.probabilities[0].count == 2 ? ofTwo : ofMore))
      }
    }
  }

  /// A mean of rates of different cases.
  static func meanRate(
    _ name: String, _ rates: @escaping @Sendable (_ probabilities: [[Double]], _ labels: [Int]) -> [Rate]?
  ) -> FigureSource {
    FigureSource(name: name, method: .stratifiedWilson) { rows, labels in
      rates(rows, labels).map { $0.reduce(0) { $0 + $1.value } / Double($0.count) }
    } interval: { cases in
      rates(cases.probabilities, cases.labels).flatMap(Rate.intervalOfMean)
    }
  }

  /// The rate of two classes' cases at a stated rate of the other's.
  static func operatingRate(_ name: String, at stated: OperatingRate.Stated) -> FigureSource {
    FigureSource(name: name, method: .operatingRate) { rows, labels in
      let curve = ROCCurve(scores: rows.map { $0[1] }, labels: labels.map { $0 == 1 })
      switch stated {
      case .specificity(let share): return curve?.point(atSpecificity: share)?.sensitivity
      case .sensitivity(let share): return curve?.point(atSensitivity: share)?.specificity
      }
    } interval: { cases in
      OperatingRate(
        at: stated, scores: cases.probabilities.map { $0[1] }, labels: cases.labels.map { $0 == 1 })?
        .interval
    }
  }

  static func calibrationError(
    _ curve: @escaping @Sendable (_ probabilities: [[Double]], _ labels: [Int]) -> ReliabilityCurve?
  ) -> FigureSource {
    FigureSource(name: "expected_calibration_error", method: .inversion) {
      curve($0, $1)?.expectedError
    } interval: {
      curve($0.probabilities, $0.labels)?.errorInterval
    }
  }
}
