/// What a figure is called in the page.
struct FigureTitle {
  /// Its name in `comparison.json`: `log_loss`.
  let name: String
  /// The same for people, with an arrow where less is better.
  var text: String { FigureTitle.isBetterLow.contains(name) ? "\(plain) ↓" : plain }
  /// The same without the arrow.
  var plain: String {
    if let text = FigureTitle.texts[name] { return text }
    let words = name.split(separator: "_")
    // `class_2_auc`
    return words.first == "class" && words.last == "auc" && words.count == 3
      ? "AUC of class \(words[1]) against the rest" : words.joined(separator: " ")
  }

  static let calibrationError = "expected_calibration_error"

  private static let first = ["average_precision", "brier", "log_loss", calibrationError]

  private static let isBetterLow: Set = ["brier", "log_loss", calibrationError]

  private static let texts = [
    "brier": "Brier score",
    calibrationError: "calibration error", "f1": "F1",
    "macro_f1": "mean F1 of the classes",
    "macro_average_precision": "mean average precision of the classes",
    "weighted_auc": "mean AUC of the classes, weighted by their cases",
    "partial_auc_specificity_90": "partial AUC, specificity ≥ 0.90",
    "sensitivity_at_specificity_90": "sensitivity at specificity 0.90",
    "specificity_at_sensitivity_90": "specificity at sensitivity 0.90",
    "matthews_correlation": "Matthews correlation", "precision": "positive predictive value",
  ]

  /// All figures that any subject has but the AUC, which has a table of its own.
  static func ordered(_ names: [[String]]) -> [FigureTitle] {
    var known: [String] = []
    for name in first + names.joined() where name != "auc" && !known.contains(name) { known.append(name) }
    return known.filter { name in names.contains { $0.contains(name) } }.map { FigureTitle(name: $0) }
  }
}
