import Testing
import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph
import ZooLayers
import ZooVolume

#if canImport(Glibc)
  import Glibc
#endif

/// A small network with its parameters, input, and what PyTorch made of it (scripts/fixtures/layers.py).
struct LayerFixture {
  let name: String
  let graph: Graph
  let file: SafetensorsFile
  let batch: Int

  static let folder =
    String(#filePath.prefix { _ in true }.dropLast("ZooEngineTests/LayerFixture.swift".count))
    + "Fixtures/layers"

  /// Names of all fixtures.
  static let names: [String] = {
    guard let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name.0) { String(cString: $0) }
      if name.hasSuffix(".safetensors") { names.append(String(name.dropLast(".safetensors".count))) }
    }
    return names.sorted()
  }()

  init(_ name: String) throws {
    self.name = name
    file = try SafetensorsFile(reading: "\(LayerFixture.folder)/\(name).safetensors")
    let layers = try JSONValue(parsing: (file.metadata["layers"] ?? "").utf8, from: name)
    let size = try JSONValue(parsing: (file.metadata["size"] ?? "").utf8, from: name)
    guard case .array(let specs) = layers, case .array(let axes) = size,
      let channels = Int(file.metadata["channels"] ?? "")
    else { throw Problem("broken fixture", at: name) }
    graph = try LayerFixture.graph(specs, channels: channels, axes: axes.compactMap(\.wholeNumber))
    batch = try file.tensor("input").shape[0]
  }

  private static func graph(_ specs: [JSONValue], channels: Int, axes: [Int]) throws -> Graph {
    let registry = try Registry(layers: BuiltInLayers.list)
    var builder = GraphBuilder(input: Shape(channels: channels, axes: axes))
    var tensors = ["input": builder.input]
    var last = builder.input
    for (index, spec) in specs.enumerated() {
      var options = try JSONObject(spec, at: "layers[\(index)]")
      let type = try registry.find(options.string("type"))
      let name = try options.string("name", default: "layer\(index)")
      let inputs = try options.array("inputs", default: []).map { value -> Tensor in
        guard case .string(let name) = value, let tensor = tensors[name] else {
          throw Problem("broken fixture")
        }
        return tensor
      }
      let layer = try type.init(options: &options)
      try options.finish()
      last = try layer.lower(inputs.isEmpty ? [last] : inputs, at: name, into: &builder)
      tensors[name] = last
    }
    return builder.finish(output: last)
  }

  func floats(_ name: String) throws -> [Float] { try file.tensor(name).floats() }

  /// Weights filled from the fixture.
  func weights() throws -> Weights {
    let weights = try Weights(for: graph)
    for (index, parameter) in graph.parameters.enumerated() {
      let values = try floats(parameter.name)
      try #require(values.count == parameter.count, "\(name): \(parameter.name)")
      _ = weights.slice(index).update(fromContentsOf: values)
    }
    return weights
  }

  /// A network with the fixture's weights and input.
  func network(_ mode: PlanOptions.Mode, threads: Int, inputGradient: Bool = false) throws -> Network {
    try network(
      PlanOptions(mode: mode, batch: batch, threads: threads, inputGradient: inputGradient))
  }

  /// The same, as the options say, with the first samples of the input.
  func network(_ options: PlanOptions) throws -> Network {
    let network = try Network(Plan(graph, options), weights: weights())
    _ = network.input.update(fromContentsOf: try floats("input").prefix(network.input.count))
    return network
  }
}
