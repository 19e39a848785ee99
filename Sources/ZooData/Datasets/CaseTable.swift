import ZooCore
import ZooFormats

/// Turns a table's rows into cases: `name`, `label` where it is asked for, `patient` if there, and the rest.
struct CaseTable {
  let table: CSVTable

  /// The cases, in order. Problems name file and line: an id that is empty or stands twice, a label that is no whole
  /// number from 0 up to one less than `classes`. Without `classes` labels are not read.
  func cases(classes: Int?) throws -> CaseList {
    guard !table.rows.isEmpty else {
      throw Problem("has no cases", at: table.place, expected: "a row a case")
    }
    let nameColumn = try table.index(of: "name")
    let labelColumn = try classes.map { _ in try table.index(of: "label") }
    let patientColumn = table.has(column: "patient") ? try table.index(of: "patient") : nil
    let others = table.header.indices.filter { ![nameColumn, labelColumn, patientColumn].contains($0) }
    var lines: [String: Int] = [:]
    let cases = try table.rows.enumerated().map { row, fields in
      let name = fields[nameColumn]
      guard !name.isEmpty else { throw Problem("a case has no name", at: table.place(ofRow: row)) }
      if let line = lines.updateValue(table.lines[row], forKey: name) {
        throw Problem(
          "case \"\(name)\" stands twice", at: table.place(ofRow: row), found: "the first on line \(line)",
          next: "remove one of them")
      }
      var label: Int?
      if let classes, let labelColumn {
        label = try self.label(fields[labelColumn], classes: classes, at: table.place(ofRow: row))
      }
      let patient = patientColumn.map { fields[$0] }
      return Case(
        name: name, label: label, patient: patient == "" ? nil : patient,
        columns: Dictionary(others.map { (table.header[$0], fields[$0]) }) { first, _ in first })
    }
    return CaseList(place: table.place, cases: cases, places: cases.indices.map { table.place(ofRow: $0) })
  }

  /// The same cases with the labels, and what else this table has of them; one that it does not have is a `Problem`.
  func labelling(_ list: CaseList, classes: Int) throws -> CaseList {
    let known = Dictionary(try cases(classes: classes).cases.map { ($0.name, $0) }) { first, _ in first }
    let cases = try list.cases.map { item in
      guard let own = known[item.name] else {
        throw Problem("case \"\(item.name)\" has no label", at: table.place, next: "add it to the table")
      }
      return Case(
        name: item.name, label: own.label, patient: item.patient ?? own.patient, role: item.role,
        columns: item.columns.merging(own.columns) { $1 })
    }
    return CaseList(place: list.place, cases: cases, places: list.places)
  }

  func label(_ text: String, classes: Int, at place: String) throws -> Int {
    // Tables that passed through floats hold "1.0".
    guard let number = Double(text), let label = Int(exactly: number), (0..<classes).contains(label) else {
      throw Problem(
        "wrong label", at: place, expected: "a whole number from 0 to \(classes - 1)", found: "\"\(text)\"")
    }
    return label
  }
}
