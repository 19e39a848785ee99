import ZooStatistics

/// What came true against what was said.
enum CalibrationFigure {
  static func figure(_ one: SubjectFindings) -> Drawing {
    let isBinary = one.classes == 2
    let plot = Plot(
      x: .share(isBinary ? "predicted probability" : "probability of the class called"),
      y: .share(isBinary ? "share that is positive" : "share called right"))
    var content = plot.axes + [plot.reference(from: (0, 0), to: (1, 1))]
    var description = "No bins: there are no cases."
    var caption = ""
    if let curve = one.reliability {
      for bin in curve.bins {
        let x = plot.px(bin.probability)
        let (low, high) = (plot.py(bin.rate.interval.lowerBound), plot.py(bin.rate.interval.upperBound))
        content.append(
          Markup(
            "line", ["class": "whisker \(one.style.colourClass)", "x1": x, "x2": x, "y1": low, "y2": high]))
      }
      content.append(one.style.line(curve.bins.map { plot.point($0.probability, $0.rate.value) }))
      content += curve.bins.map { bin in
        let place = plot.point(bin.probability, bin.rate.value)
        return one.style.marker(x: place.x, y: place.y, radius: 3.5)
      }
      description =
        "Expected calibration error \(Format.fixed(curve.expectedError, 3)). "
        + curve.bins.map {
          "Said \(Format.fixed($0.probability, 2)): came true for \($0.rate.successes) of \($0.rate.cases)"
        }.joined(separator: "; ") + "."
      caption =
        "Ten bins of equal width with Wilson’s 95 % intervals; the diagonal is perfect. Expected calibration "
        + "error \(Format.fixed(curve.expectedError, 3))\(chance(one).map { "; \($0)" } ?? "")."
    }
    return Drawing(
      title: "Calibration", description: description, caption: caption, width: plot.width,
      height: plot.height, content: content)
  }

  /// What a perfectly calibrated model would show.
  private static func chance(_ one: SubjectFindings) -> String? {
    one.calibrationErrorByChance.map {
      "a perfectly calibrated model with so many cases would show \(Format.interval($0, 3)) by chance"
    }
  }
}
