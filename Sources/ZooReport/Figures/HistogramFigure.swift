/// How many cases have which score, for each class above and below a common line.
enum HistogramFigure {
  private static let bins = 20

  static func figure(_ one: SubjectFindings, threshold: Double?) -> Drawing {
    let isBinary = one.classes == 2
    let scores =
      isBinary ? one.scores(of: 1) : one.subject.probabilities.map { $0.max() ?? 0 }
    let isUpper =
      isBinary
      ? one.isOf(1)
      : zip(one.subject.probabilities, one.labels).map { $0.firstIndex(of: $0.max() ?? 0) == $1 }
    let names =
      isBinary ? (upper: "class 1", lower: "class 0") : (upper: "called right", lower: "called wrong")
    let upper = counts(zip(scores, isUpper).filter(\.1).map(\.0))
    let lower = counts(zip(scores, isUpper).filter { !$0.1 }.map(\.0))
    let most = Double(max(upper.max() ?? 0, lower.max() ?? 0, 1))
    let plot = Plot(
      x: .share(isBinary ? "predicted probability of class 1" : "probability of the class called"),
      y: Axis("cases", covering: [-most, most], about: 5, whole: true), height: 300)
    var content = plot.axes(absoluteY: true)
    for bin in 0..<bins {
      content += bar(plot, bin, height: Double(upper[bin]), class: "bar upper")
      content += bar(plot, bin, height: -Double(lower[bin]), class: "bar lower")
    }
    content.append(plot.reference(from: (0, 0), to: (1, 0)))
    if let threshold, (0...1).contains(threshold) {
      content.append(
        Markup(
          "line",
          [
            "class": "threshold", "x1": plot.px(threshold), "x2": plot.px(threshold), "y1": plot.yRange.low,
            "y2": plot.yRange.high,
          ]))
    }
    func median(_ wanted: Bool) -> String {
      let own = zip(scores, isUpper).filter { $0.1 == wanted }.map(\.0).sorted()
      guard !own.isEmpty else { return Format.none }
      return Format.fixed((own[(own.count - 1) / 2] + own[own.count / 2]) / 2, 2)
    }
    return Drawing(
      title: "Scores by class",
      description: "Median \(median(true)) for \(names.upper), \(median(false)) for \(names.lower).",
      caption: "\(bins) bins; \(names.upper) upwards, \(Format.count(upper.reduce(0, +))) cases, "
        + "\(names.lower) downwards, \(Format.count(lower.reduce(0, +)))."
        + (threshold == nil ? "" : " The line is the chosen threshold."),
      width: plot.width, height: plot.height, content: content)
  }

  private static func counts(_ scores: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: bins)
    for score in scores where score.isFinite {
      counts[min(max(Int(score * Double(bins)), 0), bins - 1)] += 1
    }
    return counts
  }

  private static func bar(_ plot: Plot, _ bin: Int, height: Double, class name: String) -> [Markup] {
    guard height != 0 else { return [] }
    let (left, right) = (plot.px(Double(bin) / Double(bins)), plot.px(Double(bin + 1) / Double(bins)))
    let (zero, end) = (plot.py(0), plot.py(height))
    return [
      Markup(
        "rect",
        [
          "class": name, "x": left + 0.75, "width": right - left - 1.5, "y": min(zero, end),
          "height": abs(zero - end),
        ])
    ]
  }
}
