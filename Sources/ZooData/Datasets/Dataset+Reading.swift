import ZooCore
import ZooFormats

extension Dataset {
  /// Reads a part of a data set: its list of cases, and of every case's volume what the format asks for.
  ///
  /// `classes` bounds the labels; nil reads none. Volumes are decoded on `threads` threads; the result is the same for
  /// any number of them. `skippingMissing` leaves out cases without a file, if any has one. Of all that can be wrong the first case's `Problem` is thrown. Holds C·D·H·W bytes a case (twice
  /// that for whole numbers of 16 bits, four times for others), and a whole volume a thread meanwhile.
  public init(
    reading source: any DataSource, part: DataPart = .train, format: SampleFormat, classes: Int?,
    skippingMissing: Bool = false, threads: Int,
    progress: @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
  ) throws {
    let list = try source.cases(of: part, classes: classes)
    let files = list.cases.map { source.file(of: $0, in: part) }
    let missing = files.indices.filter { files[$0].map { !Files.exists($0) } ?? false }
    var cases = list.cases
    if skippingMissing, missing.count < cases.count {
      let gone = Set(missing)
      cases = cases.indices.filter { !gone.contains($0) }.map { cases[$0] }
    } else if let first = missing.first {
      throw Problem(
        "case \"\(list.cases[first].name)\" has no file", at: list.places[first], expected: files[first],
        found: missing.count == 1 ? nil : "\(missing.count) of \(files.count) cases without one",
        next: "add the file, remove the row, or predict with --skip-missing")
    }
    try source.memory(of: part, format: format, threads: threads)?
      .requireFit(in: MachineMemory.available, at: list.place)
    let cuts = try source.volumes(
      of: cases, in: part, masks: format.mask != .ignore, threads: threads, progress: progress
    ) { _, volume in
      let volume = try volume.get()
      return (try Crop.cut(volume, format: format), try VolumeSketch(volume.voxels))
    }
    self.init(
      place: list.place, cases: cases, crops: cuts.map(\.0.crop), sketches: cuts.map(\.1), format: format,
      warnings: cuts.compactMap(\.0.warning))
  }
}
