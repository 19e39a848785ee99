import Testing
import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph
import ZooLayers
import ZooModels

/// 33 million weights are packed a few layers at a time where they are used once.
@Test func aNetworkForOneRunTakesLessMemory() throws {
  let root = String(#filePath.dropLast("Tests/ZooEngineTests/PackingTurnsTests.swift".count))
  let path = "\(root)Models/resnet18.json"
  let architecture = try Architecture.parse(JSONValue(parsing: Files.read(path), from: path), at: path)
  let graph = try architecture.graph(registry: Registry(layers: BuiltInLayers.list))
  func working(isForOneRun: Bool) throws -> Int {
    let options = PlanOptions(mode: .inference, batch: 1, threads: 2, isForOneRun: isForOneRun)
    return try Network.forecast(Plan(graph, options)).working
  }
  let kept = try working(isForOneRun: false)
  #expect(kept > 33_160_898 * 4)
  #expect(try working(isForOneRun: true) < kept / 2)
}
