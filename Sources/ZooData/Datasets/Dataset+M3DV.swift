import ZooCore
import ZooFormats

extension Dataset {
  /// Reads a part of a folder in M3DV layout: its table, and of every case's file what the format asks for.
  ///
  /// `classes` bounds the labels; nil reads none, and the test part has none. Files are decoded on `threads` threads;
  /// the result is the same for any number of them. Of all that can be wrong the first case's `Problem` is thrown.
  /// Holds C·D·H·W bytes a case (four times that if voxels are not uint8), and a whole volume a thread meanwhile.
  public init(
    reading folder: M3DVFolder, part: M3DVFolder.Part = .train, format: SampleFormat, classes: Int?,
    threads: Int, progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    let table = try part == .train ? folder.trainTable() : folder.testTable()
    let cases = try CaseTable(table: table).cases(classes: part == .train ? classes : nil)
    let paths = cases.map { folder.file(of: $0.name, in: part) }
    let missing = paths.indices.filter { !Files.exists(paths[$0]) }
    if let first = missing.first {
      throw Problem(
        "case \"\(cases[first].name)\" has no file", at: table.place(ofRow: first), expected: paths[first],
        found: missing.count == 1 ? nil : "\(missing.count) of \(cases.count) cases without one",
        next: "add the file or remove the row")
    }
    let contents = try Parallel.map(paths, threads: threads, progress: progress) {
      try CaseFile(path: $0).read(format)
    }
    self.init(
      place: table.place, cases: cases, crops: contents.map(\.crop), format: format,
      warnings: contents.compactMap(\.warning))
  }
}
