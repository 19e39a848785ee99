import Foundation
import Testing

/// The original's weights on its own samples, which are not part of this package.
@Suite struct OriginalWeightsTests {
  private static let seed = ProcessInfo.processInfo.environment["VOXELZOO_SEED"].map {
    URL(fileURLWithPath: $0)
  }
  private static let isAbsent = Comment("VOXELZOO_SEED does not name the folder of the original's samples")

  private func probability(_ workshop: Workshop, _ name: String) throws -> Double {
    let lines = try workshop.read(name).split(separator: "\n")
    #expect(lines.count == 2)
    return try #require(lines.last?.split(separator: ",").last.flatMap { Double($0) })
  }

  @Test(.enabled(if: seed != nil, isAbsent)) func theOriginalsAnswer() throws {
    let seed = try #require(Self.seed).path
    let workshop = try Workshop()
    let data = ["--model", "densenet", "--data", seed, "--skip-missing"]
    let files = [1, 2].map { "\(seed)/weights/weights.\($0).h5" }
    for (file, expected) in zip(files, [(0.183985, 0.662633), (0.387229, 0.535714)]) {
      let test = try Program.run(
        ["predict", "--weights", file, "--out", "a.csv"] + data, in: workshop.folder)
      #expect(test.status == 0, "\(test.errors)")
      #expect(test.errorLines.contains { $0.contains("warning: 116 of 117 cases have no file") })
      #expect(test.errorLines.contains("\(file): 152 arrays used, 0 missing, 0 unused, 0 of a wrong shape"))
      #expect(try abs(probability(workshop, "a.csv") - expected.0) < 1e-5)
      let train = ["predict", "--weights", file, "--part", "train_val", "--out", "b.csv"]
      #expect(try Program.run(train + data, in: workshop.folder).status == 0)
      #expect(try abs(probability(workshop, "b.csv") - expected.1) < 1e-5)

      // Through safetensors and back, bit for bit.
      _ = try workshop.output("export", file, "--model", "densenet", "--out", "c.safetensors")
      _ = try workshop.output("export", "c.safetensors", "--format", "h5", "--out", "d.h5")
      for other in ["c.safetensors", "d.h5"] {
        _ = try Program.run(["predict", "--weights", other, "--out", "e.csv"] + data, in: workshop.folder)
        #expect(try workshop.read("e.csv") == workshop.read("a.csv"))
      }
    }
    let both = files.flatMap { ["--weights", $0] }
    #expect(try Program.run(["predict", "--out", "f.csv"] + both + data, in: workshop.folder).status == 0)
    // What the original's submission says.
    #expect(try abs(probability(workshop, "f.csv") - 0.2856070399) < 1e-5)
  }
}
