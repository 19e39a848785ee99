import ZooCore
import ZooFormats

/// The tables and file names of one part of a data set, compared.
struct PartListing {
  let part: M3DVFolder.Part
  /// Names of the files that are there.
  let files: Set<String>
  /// Names in the table's order, each once, then those of files no table names.
  private(set) var names: [String] = []
  /// A case's label as written.
  private(set) var labels: [String: String] = [:]
  /// A case's patient.
  private(set) var patients: [String: String] = [:]
  private(set) var report: DatasetCheck.PartReport
  private(set) var findings: [DatasetFinding] = []

  /// An empty listing.
  init(part: DataPart, files: Set<String>) {
    self.part = part
    self.files = files
    report = DatasetCheck.PartReport(part: part)
    report.files = files.count
  }

  /// Notes down a case.
  mutating func take(_ item: Case) {
    names.append(item.name)
    report.rows += 1
    if let label = item.label {
      labels[item.name] = "\(label)"
      report.labels["\(label)", default: 0] += 1
    }
    guard let patient = item.patient else { return }
    patients[item.name] = patient
    report.patients = Set(patients.values).count
  }

  init(of part: M3DVFolder.Part, in folder: M3DVFolder) {
    self.init(part: part, files: Set(folder.names(in: part)))
    guard folder.hasTable(of: part) else {
      if part == .train || !files.isEmpty {
        let expected = part == .train ? "name,label" : "name,predicted"
        findings.append(
          DatasetFinding(
            .badTable, part == .train ? .error : .warning,
            Problem("no such table", at: folder.tablePath(of: part), expected: "a CSV file \(expected)")))
      }
      names = files.sorted()
      return
    }
    do {
      let table = try part == .train ? folder.trainTable() : folder.testTable()
      report.rows = table.rows.count
      try read(table, folder)
      if part == .train { try readLabels(of: table) }
      if part == .train || table.has(column: "patient") { readPatients(of: table) }
    } catch {
      add(.badTable, .error, error as? Problem ?? Problem("\(error)", at: folder.tablePath(of: part)))
    }
    if part == .test { readTestLabels(in: folder) }
    findUnlisted(in: folder)
    let values = Set(patients.values)
    report.patients = values.isEmpty ? nil : values.count
  }

  mutating func add(
    _ kind: DatasetFinding.Kind, _ severity: DatasetFinding.Severity, _ problem: Problem
  ) {
    findings.append(DatasetFinding(kind, severity, problem))
  }

  /// The names: each a possible file name, once, with its file.
  private mutating func read(_ table: CSVTable, _ folder: M3DVFolder) throws {
    var seen: Set<String> = []
    for (row, name) in try table.column("name").enumerated() {
      let place = table.place(ofRow: row)
      guard !name.isEmpty, name != "..", !name.contains("/"), !name.utf8.contains(0) else {
        add(
          .badName, .error,
          Problem("not the name of a file", at: place, expected: "NAME of NAME.npz", found: "\"\(name)\""))
        continue
      }
      guard seen.insert(name).inserted else {
        add(
          .repeatedName, .error,
          Problem("\"\(name)\" stands in the table twice", at: place, next: "remove one row"))
        continue
      }
      names.append(name)
      if !files.contains(name) {
        add(
          .missingFile, .error,
          Problem("no such file", at: folder.file(of: name, in: part), next: "\(place) names it"))
      }
    }
  }

  /// The labels: whole numbers from 0 on, two classes at least, none left out.
  private mutating func readLabels(of table: CSVTable) throws {
    var classes: Set<Int> = []
    for (row, (name, label)) in zip(try table.column("name"), try table.column("label")).enumerated() {
      report.labels[label, default: 0] += 1
      // Tables that passed through floats hold "1.0".
      guard let number = Double(label).flatMap({ Int(exactly: $0) }), (0..<1000).contains(number) else {
        let expected = "a class: 0, 1, …"
        add(
          .badLabel, .error,
          Problem("wrong label", at: table.place(ofRow: row), expected: expected, found: "\"\(label)\""))
        continue
      }
      classes.insert(number)
      if let other = labels[name], other != label {
        add(
          .labelConflict, .error,
          Problem("\"\(name)\" has two labels", at: table.place(ofRow: row), expected: other, found: label))
      }
      labels[name] = label
    }
    if classes.count < 2 {
      let found = classes.isEmpty ? "no label" : "label \(classes.reduce(0, +)) only"
      add(
        .classes, .error,
        Problem("fewer than two classes: ROC-AUC is undefined", at: table.place, found: found))
    } else if let greatest = classes.max(), greatest >= classes.count {
      let missing = (0..<greatest).filter { !classes.contains($0) }.map(String.init).joined(separator: ", ")
      add(.classes, .warning, Problem("classes without case", at: table.place, found: missing))
    }
  }

  private mutating func readPatients(of table: CSVTable) {
    guard let names = try? table.column("name"), let values = try? table.column("patient") else { return }
    for (name, patient) in zip(names, values) where !patient.isEmpty { patients[name] = patient }
  }

  /// `test_labels.csv`, which a data set may have: labels and patients of the test part.
  private mutating func readTestLabels(in folder: M3DVFolder) {
    let path = Files.join(folder.path, "test_labels.csv")
    guard Files.exists(path) else { return }
    do {
      let table = try CSVTable(reading: path)
      for (name, label) in zip(try table.column("name"), try table.column("label")) {
        labels[name] = label
        report.labels[label, default: 0] += 1
      }
      readPatients(of: table)
    } catch {
      add(.badTable, .error, error as? Problem ?? Problem("\(error)", at: path))
    }
  }

  private mutating func findUnlisted(in folder: M3DVFolder) {
    for name in files.subtracting(names).sorted() {
      let path = folder.file(of: name, in: part)
      add(.unlistedFile, .warning, Problem("no row in \(part.tableName) names this file", at: path))
      names.append(name)
    }
  }

  /// Patients with cases in both parts.
  static func leaks(between listings: [PartListing], in path: String) -> [DatasetFinding] {
    let patients = listings.map { Set($0.patients.values) }
    guard patients.count == 2 else { return [] }
    return patients[0].intersection(patients[1]).sorted().map { patient in
      DatasetFinding(
        .leak, .error,
        Problem("patient \"\(patient)\" in training and test part", at: path, next: "move all to one"))
    }
  }
}
