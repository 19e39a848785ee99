import ZooStatistics

/// Precision against sensitivity for every threshold.
enum PRFigure {
  /// A curve with its name; `prevalence` is what a useless score has.
  struct Curve {
    let name: String
    let style: SeriesStyle
    let curve: PrecisionRecallCurve
  }

  /// The curves of all subjects for one class.
  static func all(_ subjects: [SubjectFindings], label: Int) -> Drawing {
    let curves = subjects.compactMap { one in
      PrecisionRecallCurve(scores: one.scores(of: label), labels: one.isOf(label)).map {
        Curve(name: one.subject.name, style: one.style, curve: $0)
      }
    }
    return figure(curves, title: "Precision and sensitivity", prevalence: subjects.first?.share(of: label))
  }

  /// The curves of all classes of one subject.
  static func classes(of one: SubjectFindings) -> Drawing {
    let curves = one.shownClasses.compactMap { label in
      PrecisionRecallCurve(scores: one.scores(of: label), labels: one.isOf(label)).map {
        Curve(name: "class \(label)", style: SeriesStyle(index: label, isBaseline: false), curve: $0)
      }
    }
    return figure(curves, title: "Precision and sensitivity by class", prevalence: nil)
  }

  private static func figure(_ curves: [Curve], title: String, prevalence: Double?) -> Drawing {
    let plot = Plot(x: .share("sensitivity (recall)"), y: .share("precision"))
    let lines = curves.map { one in
      // Each threshold's precision holds for the sensitivity it adds: steps, as average precision sums them.
      var points: [(x: Double, y: Double)] = []
      var recall = 0.0
      for point in one.curve.points {
        points.append(plot.point(recall, point.precision))
        points.append(plot.point(point.recall, point.precision))
        recall = point.recall
      }
      return one.style.line(points)
    }
    let figures = curves.map {
      "\($0.name): average precision \(Format.fixed($0.curve.averagePrecision, 3))"
    }
    return Drawing(
      title: title,
      description: figures.isEmpty
        ? "No curve: there are not cases of both classes." : figures.joined(separator: "; ") + ".",
      caption: prevalence.map {
        "The dashed level, \(Format.fixed($0, 2)), is the share of positive cases: what a useless score has."
      } ?? "A class's share of the cases is what a useless score has.",
      width: plot.width, height: plot.height,
      content: plot.axes + (prevalence.map { [plot.reference(from: (0, $0), to: (1, $0))] } ?? []) + lines,
      legend: curves.map { .init(name: $0.name, style: $0.style) })
  }
}

extension SubjectFindings {
  /// The share of the cases that a class has.
  func share(of label: Int) -> Double {
    labels.isEmpty ? 0 : Double(labels.count { $0 == label }) / Double(labels.count)
  }
}
