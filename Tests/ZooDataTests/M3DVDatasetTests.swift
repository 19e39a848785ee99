import FoundationEssentials
import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooVolume

/// A folder in M3DV layout that is made for a test and goes with it.
private final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.path + "/voxelzoo-m3dv-\(UUID().uuidString)"

  init(table: String, test: String? = nil) throws {
    try Files.makeFolder(path)
    try Files.writeAtomically(table, to: Files.join(path, "train_val.csv"))
    if let test { try Files.writeAtomically(test, to: Files.join(path, "sampleSubmission.csv")) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func add(_ name: String, _ arrays: [(name: String, array: NDArray)], in folder: String = "train_val") throws
  {
    var parent = path
    for part in folder.split(separator: "/") {
      parent = Files.join(parent, String(part))
      try Files.makeFolder(parent)
    }
    try NPZFile.write(arrays, to: Files.join(parent, name + ".npz"), compressed: true)
  }

  func read(_ part: M3DVFolder.Part = .train, mask: SampleFormat.Mask = .multiply, threads: Int = 2) throws
    -> Dataset
  {
    try Dataset(
      reading: try M3DVFolder(path), part: part,
      format: SampleFormat(size: [4, 4, 4], mask: mask, margin: 1),
      classes: part == .train ? 2 : nil, threads: threads)
  }
}

private func arrays(_ axes: [Int], scale: Double? = nil) -> [(name: String, array: NDArray)] {
  let (voxels, mask) = numberedVolume(axes)
  let voxel = scale.map { scale in NDArray(shape: axes, double: voxels.map { scale * Double($0) }) }
  return [
    ("voxel", voxel ?? NDArray(shape: axes, uint8: voxels)),
    ("seg", NDArray(shape: axes, bool: mask.map { $0 != 0 })),
  ]
}

@Test func aFolderBecomesADataset() throws {
  let folder = try TemporaryFolder(
    table: "name,label,patient,site\na,1,p1,x\nb,0.0,,\"y,z\"\n", test: "name,predicted\nc,0.5\n")
  try folder.add("a", arrays([9, 9, 9]))
  try folder.add("b", arrays([10, 7, 8], scale: 0.5))
  try folder.add("c", arrays([3, 8, 5]), in: "test/test")
  let train = try folder.read()
  #expect(
    train.cases == [
      Case(name: "a", label: 1, patient: "p1", columns: ["site": "x"]),
      Case(name: "b", label: 0, patient: nil, columns: ["site": "y,z"]),
    ])
  let reference = try samplesReference("crops")
  #expect(sample(train, 0) == (try reference[0].integers("multiply").map { Float($0) }))
  let (voxels, mask) = numberedVolume([10, 7, 8])
  let expected = Crop(
    floats: voxels.map { Float($0) / 2 }, axes: [10, 7, 8], mask: mask, format: train.format)
  #expect(sample(train, 1) == ZooDataTests.sample(expected))
  let test = try folder.read(.test)
  #expect(test.cases.map(\.name) == ["c"])
  #expect(test.cases[0].label == nil)
  #expect(sample(test, 0) == (try reference[2].integers("multiply").map { Float($0) }))
  #expect(throws: Problem.self) { try test.labels(of: [0]) }
  #expect(throws: Never.self) { try train.requireTwoClasses(among: [0, 1]) }
  let problem = #expect(throws: Problem.self) { try train.requireTwoClasses(among: [1]) }
  #expect(try #require(problem).description.contains("AUC is undefined"))
}

