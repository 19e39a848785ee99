import ZooStatistics

/// Sensitivity against false alarms for every threshold.
enum ROCFigure {
  static let title = "ROC"
  static let xLabel = "false alarms (1 − specificity)"
  static let yLabel = "sensitivity"

  /// The points of a curve.
  static func points(_ curve: ROCCurve) -> [(x: Double, y: Double)] {
    curve.points.map { (1 - $0.specificity, $0.sensitivity) }
  }

  /// Several curves in one plane: of two classes each subject's, of more the mean of each subject's classes.
  static func all(_ subjects: [SubjectFindings]) -> Drawing {
    let plot = Plot(x: .share(xLabel), y: .share(yLabel))
    let drawn = subjects.compactMap { one in curve(of: one).map { (one, $0) } }
    let lines = drawn.map { one, points in one.style.line(points.map { plot.point($0.x, $0.y) }) }
    let figures = drawn.map {
      "\($0.0.subject.name): AUC \($0.0.auc.map { Format.fixed($0, 3) } ?? Format.none)"
    }
    let isBinary = subjects.first.map { $0.classes == 2 } ?? true
    return Drawing(
      title: isBinary ? "ROC curves" : "ROC curves, mean over the classes",
      description: figures.isEmpty
        ? "No curve: there are not cases of both classes." : figures.joined(separator: "; ") + ".",
      caption: "The diagonal is chance. Bands of each curve stand with each model below.",
      width: plot.width, height: plot.height,
      content: plot.axes + [plot.reference(from: (0, 0), to: (1, 1))] + lines,
      legend: drawn.map { .init(name: $0.0.subject.name, style: $0.0.style) })
  }

  /// One class of one subject with its band, the others' curves faint behind it.
  static func single(
    _ one: SubjectFindings, label: Int, title: String, behind others: [SubjectFindings],
    operatingPoint: DecisionThreshold? = nil
  ) -> Drawing {
    let plot = Plot(x: .share(xLabel), y: .share(yLabel))
    var content = plot.axes + [plot.reference(from: (0, 0), to: (1, 1))]
    var description = "No curve: there are not cases of both classes."
    let scores = one.scores(of: label)
    let own = one.isOf(label)
    for other in others {
      guard let curve = other.rocCurve(of: label) else { continue }
      content.append(other.style.line(points(curve).map { plot.point($0.x, $0.y) }, isFaint: true))
    }
    if let curve = one.rocCurve(of: label) {
      if let band = ROCBand(scores: scores, labels: own) {
        let up = zip(band.falseAlarms, band.upper).map { plot.point($0, $1) }
        let down = zip(band.falseAlarms, band.lower).map { plot.point($0, $1) }.reversed()
        let outline = (up + down).map { "\($0.x.attribute),\($0.y.attribute)" }.joined(separator: " ")
        content.append(Markup("polygon", ["class": "band \(one.style.colourClass)", "points": outline]))
      }
      content.append(one.style.line(points(curve).map { plot.point($0.x, $0.y) }))
      if let auc = DeLong(scores: scores, labels: own) {
        description = "AUC \(Format.fixed(auc.auc, 3)), 95 % interval \(Format.interval(auc.interval, 3))."
      } else if let auc = ROC.auc(scores: scores, labels: own) {
        description = "AUC \(Format.fixed(auc, 3))."
      }
    }
    if let operatingPoint, let sensitivity = operatingPoint.counts.sensitivity,
      let specificity = operatingPoint.counts.specificity
    {
      let place = plot.point(1 - specificity.value, sensitivity.value)
      content.append(one.style.marker(x: place.x, y: place.y, radius: 5))
      description +=
        " The chosen threshold has sensitivity \(Format.fixed(sensitivity.value, 3)) and specificity "
        + "\(Format.fixed(specificity.value, 3))."
    }
    return Drawing(
      title: title, description: description,
      caption: "Band: the 95 % interval of the sensitivity at each place."
        + (operatingPoint == nil ? "" : " The point is the chosen threshold.")
        + (others.isEmpty ? "" : " Faint: the other models."),
      width: plot.width, height: plot.height, content: content)
  }

  /// Of two classes the curve, of more the mean of the classes' sensitivities at each share of false alarms.
  private static func curve(of one: SubjectFindings) -> [(x: Double, y: Double)]? {
    if one.classes == 2 { return one.rocCurve(of: 1).map(points) }
    let curves = one.shownClasses.compactMap { one.rocCurve(of: $0).map(points) }
    guard curves.count == one.classes else { return nil }
    return (0...200).map { step in
      let x = Double(step) / 200
      return (x, curves.reduce(0) { $0 + height(of: $1, at: x) } / Double(curves.count))
    }
  }

  /// The upper end of a rising curve at a place, straight lines between its points.
  private static func height(of curve: [(x: Double, y: Double)], at x: Double) -> Double {
    guard let after = curve.firstIndex(where: { $0.x > x }), after > 0 else { return curve.last?.y ?? 0 }
    let (a, b) = (curve[after - 1], curve[after])
    return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
  }
}
