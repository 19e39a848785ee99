import Foundation
import Testing
import ZooCore
import ZooData
import ZooFormats

/// What nibabel and SciPy read in the files of scripts/fixtures/nifti.py.
private struct Expected {
  let name: String
  let shape: [Int]
  let values: [Double?]
  let grid: [Int]
  let resampled: [Double?]
}

private func expectations() throws -> (spacing: [Double], list: [Expected]) {
  let path = dataFixture("nifti/expected.json")
  let value = try JSONValue(parsing: try Files.read(path), from: path)
  guard case .object(let all) = value, case .object(let files)? = all["files"] else {
    throw Problem("no files", at: path)
  }
  func numbers(_ value: JSONValue, _ key: String) throws -> [Double?] {
    try value.list(key).map { if case .number(let number) = $0 { number } else { nil } }
  }
  let list = try files.sorted { $0.key < $1.key }.map { name, entry in
    Expected(
      name: name, shape: try entry.integers("shape"), values: try numbers(entry, "values"),
      grid: try entry.integers("grid"), resampled: try numbers(entry, "resampled"))
  }
  return (try numbers(value, "spacing").compactMap(\.self), list)
}

/// A table of one volume, in a folder that goes with it.
private final class Table {
  let folder: URL
  let path: String

  init(_ rows: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "zoo-nifti-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appending(path: "volumes.csv").path
    try Data(rows.utf8).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func read(_ format: SampleFormat, part: DataPart = .train) throws -> Dataset {
    try Dataset(reading: DataKinds.builtIn.open(path), part: part, format: format, classes: 2, threads: 2)
  }
}

private func row(_ file: String) -> String { dataFixture("nifti/\(file)") }

@Test func volumesLieAsNibabelLaysThem() throws {
  let list = try expectations().list
  #expect(list.count == 24)
  for one in list {
    let format = SampleFormat(size: Array(one.shape[1...]), volumeChannels: one.shape[0], mask: .ignore)
    let data = try Table("file,label\n\(row(one.name)),1\n").read(format)
    #expect(sample(data, 0) == one.values.map { Float($0 ?? .nan) }, "\(one.name)")
  }
}

@Test func volumesAreResampledAsSciPyDoes() throws {
  let (spacing, list) = try expectations()
  for one in list {
    let format = SampleFormat(
      size: Array(one.grid[1...]), volumeChannels: one.grid[0], mask: .ignore, padding: -7777,
      spacing: spacing)
    let values = sample(try Table("file,label\n\(row(one.name)),1\n").read(format), 0)
    #expect(values.count == one.resampled.count)
    // The numbers of the file have single precision, and so have ours; they reach some 2,000.
    let worst = zip(values, one.resampled).map { own, expected in
      expected.map { abs(Double(own) - $0) } ?? 0
    }.max { !($0 >= $1) }
    #expect((worst ?? .nan) < 2e-3, "\(one.name)")
  }
}

@Test func aCropLiesAboutItsMask() throws {
  let table = try Table("file,mask,label\n\(row("flipped.nii.gz")),\(row("mask.nii.gz")),1\n")
  let whole = try Table("file,label\n\(row("flipped.nii.gz")),1\n")
    .read(SampleFormat(size: [3, 4, 5], mask: .ignore))
  let all = sample(whole, 0)
  // Inside are x 1 ..< 3, y 2 ..< 4, z 0 ..< 2 as stored; x and z run against the body's axes there.
  let (depth, height, width) = (1..<3, 2..<4, 2..<4)
  let inside = depth.flatMap { d in height.flatMap { h in width.map { w in all[(d * 4 + h) * 5 + w] } } }
  for use in [SampleFormat.Mask.multiply, .ignore] {
    #expect(sample(try table.read(SampleFormat(size: [2, 2, 2], mask: use)), 0) == inside)
  }
  let channel = sample(try table.read(SampleFormat(size: [2, 2, 2], mask: .channel)), 0)
  #expect(channel == inside + Array(repeating: 255, count: 8))
}

@Test func aWindowMapsItsEndsTo0And255() throws {
  let one = try #require(try expectations().list.first { $0.name == "scaled.nii" })
  let format = SampleFormat(size: [3, 4, 5], mask: .ignore, window: -1200 ... -900)
  let values = sample(try Table("file,label\n\(row(one.name)),1\n").read(format), 0)
  for (own, stored) in zip(values, one.values) {
    let expected = min(max(((stored ?? .nan) + 1200) / 300, 0), 1) * 255
    #expect(abs(Double(own) - expected) < 1e-4)
  }
  #expect(values.contains(0) && values.contains(255))
}

@Test(arguments: [
  ("cut_header.nii", "the header is cut short"), ("cut_voxels.nii", "cut short"),
  ("magic.nii", "not a NIfTI file"), ("pair.nii", "a file of their own"),
  ("negative.nii", "wrong sizes of the axes"), ("huge.nii", "too large"),
  ("two_series.nii", "too many axes"), ("axes.nii", "wrong number of axes"),
  ("type.nii", "unsupported type of voxels"), ("bits.nii", "bits of a voxel"),
  ("offset.nii", "wrong place of the voxels"), ("offset_nan.nii", "wrong place of the voxels"),
  ("pixdim.nii", "wrong voxel sizes"), ("qform.nii", "wrong quaternion"),
  ("sform.nii", "the sform does not say"), ("flat.nii", "the sform does not say"),
  ("inter.nii", "wrong scl_inter"), ("cut.nii.gz", "cut short"), ("checksum.nii.gz", "damaged data"),
  ("bomb.nii.gz", "too large"),
])
func damagedNIfTIFilesSayWhy(file: String, message: String) throws {
  let format = SampleFormat(size: [3, 4, 5], mask: .ignore)
  let problem = #expect(throws: Problem.self) {
    try Table("file,label\n\(row("bad/\(file)")),1\n").read(format)
  }
  let line = try #require(problem).description
  #expect(line.contains(message) && line.contains(file), "\(line)")
}

