import Testing
import ZooCore
import ZooData
import ZooFormats

/// One data set in a scratch folder, sound at first, then spoilt.
@Suite struct DatasetCheckTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
    for part in ["train_val", "test"] { try Files.makeFolder(scratch(part)) }
    for index in 0..<4 { try write("train_val/c\(index)", voxel: volume(UInt8(index + 1)), seg: mask()) }
    try write("test/c9", voxel: volume(9), seg: mask())
    try table("train_val", "name,label,patient\nc0,0,p0\nc1,1,p1\nc2,0,p2\nc3,1,p2\n")
    try table("sampleSubmission", "name,predicted\nc9,0.5\n")
    try table("test_labels", "name,label,patient\nc9,1,p9\n")
  }

  func volume(_ value: UInt8, shape: [Int] = [4, 4, 4]) -> NDArray {
    NDArray(shape: shape, uint8: [UInt8](repeating: value, count: shape.reduce(1, *)))
  }

  func mask(_ value: Bool = true, shape: [Int] = [4, 4, 4]) -> NDArray {
    NDArray(shape: shape, bool: [Bool](repeating: value, count: shape.reduce(1, *)))
  }

  func write(_ name: String, voxel: NDArray, seg: NDArray) throws {
    try NPZFile.write([("voxel", voxel), ("seg", seg)], to: scratch(name + ".npz"), compressed: true)
  }

  func table(_ name: String, _ text: String) throws {
    try Files.writeAtomically(text, to: scratch(name + ".csv"))
  }

  /// Kinds of what is found, in order.
  func kinds() throws -> [DatasetFinding.Kind] { try DatasetCheck(of: scratch.path).findings.map(\.kind) }

  @Test func aSoundSetHasFiguresAndNoFindings() throws {
    let check = try DatasetCheck(of: scratch.path)
    #expect(check.isSound)
    #expect(check.findings.isEmpty, "\(check)")
    #expect(
      check.description == """
        train_val: 4 rows, 4 files, 3 patients
          label 0: 2, 1: 2
          voxel uint8 4×4×4: 4
          seg   bool 4×4×4: 4
        test: 1 rows, 1 files, 1 patients
          label 1: 1
          voxel uint8 4×4×4: 1
          seg   bool 4×4×4: 1
        nothing wrong
        """)
    guard case .object(let json) = check.json, case .object(let parts) = json["parts"] else {
      Issue.record("no object")
      return
    }
    #expect(json["sound"] == true)
    #expect(json["findings"] == [])
    #expect(Set(parts.keys) == ["train_val", "test"])
  }

  @Test func nestedFoldersAreFound() throws {
    try Files.makeFolder(scratch("test/test"))
    try write("test/test/c8", voxel: volume(8), seg: mask())
    try table("sampleSubmission", "name,predicted\nc9,0.5\nc8,0.5\n")
    #expect(try kinds() == [])
  }

  @Test(arguments: [
    ("train_val/c0", DatasetFinding.Kind.badShape, [4, 4], [4, 4]),
    ("train_val/c1", .badShape, [4, 4, 4], [4, 4, 3]),
    ("test/c9", .badShape, [0, 4, 4], [0, 4, 4]), ("test/c9", .badShape, [], []),
  ]) func wrongShapes(_ name: String, _ kind: DatasetFinding.Kind, _ shape: [Int], _ maskShape: [Int]) throws
  {
    try write(name, voxel: volume(1, shape: shape), seg: mask(shape: maskShape))
    let check = try DatasetCheck(of: scratch.path)
    #expect(check.findings.map(\.kind) == [kind])
    #expect(check.findings.first?.description.contains(name + ".npz") == true)
    #expect(!check.isSound)
  }

  @Test func numbersOfOtherTypesAndNaN() throws {
    var values = [Float](repeating: 1, count: 64)
    values[5] = .nan
    try write("train_val/c0", voxel: NDArray(shape: [4, 4, 4], float: values), seg: mask())
    #expect(try kinds() == [.unusualType, .notFinite])
    try write("train_val/c0", voxel: volume(70), seg: volume(1))
    #expect(try kinds() == [.unusualType])
  }

  @Test func emptyMasksAreNoDuplicatesOfEachOther() throws {
    for name in ["train_val/c0", "train_val/c1"] { try write(name, voxel: volume(1), seg: mask(false)) }
    let check = try DatasetCheck(of: scratch.path)
    #expect(check.findings.map(\.kind) == [.emptyMask, .emptyMask])
    #expect(check.isSound)
  }

  @Test func equalContents() throws {
    try write("train_val/c2", voxel: volume(1), seg: mask())  // as c0, same label
    #expect(try kinds() == [.duplicate])
    try write("train_val/c1", voxel: volume(1), seg: mask())  // as c0, other label
    #expect(try kinds() == [.duplicate, .labelConflict])
    try write("test/c9", voxel: volume(4), seg: mask())  // as c3, same label, other part
    #expect(try kinds() == [.duplicate, .labelConflict, .leak])
  }

  @Test func tablesAndFilesThatDoNotMatch() throws {
    try table("train_val", "name,label,patient\nc0,0,p9\nc1,1,p1\nc2,0,p2\nc2,1,p2\nc7,1,p3\n../c8,1,p3\n")
    #expect(try kinds() == [.badName, .repeatedName, .missingFile, .unlistedFile, .labelConflict, .leak])
  }

  @Test(arguments: [
    ("name,label\nc0,0\nc1,x\nc2,-1\nc3,1\n", [DatasetFinding.Kind.badLabel, .badLabel]),
    ("name,label\nc0,1\nc1,1.0\nc2,1\nc3,1\n", [.classes]),
    ("name,label\nc0,0\nc1,1\nc2,3\nc3,1\n", [.classes]),
    ("name,class\nc0,0\nc1,1\nc2,0\nc3,1\n", [.badTable]),
    ("name,label\nc0,0,0,0\n", [.badTable, .unlistedFile, .unlistedFile, .unlistedFile, .unlistedFile]),
    ("", [.badTable, .unlistedFile, .unlistedFile, .unlistedFile, .unlistedFile]),
  ]) func labelsAndTables(_ text: String, _ expected: [DatasetFinding.Kind]) throws {
    try table("train_val", text)
    #expect(try kinds() == expected)
  }

  @Test func garbageIsReportedNeverThrown() throws {
    let whole = try Files.read(scratch("train_val/c0.npz"))
    let damaged: [[UInt8]] = [
      [], Array("no archive at all".utf8), Array(whole.prefix(whole.count / 2)), Array(whole.dropFirst(7)),
      whole.enumerated().map { $0.offset % 13 == 5 ? ~$0.element : $0.element },
    ]
    for bytes in damaged {
      try Files.writeAtomically(bytes, to: scratch("train_val/c0.npz"))
      let check = try DatasetCheck(of: scratch.path)
      #expect(check.findings.map(\.kind) == [.unreadable])
      #expect(check.findings.first?.problem.place?.contains("train_val/c0.npz") == true)
    }
    try NPZFile.write([("voxel", volume(1))], to: scratch("train_val/c0.npz"), compressed: false)
    #expect(try kinds() == [.unreadable])  // no seg
    try Files.remove(scratch("train_val/c0.npz"))
    try Files.makeFolder(scratch("train_val/c0.npz"))
    #expect(try kinds() == [.unreadable])
  }

  @Test func noDataSetAtAllIsThrown() throws {
    try Files.makeFolder(scratch("empty"))
    #expect(throws: Problem.self) { try DatasetCheck(of: scratch("empty")) }
    #expect(throws: Problem.self) { try DatasetCheck(of: scratch("nowhere")) }
    #expect(throws: Problem.self) { try DatasetCheck(of: scratch("train_val.csv")) }
  }
}
