import ZooData
import ZooReport
import ZooTraining

extension ReportData {
  /// The data that cases were judged of: for each fold, or for what was held back and what was trained on, cases by class
  /// and patients.
  init(
    _ source: (any DataSource)?, _ record: ComparisonRecord, judged: Predictions, folds: [Int]
  ) throws {
    guard let source else {
      self.init(path: record.data)
      return
    }
    let cases = try source.cases(of: record.part, classes: judged.classes).cases
    let fold = Dictionary(zip(judged.names, folds)) { first, _ in first }
    func part(_ name: String, _ own: [Case]) -> Part {
      let patients = own.compactMap(\.patient)
      return Part(
        name: name, counts: (0..<judged.classes).map { label in own.count { $0.label == label } },
        patients: patients.isEmpty ? nil : Set(patients).count)
    }
    let all = Set(folds).sorted()
    var parts =
      all.count > 1 ? all.map { one in part("fold \(one)", cases.filter { fold[$0.name] == one }) } : []
    let held = cases.filter { fold[$0.name] != nil }
    guard !held.isEmpty else {
      let counts = (0..<judged.classes).map { label in judged.labels.count { $0 == label } }
      self.init(
        summary: source.summary, path: record.data,
        parts: [Part(name: "judged", counts: counts, patients: nil)])
      return
    }
    let others = cases.filter { fold[$0.name] == nil }
    let isTest = record.part == .test
    parts.append(part(isTest ? "test" : all.count > 1 ? "all folds" : "held back and judged", held))
    if !others.isEmpty { parts.append(part(isTest ? "not judged" : "trained on", others)) }
    self.init(summary: source.summary, path: record.data, parts: parts)
  }
}
