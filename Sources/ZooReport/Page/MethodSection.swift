import ZooStatistics

/// How the figures were made.
struct MethodSection: PageSection {
  let findings: Findings
  let title = "How to read the figures"

  private var contents: ReportContents { findings.contents }

  func body(figure: (Drawing) -> Markup) -> [Markup] {
    let isBinary = contents.cases.classes == 2
    let pairs =
      contents.table.pairs > 1 ? "all \(contents.table.pairs) pairs of rows" : "all pairs of rows"
    let lines = [
      "AUC: the chance that a case of a class scores higher than one that is not of it, a tie counting half; interval by "
        + "DeLong’s variance and Student’s quantile on the logit scale."
        + (isBinary ? "" : " Of each class against the rest, and their plain mean."),
      "Differences: DeLong’s paired test over the same cases; p after Holm’s correction over \(pairs); “tied” where it is "
        + "0.05 or above, which means that these cases cannot tell, not that there is no difference. Intervals by Zou "
        + "and Yue are for each pair alone and may disagree with p at the margin.",
      "Bands of ROC curves: at each place Wilson’s interval for as many cases as the sensitivity’s variance is worth, "
        + "with that of not knowing the threshold; right there 95 times in 100, not for the whole curve at once.",
      "Calibration error: the mean distance between what was said and what came true, in ten bins. It is above 0 by chance "
        + "even for a perfect model, so what such a one would show, 95 times in 100, stands beside it.",
    ]
    return [
      Markup(
        "ul", [:], (lines + sight + baselines + [intervals]).map { Markup("li", [:], [Markup(text: $0)]) })
    ]
  }

  /// What cannot be seen reliably; none where the page does not speak of it.
  private var sight: [String] {
    switch contents.table.sight?.limit {
    case .difference, .any: break
    case .extreme, .twins, .classes, nil: return []
    }
    let pairs = contents.table.pairs
    let level = pairs > 1 ? "0.05 / \(pairs), as Holm asks of the first pair" : "0.05"
    return [
      "“Cannot be seen reliably”: a true difference as small as that is found in fewer than 80 of 100 such sets of cases, "
        + "where p has to be below \(level)."
    ]
  }

  /// What the baselines know; none where there are none.
  private var baselines: [String] {
    guard contents.subjects.contains(where: { $0.kind == .baseline }) else { return [] }
    return [
      "The rows “shape” and “volume” know only what the mask alone tells: its size and shape and how bright it is inside, or "
        + "the number of its voxels. A network that does not beat them has not shown that it sees more."
    ]
  }

  /// What the intervals of the other figures were made by.
  private var intervals: String {
    let figures = findings.subjects.first?.figures ?? []
    var methods: [Figure.Method] = []
    for figure in figures where figure.method != .delong && !methods.contains(figure.method) {
      methods.append(figure.method)
    }
    let parts = methods.map { method in
      let names = figures.filter { $0.method == method }.map { FigureTitle(name: $0.name).plain }
      return "\(words(method)) (\(names.joined(separator: ", ")))"
    }
    return "Intervals of the other figures: \(parts.joined(separator: "; "))."
  }

  private func words(_ method: Figure.Method) -> String {
    switch method {
    case .delong: "DeLong’s variance and Student’s quantile on the logit scale"
    case .wilson: "Wilson’s"
    case .operatingRate: "Wilson’s for as many cases as the variance is worth, as for the bands"
    case .stratifiedWilson: "Wilson’s intervals of its rates at one quantile, by Yan and Su"
    case .jackknife: "the jackknife’s variance on the logit scale"
    case .probitJackknife: "the jackknife’s variance on the probit scale"
    case .bootstrap: "bootstrap of 2,000 replicates, BCa ends"
    case .bootstrapT: "bootstrap-t of 2,000 replicates"
    case .inversion: "the errors with which a test of these bins agrees"
    }
  }
}
