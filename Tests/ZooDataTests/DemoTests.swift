import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooTestSupport

@Suite struct DemoTests {
  func build(_ count: Int, seed: UInt64, threads: Int = 2, to folder: String) throws -> DemoSummary {
    var builder = DemoBuilder(count: count, seed: Seed(seed))
    builder.threads = threads
    builder.edge = 48
    return try builder.build(to: folder)
  }

  @Test func shapeTellsTheClassesApartAndSizeBarely() throws {
    let scratch = try ScratchFolder()
    let summary = try build(240, seed: 3, to: scratch("demo"))
    #expect(summary.train + summary.test == 240)
    #expect(summary.positive == 120)
    #expect((40...60).contains(summary.test))
    #expect((100...140).contains(summary.patients))

    let check = try DatasetCheck(of: scratch("demo"))
    #expect(check.findings.isEmpty, "\(check)")

    let folder = try M3DVFolder(scratch("demo"))
    let table = try folder.trainTable()
    var sizes: [Double] = []
    var roughness: [Double] = []
    for name in try table.column("name") {
      let seg = try NPZFile(reading: folder.file(of: name, in: .train)).array("seg")
      #expect(seg.shape == [48, 48, 48])
      let mask = seg.bytes
      let volume = Double(mask.count { $0 != 0 })
      var faces = 0
      for step in [1, 48, 48 * 48] {
        for index in step..<mask.count where mask[index] != mask[index - step] { faces += 1 }
      }
      sizes.append(volume)
      // Surface against that of a ball of the same volume, but for a constant factor and the cube.
      roughness.append(Double(faces * faces * faces) / (volume * volume))
    }
    let labels = try table.numbers("label").map { Int($0) }
    expectClose(pairwiseAUC(sizes, labels), 0.64, absolute: 0.1, "AUC of size")
    #expect(pairwiseAUC(roughness, labels) > 0.9)
  }

  @Test func theSeedDecidesEveryByte() throws {
    let scratch = try ScratchFolder()
    _ = try build(8, seed: 1, threads: 1, to: scratch("a"))
    _ = try build(8, seed: 1, threads: 2, to: scratch("b"))
    _ = try build(8, seed: 2, to: scratch("c"))
    func bytes(_ folder: String) throws -> [[UInt8]] {
      let layout = try M3DVFolder(scratch(folder))
      let files = M3DVFolder.Part.allCases.flatMap { part in
        layout.names(in: part).map { layout.file(of: $0, in: part) }
      }
      return try (files + [layout.tablePath(of: .train)]).map { try Files.read($0) }
    }
    #expect(try bytes("a") == bytes("b"))
    #expect(try bytes("a") != bytes("c"))
  }

  @Test func contentsOfAFolderAreNeverTouched() throws {
    let scratch = try ScratchFolder()
    try Files.writeAtomically("mine", to: scratch("mine.txt"))
    let problem = #expect(throws: Problem.self) { try build(8, seed: 1, to: scratch.path) }
    #expect(problem?.description.contains("not empty") == true)
    #expect(throws: Problem.self) { try build(8, seed: 1, to: scratch("mine.txt")) }
    #expect(throws: Problem.self) { try build(2, seed: 1, to: scratch("few")) }
    #expect(try Files.list(scratch.path) == ["mine.txt"])
    // An empty folder is taken, and nothing is left beside it.
    try Files.makeFolder(scratch("empty"))
    _ = try build(8, seed: 1, to: scratch("empty"))
    #expect(try Files.list(scratch.path) == ["empty", "mine.txt"])
  }
}
