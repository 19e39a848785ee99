/// Loss or AUC by epoch, a line a run.
enum LearningFigure {
  /// The loss of all runs: training faint, validation full.
  static func losses(_ runs: [ReportRun], style: SeriesStyle) -> Drawing {
    let epochs = runs.flatMap(\.epochs)
    let values = epochs.flatMap { [$0.loss, $0.validationLoss] }
    let plot = Plot(
      x: epochAxis(runs), y: Axis("loss", covering: values + [0], limits: 0 ... .greatestFiniteMagnitude),
      height: 260)
    var content = plot.axes
    for run in runs {
      content.append(line(run, plot, class: "line training") { $0.loss })
      content.append(line(run, plot, class: "line \(style.colourClass)") { $0.validationLoss })
    }
    for run in runs {
      content += best(run, plot, style) { $0.validationLoss }
    }
    return Drawing(
      title: "Loss by epoch",
      description: sentence(runs, "validation loss", decimals: 3) { $0.validationLoss },
      caption: "Full: validation. Dashed: training. "
        + (runs.count > 1 ? "One line for each of the \(runs.count) runs; the" : "The")
        + " point marks the epoch that was kept.",
      width: plot.width, height: plot.height, content: content)
  }

  /// The validation AUC of all runs.
  static func aucs(_ runs: [ReportRun], style: SeriesStyle) -> Drawing {
    let values = runs.flatMap(\.epochs).compactMap(\.validationAUC)
    let plot = Plot(
      x: epochAxis(runs), y: Axis("validation AUC", covering: values, limits: 0...1), height: 260)
    let lines = runs.map { run in line(run, plot, class: "line \(style.colourClass)") { $0.validationAUC } }
    return Drawing(
      title: "Validation AUC by epoch", description: sentence(runs, "AUC", decimals: 3) { $0.validationAUC },
      caption: (runs.count > 1 ? "One line for each of the \(runs.count) runs; the" : "The")
        + " point marks the epoch that was kept"
        + (runs.allSatisfy(\.isChosenByJudges) ? ", chosen by this figure." : "."),
      width: plot.width, height: plot.height,
      content: plot.axes + lines + runs.flatMap { run in best(run, plot, style) { $0.validationAUC } })
  }

  private static func epochAxis(_ runs: [ReportRun]) -> Axis {
    let last = runs.flatMap { $0.epochs.map(\.epoch) }.max() ?? 1
    return Axis(
      "epoch", covering: [1, Double(last)], about: 6, limits: 1...Double(max(last, 2)), whole: true)
  }

  private static func line(
    _ run: ReportRun, _ plot: Plot, class name: String, value: (ReportRun.Epoch) -> Double?
  ) -> Markup {
    let points = run.epochs.compactMap { epoch in
      value(epoch).flatMap { $0.canBeDrawn ? plot.point(Double(epoch.epoch), $0) : nil }
    }
    let text = points.map { "\($0.x.attribute),\($0.y.attribute)" }.joined(separator: " ")
    return Markup("polyline", ["class": name, "points": text])
  }

  private static func best(
    _ run: ReportRun, _ plot: Plot, _ style: SeriesStyle, value: (ReportRun.Epoch) -> Double?
  ) -> [Markup] {
    guard let epoch = run.epochs.first(where: { $0.epoch == run.keptEpoch }), let y = value(epoch),
      y.canBeDrawn
    else { return [] }
    let place = plot.point(Double(epoch.epoch), y)
    return [style.marker(x: place.x, y: place.y, radius: 3.5)]
  }

  private static func sentence(
    _ runs: [ReportRun], _ what: String, decimals: Int, value: (ReportRun.Epoch) -> Double?
  ) -> String {
    let parts = runs.compactMap { run -> String? in
      guard let first = run.epochs.first, let kept = run.epochs.first(where: { $0.epoch == run.keptEpoch }),
        let start = value(first), let end = value(kept)
      else { return nil }
      return
        "\(run.name): \(what) \(start.canBeDrawn ? Format.fixed(start, decimals) : "out of bounds") after the first of \(run.epochs.count) "
        + "epochs, \(end.canBeDrawn ? Format.fixed(end, decimals) : "out of bounds") at the kept epoch \(run.keptEpoch)"
    }
    return parts.isEmpty ? "No epochs are known." : parts.joined(separator: "; ") + "."
  }
}

extension Double {
  /// Whether it is a number that an axis can hold: a training that diverged has others.
  fileprivate var canBeDrawn: Bool { isFinite && abs(self) < 1e15 }
}
