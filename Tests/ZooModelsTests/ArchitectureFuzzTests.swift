import Testing
import ZooCore
import ZooGraph
import ZooModels

/// What takes the place of a value, to see whether anything crashes.
private let strangers: [JSONValue] = [
  0, -1, 0.5, 64, 65_536, 2_147_483_648, 9e14, 1e300, -1e300, "", "input", "head", "multiply", true, .null,
  [],
  [0, 0, 0], [64, 64, 64], [1e300, 1, 1], .object([:]), ["type": "conv3d"],
]

extension JSONValue {
  /// The document with one value replaced, for every value in it.
  fileprivate func mutants(_ stranger: JSONValue) -> [JSONValue] {
    switch self {
    case .array(let values):
      [stranger]
        + values.indices.flatMap { index in
          values[index].mutants(stranger).map { mutant in
            var copy = values
            copy[index] = mutant
            return .array(copy)
          }
        }
    case .object(let values):
      [stranger]
        + values.keys.sorted().flatMap { key in
          (values[key] ?? .null).mutants(stranger).map { mutant in
            var copy = values
            copy[key] = mutant
            return .object(copy)
          }
        }
    default: [stranger]
    }
  }
}

/// A small network that uses most options.
private let everything = architecture([
  ["type": "scale", "factor": 0.5, "offset": -1],
  [
    "type": "conv3d", "name": "stem", "filters": 8, "kernel": [3, 3, 3], "stride": 1, "padding": 1,
    "dilation": 1,
    "groups": 1, "bias": true, "initializer": "zeros",
  ],
  ["type": "max_pool3d", "kernel": 3, "stride": [1, 1, 1], "padding": "same"],
  ["type": "add", "inputs": ["stem", "max_pool3d_1"]],
  ["type": "dense_block", "layers": 2, "growth": 4, "bottleneck": 2, "epsilon": 0.01, "momentum": 0.9],
  ["type": "transition", "compression": 0.5, "pool": 2],
  ["type": "residual_block", "filters": 8, "stride": 2],
  ["type": "avg_pool3d", "kernel": 1, "count_include_pad": true],
  ["type": "dropout", "rate": 0.1, "spatial": true],
  ["type": "flatten"],
  ["type": "dense", "name": "head", "units": 2],
  ["type": "softmax"],
])

@Test(arguments: strangers)
func noValueCrashesTheReader(_ stranger: JSONValue) throws {
  let registry = try builtIn()
  let mutants = everything.mutants(stranger)
  #expect(mutants.count > 70)
  for mutant in mutants {
    do {
      let graph = try Architecture.parse(mutant, at: "x.json").graph(registry: registry)
      #expect(graph.trainableCount > 0 && graph.multiplyAdds > 0)
    } catch {
      #expect((error as? Problem)?.description.hasPrefix("x.json") == true, "\(error)")
    }
  }
}
