import ZooCore
import ZooData

extension MaskBaselines {
  /// Baselines beside predictions of all labelled cases where no training says how they were held back: fitted in five folds
  /// of patients, fewer where there are not as many, and a note that says so.
  init(besideAll predictions: Predictions, from survey: MaskSurvey, seed: Seed) throws {
    let cases = try survey.data.cases(of: .train, classes: predictions.classes).cases
    let groups = PatientGroups(
      patients: cases.map(\.patient), labels: try predictions.knownLabels())
    let count = min(5, groups.groups.count)
    let shares = [Double](repeating: 1 / Double(max(1, count)), count: count)
    let folds = groups.dealt(by: shares, seed: seed.child("baselines")).map { $0 + 1 }
    let baselines = try MaskBaselines(beside: predictions, folds: folds, from: survey)
    let names = BaselineKind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " and ")
    let note =
      "no training says in which folds the cases were held back: \(names) are fitted in \(count) of patients"
    self.init(all: baselines.all, notes: baselines.all.isEmpty ? baselines.notes : [note])
  }
}
