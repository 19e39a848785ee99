import ZooCore
import ZooFormats

extension PartListing {
  /// The cases of a part of any kind of data set. A test part without cases is nothing wrong.
  init(of part: DataPart, in source: any DataSource) {
    self.init(part: part, files: [])
    let list: CaseList
    do {
      list = try source.cases(of: part, classes: nil)
    } catch {
      if part == .train { add(.badTable, .error, error as? Problem ?? Problem("\(error)", at: source.path)) }
      return
    }
    // Labels that cannot be read leave a finding, and the rest is looked at all the same.
    var labelled = list.cases
    do {
      labelled = try source.cases(of: part, classes: 65_536).cases
    } catch {
      if part == .train { add(.badLabel, .error, error as? Problem ?? Problem("\(error)", at: list.place)) }
    }
    for (item, place) in zip(labelled, list.places) {
      take(item)
      guard let file = source.file(of: item, in: part), !Files.exists(file) else { continue }
      add(.missingFile, .error, Problem("no such file", at: file, next: "\(place) names it"))
    }
    if part == .train { checkClasses(of: labelled, at: list.place) }
    findLeaks(between: labelled, at: list.place)
  }

  private mutating func checkClasses(of cases: [Case], at place: String) {
    let classes = Set(cases.compactMap(\.label))
    guard !classes.isEmpty else { return }
    if classes.count < 2 {
      add(.classes, .error, Problem("fewer than two classes: ROC-AUC is undefined", at: place))
    } else if let greatest = classes.max(), greatest >= classes.count {
      let missing = (0..<greatest).filter { !classes.contains($0) }.map(String.init).joined(separator: ", ")
      add(.classes, .warning, Problem("classes without case", at: place, found: missing))
    }
  }

  /// Patients on both sides of the data's own split.
  private mutating func findLeaks(between cases: [Case], at place: String) {
    func patients(_ role: Case.Role) -> Set<String> {
      Set(cases.filter { $0.role == role }.compactMap(\.patient))
    }
    for patient in patients(.training).intersection(patients(.validation)).sorted() {
      add(
        .leak, .error, Problem("patient \"\(patient)\" in train and val", at: place, next: "move all to one"))
    }
  }
}
