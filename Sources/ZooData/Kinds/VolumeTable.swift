import ZooCore
import ZooFormats

/// A table of volumes: a CSV file with the columns `file` (`.nii`, `.nii.gz`, `.npy`, `.npz`; paths from the table's folder)
/// and, if there are any, `mask`, `label`, `patient`, `name` (else the file's), `part` (`train`, `val`, `test`).
///
/// Without `part` cases with a label are for training, those without for the test. A crop lies about the middle of the box
/// around the mask, without mask about the volume's.
public struct VolumeTable: FileDataSource {
  /// `table of volumes`
  public static let kind = "table of volumes"
  /// What the table holds.
  public static let layout = "a CSV table with columns file and label"

  /// The table, or the folder it is alone in.
  public let path: String
  /// Labels alone tell.
  public let classes: Int? = nil
  /// Nothing: volumes may differ.
  public let traits: [String] = []
  private let table: CSVTable
  private let folder: String

  /// Opens a CSV file with a column `file`, or a folder with exactly one.
  public init?(recognizing path: String) throws {
    var file = path
    if Files.isFolder(path) {
      let tables = try Files.list(path).filter { name in
        name.hasSuffix(".csv") && (try? CSVTable(reading: Files.join(path, name)).has(column: "file")) == true
      }
      guard let only = tables.first else { return nil }
      guard tables.count == 1 else {
        throw Problem(
          "several tables of volumes", at: path, found: tables.joined(separator: ", "),
          next: "name one of them")
      }
      file = Files.join(path, only)
    }
    guard file.hasSuffix(".csv") else { return nil }
    table = try CSVTable(reading: file)
    _ = try table.index(of: "file")
    folder = Files.folder(of: file)
    self.path = path
  }

  /// The rows of a part.
  public func cases(of part: DataPart, classes: Int?) throws -> CaseList {
    let known = ["name", "label", "patient", "part"]
    let files = try table.column("file")
    func fields(_ column: String) throws -> [String] {
      table.has(column: column) ? try table.column(column) : files.map { _ in "" }
    }
    let (names, labels) = (try fields("name"), try fields("label"))
    let (patients, parts) = (try fields("patient"), try fields("part"))
    let hasParts = table.has(column: "part")
    var (cases, places, lines): ([Case], [String], [String: Int]) = ([], [], [:])
    for row in files.indices {
      let place = table.place(ofRow: row)
      let (own, role) = try self.part(
        parts[row], hasParts: hasParts, isLabelled: !labels[row].isEmpty, at: place)
      guard !files[row].isEmpty else { throw Problem("a case has no file", at: place) }
      let last = files[row].split(separator: "/").last.map(String.init) ?? files[row]
      let name = names[row].isEmpty ? VolumeFile.stem(of: last) ?? last : names[row]
      if let line = lines.updateValue(table.lines[row], forKey: name) {
        throw Problem(
          "case \"\(name)\" stands twice", at: place, found: "the first on line \(line)",
          next: "give the cases names in a column \"name\"")
      }
      guard own == part else { continue }
      let label = try classes.map { try CaseTable(table: table).label(labels[row], classes: $0, at: place) }
      let columns = table.header.enumerated().filter { !known.contains($1) }.map { ($1, table.rows[row][$0]) }
      cases.append(
        Case(
          name: name, label: label, patient: patients[row].isEmpty ? nil : patients[row], role: role,
          columns: Dictionary(columns) { first, _ in first }))
      places.append(place)
    }
    guard !cases.isEmpty else {
      throw Problem(
        "has no cases of part \(part.rawValue)", at: table.place,
        expected: hasParts
          ? "rows of that part" : part == .train ? "rows with a label" : "rows without label",
        next: "choose another --part, or add a column \"part\" (train, val, test)")
    }
    return CaseList(place: table.place, cases: cases, places: places)
  }

  private func part(
    _ text: String, hasParts: Bool, isLabelled: Bool, at place: String
  ) throws -> (DataPart, Case.Role?) {
    guard hasParts else { return (isLabelled ? .train : .test, nil) }
    switch text {
    case "train": return (.train, .training)
    case "val": return (.train, .validation)
    case "test": return (.test, nil)
    default: throw Problem("wrong part", at: place, expected: "train, val or test", found: "\"\(text)\"")
    }
  }

  /// The case's file.
  public func file(of item: Case, in part: DataPart) -> String? { resolved(item.columns["file"] ?? "") }

  /// The volume's file, and the mask's if it has one.
  public func files(of item: Case, in part: DataPart) -> [String] {
    [resolved(item.columns["file"] ?? "")] + [mask(of: item)].compactMap(\.self)
  }

  private func resolved(_ file: String) -> String { file.hasPrefix("/") ? file : Files.join(folder, file) }

  private func mask(of item: Case) -> String? {
    item.columns["mask"].flatMap { $0.isEmpty ? nil : resolved($0) }
  }

  /// The header of the case's file.
  public func header(of item: Case, in part: DataPart) throws -> VolumeHeader {
    try VolumeFile.header(of: resolved(item.columns["file"] ?? ""), mask: mask(of: item))
  }

  /// Decodes the volume, and its mask if it has one: the crop lies about it even where the network does not see it.
  public func volume(of item: Case, in part: DataPart, mask: Bool) throws -> Volume {
    try VolumeFile.volume(of: resolved(item.columns["file"] ?? ""), mask: self.mask(of: item), masked: mask)
  }
}