@Test func anyNumberOfThreadsReadsTheSame() throws {
  let names = (0..<20).map { "n\($0)" }
  let folder = try TemporaryFolder(
    table: "name,label\n" + names.map { "\($0),1\n" }.joined())
  for (index, name) in names.enumerated() { try folder.add(name, arrays([4 + index % 5, 6, 7])) }
  let (one, four) = (try folder.read(threads: 1), try folder.read(threads: 4))
  for index in names.indices { #expect(sample(one, index) == sample(four, index)) }
}

@Test(arguments: [
  ("name,label\na,0\nb,1\n", "train_val.csv:3: case \"b\" has no file"),
  ("name,label\na,0\nb,1\nc,1\n", "2 of 3 cases without one"),
  ("name,label\na,0\na,1\n", "train_val.csv:3: case \"a\" stands twice: found the first on line 2"),
  ("name,label\na,0.5\n", "train_val.csv:2: wrong label: expected a whole number from 0 to 1, found \"0.5\""),
  ("name,label\na,2\n", "wrong label"), ("name,label\na,-1\n", "wrong label"),
  ("name,label\na,\n", "wrong label"), ("name,label\na,1e300\n", "wrong label"),
  ("name,label\na,nan\n", "wrong label"), ("name,labels\na,0\n", "has no column \"label\""),
  ("id,label\na,0\n", "has no column \"name\""), ("name,label\n", "has no cases"),
  ("name,label\n,0\n", "has no name"),
])
func wrongTablesNameTheirLine(table: String, message: String) throws {
  let folder = try TemporaryFolder(table: table)
  try folder.add("a", arrays([4, 4, 4]))
  let problem = #expect(throws: Problem.self) { try folder.read() }
  #expect(try #require(problem).description.contains(message), "\(problem?.description ?? "")")
}

@Test func wrongFilesNameThemselves() throws {
  let ones = [UInt8](repeating: 1, count: 64)
  let cube = [4, 4, 4]
  let mask = ("seg", NDArray(shape: cube, uint8: ones))
  var floats = [Float](repeating: 1, count: 64)
  floats[37] = .infinity
  let wrong: [([(name: String, array: NDArray)], String)] = [
    (
      [("voxel", NDArray(shape: [8, 8], uint8: ones)), mask],
      "voxel: wrong shape: expected a volume, D×H×W, found 8×8"
    ),
    ([("voxel", NDArray(shape: [4, 0, 4], uint8: [])), mask], "wrong shape"),
    ([("voxel", NDArray(shape: cube, bool: ones.map { $0 == 1 })), mask], "voxel: wrong type"),
    ([("voxel", NDArray(shape: cube, float: floats)), mask], "found inf at [2, 1, 1]"),
    (
      [("voxel", NDArray(shape: cube, double: floats.map { _ in .nan })), mask],
      "64 values are no finite numbers"
    ),
    (
      [
        ("voxel", NDArray(shape: cube, uint8: ones)),
        ("seg", NDArray(shape: [4, 4, 2], uint8: Array(ones[..<32]))),
      ],
      "seg: shape differs from voxel's: expected 4×4×4, found 4×4×2"
    ),
    (
      [("voxel", NDArray(shape: cube, uint8: ones)), ("seg", NDArray(shape: cube, float: floats))],
      "seg: 1 values"
    ),
    ([("voxel", NDArray(shape: cube, uint8: ones))], "has no array \"seg\""),
    ([("volume", NDArray(shape: cube, uint8: ones)), mask], "has no array \"voxel\""),
  ]
  for (arrays, message) in wrong {
    let folder = try TemporaryFolder(table: "name,label\na,0\n")
    try folder.add("a", arrays)
    let problem = #expect(throws: Problem.self) { try folder.read() }
    let line = try #require(problem).description
    #expect(line.contains(message) && line.contains("a.npz"), "\(line)")
  }
}

@Test func aMaskIsReadOnlyWhereItIsUsed() throws {
  let folder = try TemporaryFolder(table: "name,label\na,0\n")
  try folder.add("a", [arrays([4, 4, 4])[0]])
  #expect(try folder.read(mask: .ignore).cases.count == 1)
  #expect(throws: Problem.self) { try folder.read(mask: .channel) }
}

@Test func emptyMasksAreWarnings() throws {
  let folder = try TemporaryFolder(table: "name,label\na,0\nb,1\nc,1\n")
  let voxel = ("voxel", NDArray(shape: [9, 9, 9], uint8: numberedVolume([9, 9, 9]).voxels))
  var corner = [UInt8](repeating: 0, count: 729)
  try folder.add("a", [voxel, ("seg", NDArray(shape: [9, 9, 9], uint8: corner))])
  corner[0] = 1
  try folder.add("b", [voxel, ("seg", NDArray(shape: [9, 9, 9], uint8: corner))])
  try folder.add("c", arrays([9, 9, 9]))
  let warnings = try folder.read().warnings.map(\.description)
  #expect(warnings.count == 2)
  #expect(warnings[0].contains("a.npz: seg: the mask is empty"))
  #expect(warnings[1].contains("b.npz: seg: the mask lies outside the centre crop of 4×4×4"))
}
