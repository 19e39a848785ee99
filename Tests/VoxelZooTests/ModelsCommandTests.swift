import Foundation
import Testing
import ZooCore

@Suite struct ModelsCommandTests {
  @Test func listsTheZoo() throws {
    let workshop = try Workshop()
    let text = try workshop.output("models")
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("densenet ") })
    #expect(row.contains("401,194") && row.contains("4.89 G") && row.contains("1×32×32×32"))
  }

  @Test func listsABrokenFileAsBroken() throws {
    let workshop = try Workshop()
    try FileManager.default.createDirectory(
      at: workshop.folder.appending(path: "Models"), withIntermediateDirectories: true)
    try workshop.write("{ \"name\": \"bad\", \"input\": ", to: "Models/bad.json")
    let row = try #require(
      try workshop.output("models").split(separator: "\n").first { $0.hasPrefix("bad ") })
    #expect(row.contains("broken") && row.contains("bad.json") && row.contains("line 1"))
    let json = try JSONValue(parsing: try workshop.output("models", "--json").utf8, from: "output")
    guard case .object(let top) = json, case .array(let models) = top["models"] else {
      Issue.record("no list of models")
      return
    }
    let errors = models.map { model -> String? in
      guard case .object(let values) = model, case .string(let error) = values["error"] else { return nil }
      return error
    }
    #expect(errors.compactMap(\.self).count == 1 && models.count == 5)
  }

  @Test func showsOneModelWithItsMemory() throws {
    let workshop = try Workshop()
    let text = try workshop.output("models", "densenet", "--batch", "8", "--threads", "2")
    #expect(text.contains("dense_block") && text.contains("96×32×32×32") && text.contains("401,194"))
    #expect(text.contains("training step, batch 8, 2 threads"))
    func memory(_ batch: String, _ key: String) throws -> Double {
      let json = try workshop.output("models", "densenet", "--batch", batch, "--threads", "2", "--json")
      guard case .object(let top) = try JSONValue(parsing: json.utf8, from: "output"),
        case .object(let memory) = top["training_memory"], case .number(let bytes) = memory[key]
      else { return 0 }
      return bytes
    }
    // Tensors are kept for every sample, the rest once.
    let (small, large) = (try memory("4", "tensors"), try memory("32", "tensors"))
    #expect(small > 1e8 && large == 8 * small)
    #expect(try memory("4", "total") > small && memory("32", "total") < 8 * memory("4", "total"))
  }

  @Test func aFolderThatIsMissingIsOneLine() throws {
    let outcome = try Workshop().run("models", "--models", "/no/such/folder")
    #expect(outcome.status == 1 && outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("voxelzoo: --models: no such folder"))
  }
}
