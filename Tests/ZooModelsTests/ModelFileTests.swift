import FoundationEssentials
import Testing
import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph
import ZooLayers
import ZooModels

/// A small network of a name; `filters` and `classes` change its parameters' shapes.
private func network(_ name: String = "small", filters: Int = 4, classes: Int = 2) throws -> Architecture {
  try Architecture.parse(
    [
      "name": .string(name), "classes": .number(Double(classes)), "input": ["size": [6, 7, 8]],
      "layers": [
        ["type": "conv3d", "name": "conv", "filters": .number(Double(filters)), "kernel": [1, 2, 3]],
        ["type": "batch_norm", "name": "norm"], ["type": "global_avg_pool"],
        ["type": "dense", "name": "head", "units": .number(Double(classes))], ["type": "softmax"],
      ],
    ], at: "\(name).json")
}

private func model(_ architecture: Architecture) throws -> ModelFile {
  let graph = try architecture.graph(registry: try Registry(layers: BuiltInLayers.list))
  let weights = try Weights(for: graph)
  weights.initialize(seed: Seed(5))
  return ModelFile(
    architecture: architecture, graph: graph, weights: weights, metrics: ["auc": 0.75])
}

private func read(_ path: String, fallback: Architecture? = nil) throws -> ModelFile {
  try ModelFile.read(path, layers: try Registry(layers: BuiltInLayers.list), fallback: fallback)
}

/// The line of the problem that `body` throws.
private func line<T>(_ body: () throws -> T) -> String {
  do {
    _ = try body()
    return "no problem"
  } catch { return "\(error)" }
}

private func withFolder<T>(_ body: (String) throws -> T) throws -> T {
  let path = FileManager.default.temporaryDirectory.appending(path: "zoo-models-\(UUID().uuidString)").path
  try Files.makeFolder(path)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

@Test func aModelReadsBackAsItWasWritten() throws {
  try withFolder { path in
    let file = "\(path)/m.safetensors"
    let written = try model(network())
    try written.write(to: file)
    let back = try read(file)
    #expect(Array(back.weights.values) == Array(written.weights.values))
    #expect(back.architecture.json == written.architecture.json)
    #expect(back.architecture.input.size == [6, 7, 8])
    #expect(back.metrics == ["auc": 0.75])
    // The file for other programs: PyTorch's names and axis order.
    let plain = try SafetensorsFile(reading: file)
    #expect(
      plain.names.sorted() == [
        "conv.bias", "conv.weight", "head.bias", "head.weight", "norm.bias", "norm.running_mean",
        "norm.running_var", "norm.weight",
      ])
    #expect(try plain.tensor("conv.weight").shape == [4, 1, 1, 2, 3])
    #expect(plain.metadata["format"] == "voxelzoo" && plain.metadata["classes"] == "2")
    #expect(plain.metadata["created_by"] == "voxelzoo \(voxelZooVersion)")
    #expect(plain.metadata["preprocessing"]?.contains("\"size\":[6,7,8]") == true)
  }
}

@Test func plainSafetensorsNeedTheirArchitectureNamed() throws {
  try withFolder { path in
    let file = "\(path)/plain.safetensors"
    let written = try model(network())
    var tensors = written.weights.parameters.enumerated().map { index, parameter in
      (
        name: parameter.name,
        array: NDArray(shape: parameter.shape, float: Array(written.weights.slice(index)))
      )
    }
    tensors.append((name: "norm.num_batches_tracked", array: NDArray(shape: [], int64: [7])))
    try SafetensorsFile.write(tensors: tensors, metadata: ["format": "pt"], to: file)
    #expect(
      line { try read(file) }.hasPrefix("\(file): the file does not carry its architecture; name it: --model")
    )
    let back = try read(file, fallback: try network())
    #expect(Array(back.weights.values) == Array(written.weights.values))
    let wide = line { try read(file, fallback: try network("wide", filters: 6)) }
    #expect(
      wide.contains(
        "\(file): weights of another architecture: expected those of wide, found conv.weight is 4×1×1×2×3 instead of 6×1×1×2×3, conv.bias is 4 instead of 6, and 5 more"
      ))

    let lost =
      tensors.filter { $0.name != "head.bias" } + [(name: "stem", array: NDArray(shape: [1], float: [0]))]
    try SafetensorsFile.write(tensors: lost, to: file)
    #expect(
      line { try read(file, fallback: try network()) }.contains(
        "found no head.bias (2), nothing to use stem for;"))

    tensors[0] = (
      name: tensors[0].name, array: NDArray(shape: [4, 1, 1, 2, 3], float: Array(repeating: .nan, count: 24))
    )
    try SafetensorsFile.write(tensors: tensors, to: file)
    #expect(line { try read(file, fallback: try network()) }.contains("conv.weight: the weights are damaged"))
  }
}
