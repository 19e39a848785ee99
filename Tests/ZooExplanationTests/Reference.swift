import FoundationEssentials
import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooLayers
import ZooModels
import ZooTestSupport

/// The numbers of scripts/fixtures/explanation.py, and the network they were made with.
struct Reference {
  let values: JSONValue
  let model: ModelFile

  init() throws {
    let path = #filePath.replacing(
      "ZooExplanationTests/Reference.swift", with: "Fixtures/explanation/maps.json")
    values = try JSONValue(parsing: #require(FileManager.default.contents(atPath: path)), from: path)
    model = try trained(
      try Reference.network(), values: { [values] name, _ in try values.at("weights").at(name).floats })
  }

  /// The network of the script.
  private static func network() throws -> Architecture {
    func conv(_ name: String, _ filters: Int, _ others: [String: JSONValue]) -> JSONValue {
      .object(
        ["type": "conv3d", "name": .string(name), "filters": .number(Double(filters)), "kernel": 3].merging(
          others
        ) { $1 })
    }
    return try Architecture.parse(
      [
        "name": "odd", "classes": 3, "input": ["size": [5, 7, 9], "mask": "channel", "padding_value": 20],
        "layers": [
          ["type": "scale", "name": "in", "factor": 0.0078125, "offset": -1], conv("one", 6, ["bias": false]),
          ["type": "batch_norm", "name": "norm"], ["type": "relu", "name": "act1"],
          conv("two", 5, ["stride": 2]), ["type": "relu", "name": "act2"],
          conv("three", 5, [:]), ["type": "add", "name": "sum", "inputs": ["act2", "three"]],
          ["type": "relu", "name": "act3"], ["type": "global_avg_pool"],
          ["type": "dense", "name": "head", "units": 3], ["type": "softmax"],
        ],
      ], at: "odd.json")
  }
}

/// A model with given values for each parameter.
func trained(
  _ architecture: Architecture, values: (_ name: String, _ count: Int) throws -> [Float]
) throws -> ModelFile {
  let graph = try architecture.graph(registry: Registry(layers: BuiltInLayers.list))
  let weights = try Weights(for: graph)
  for (index, parameter) in weights.parameters.enumerated() {
    _ = weights.slice(index).update(from: try values(parameter.name, parameter.count))
  }
  return ModelFile(architecture: architecture, graph: graph, weights: weights)
}

/// Expects `body` to throw a `Problem` of one line with all the parts in it.
func expectProblem<T>(
  _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> T
) {
  let problem = #expect(throws: Problem.self, sourceLocation: sourceLocation) { _ = try body() }
  let line = problem?.description ?? ""
  for part in parts { #expect(line.contains(part), "\(line)", sourceLocation: sourceLocation) }
}

/// A network of volumes whose logit for class 1 is the value of one voxel.
func singleWeight(_ axes: [Int], voxel: Int) throws -> ModelFile {
  let architecture = try Architecture.parse(
    [
      "name": "voxel",
      "input": ["size": .array(axes.map { .number(Double($0)) }), "mask": "ignore"],
      "layers": [
        ["type": "flatten"], ["type": "dense", "name": "head", "units": 1], ["type": "sigmoid"],
      ],
    ], at: "voxel.json")
  return try trained(architecture) { name, count in
    (0..<count).map { name == "head.weight" && $0 == voxel ? 1 : 0 }
  }
}