@Test func everyByteOfAHeaderMayBeWrong() throws {
  let table = try Table("file,label\nx.nii,1\n")
  let sound = try Files.read(row("int16.nii"))
  let format = SampleFormat(size: [3, 4, 5], mask: .ignore, spacing: [1, 1, 1])
  for offset in 0..<352 {
    for value in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
      var bytes = sound
      bytes[offset] = value
      try Data(bytes).write(to: table.folder.appending(path: "x.nii"))
      do { _ = try table.read(format) } catch { #expect(error is Problem) }
    }
  }
}

@Test func tablesSayWhatACaseIsFor() throws {
  let file = row("int16.nii")
  let parts = try Table(
    "name,file,label,patient,part\na,\(file),0,p,train\nb,\(file),1,p,val\nc,\(file),1,,test\n")
  let source = try DataKinds.builtIn.open(parts.folder.path)
  #expect(source.summary == "table of volumes, 1 training, 1 validation, 1 test cases")
  #expect(try source.cases(of: .train, classes: 2).cases.map(\.role) == [.training, .validation])
  #expect(try source.cases(of: .test, classes: 2).cases.map(\.label) == [1])
  let one = try Table("file,label\n\(file),0\nb.nii,\n")
  // The folders go with the tables.
  defer { withExtendedLifetime((parts, one)) {} }
  let plain = try DataKinds.builtIn.open(one.path)
  #expect(try plain.cases(of: .train, classes: 2).cases.map(\.name) == ["int16"])
  #expect(try plain.cases(of: .test, classes: nil).cases.map(\.name) == ["b"])
  for (rows, message) in [
    ("file,part\n\(file),all\n", "wrong part"), ("file,label\n\(file),0\n\(file),1\n", "stands twice"),
    ("file,label\n,0\n", "has no file"), ("file,label\nnone.nii,1\n", "has no file"),
    ("file,label\n\(file),2\n", "wrong label"), ("file,label\nx.dcm,1\n", "has no file"),
  ] {
    let format = SampleFormat(size: [3, 4, 5], mask: .ignore)
    let problem = #expect(throws: Problem.self) { try Table(rows).read(format) }
    #expect(try #require(problem).description.contains(message), "\(problem?.description ?? "")")
  }
}

@Test func aFolderMayBeAClass() throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "zoo-classes-\(UUID())")
  defer { try? FileManager.default.removeItem(at: folder) }
  for (part, name) in [("train", "b"), ("train", "a"), ("val", "a"), ("val", "b"), ("test", "b")] {
    let inner = folder.appending(path: part).appending(path: name)
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: row("uint8.nii")), to: inner.appending(path: "x.nii"))
  }
  let source = try DataKinds.builtIn.open(folder.path)
  #expect(
    source.summary
      == "folder per class, 2 training, 2 validation, 1 test cases, 2 classes: 0 = a, 1 = b")
  let cases = try source.cases(of: .train, classes: 2).cases
  #expect(cases.map(\.name) == ["train/a/x", "train/b/x", "val/a/x", "val/b/x"])
  #expect(cases.map(\.label) == [0, 1, 0, 1])
  #expect(try source.cases(of: .test, classes: 2).cases.map(\.label) == [1])
  let one = try #require(try expectations().list.first { $0.name == "uint8.nii" })
  let data = try Dataset(
    reading: source, format: SampleFormat(size: [3, 4, 5], mask: .ignore), classes: 2, threads: 2)
  for index in 0..<4 { #expect(sample(data, index) == one.values.map { Float($0 ?? .nan) }) }
}
