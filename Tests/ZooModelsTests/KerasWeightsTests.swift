import FoundationEssentials
import Testing
import ZooCore
import ZooEngine
import ZooFormats
import ZooGraph
import ZooLayers
import ZooModels
import ZooTestSupport

/// Weights that Keras 2 and 3 have saved (scripts/fixtures/keras_weights.py), and what their network answered.
@Suite struct KerasWeightsTests {
  private static let folder = "\(Files.folder(of: #filePath))/../Fixtures/keras"

  private static func reference() throws -> (architecture: Architecture, answer: [Double]) {
    let path = "\(folder)/branches.json"
    guard case .object(let values) = try JSONValue(parsing: try Files.read(path), from: path),
      let architecture = values["architecture"], case .array(let numbers) = values["reference"]
    else { throw Problem("no reference", at: path) }
    let answer = numbers.map { if case .number(let number) = $0 { number } else { Double.nan } }
    return (try Architecture.parse(architecture, at: path), answer)
  }

  private static func read(_ path: String, _ architecture: Architecture?) throws -> ModelFile {
    try ModelFile.read(path, layers: try Registry(layers: BuiltInLayers.list), fallback: architecture)
  }

  /// The probabilities for voxels 37 i mod 256.
  private static func answer(of model: ModelFile) throws -> [Double] {
    let options = PlanOptions(mode: .inference, batch: 1, threads: 1)
    let network = try Network(Plan(model.graph, options), weights: model.weights)
    for i in network.input.indices { network.input[i] = Float(37 * i % 256) }
    try network.forward(samples: 1)
    return network.output.map(Double.init)
  }

  private static func line<T>(_ body: () throws -> T) -> String {
    do {
      _ = try body()
      return "no problem"
    } catch { return "\(error)" }
  }

  private static func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let path = FileManager.default.temporaryDirectory.appending(path: "zoo-keras-\(UUID())").path
    try Files.makeFolder(path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  @Test(arguments: ["branches.h5", "branches.model.h5", "branches.weights.h5", "rewritten.h5"])
  func everyLayoutGivesKerasAnswer(name: String) throws {
    let (architecture, expected) = try Self.reference()
    let model = try Self.read("\(Self.folder)/\(name)", architecture)
    let report = try #require(model.report)
    #expect(report.isComplete && report.used.count == model.weights.parameters.count)
    #expect(report.text.hasSuffix("29 arrays used, 0 missing, 0 unused, 0 of a wrong shape"))
    for (own, keras) in zip(try Self.answer(of: model), expected) { #expect(abs(own - keras) < 1e-6) }
    // Without flatten's other order, or with the two last batch norms swapped, the answer is far off.
    let sources = Dictionary(uniqueKeysWithValues: report.used.map { ($0.parameter, $0.source) })
    if name == "branches.h5" {
      #expect(sources["short.weight"] == "conv3d_625/conv3d_625/kernel:0")
      #expect(sources["short_norm.running_var"]?.hasPrefix("batch_normalization_625/") == true)
    }
  }

  @Test func whatIsWrittenReadsBackToTheSameBits() throws {
    let (architecture, _) = try Self.reference()
    try Self.withFolder { folder in
      let original = try Self.read("\(Self.folder)/branches.h5", architecture)
      try original.write(to: "\(folder)/a.safetensors")
      let plain = try Self.read("\(folder)/a.safetensors", nil)
      try plain.writeKeras(to: "\(folder)/b.h5")
      let back = try Self.read("\(folder)/b.h5", architecture)
      #expect(Array(back.weights.values) == Array(original.weights.values))
      try back.writeKeras(to: "\(folder)/c.h5")
      #expect(try Files.read("\(folder)/b.h5") == Files.read("\(folder)/c.h5"))

      // Every array as Keras has written it: names but for the first number, sizes, values.
      let (ours, keras) = (
        try HDF5File(reading: "\(folder)/b.h5"), try HDF5File(reading: "\(Self.folder)/branches.h5")
      )
      for use in try #require(original.report).used {
        let name = try #require(back.report?.used.first { $0.parameter == use.parameter }).source
        #expect(try ours.array(name) == keras.array(use.source))
      }
      let layers = try #require(try ours.strings("layer_names", of: ""))
      #expect(
        layers == [
          "conv3d_1", "batch_normalization_1", "conv3d_2", "batch_normalization_2", "conv3d_3", "conv3d_4",
          "batch_normalization_3", "batch_normalization_4", "batch_normalization_5", "dense_1", "dense_2",
        ])
      #expect(
        try ours.strings("weight_names", of: "dense_2") == ["dense_2/kernel:0", "dense_2/bias:0"])
      #expect(try ours.strings("backend", of: "") == ["tensorflow"])
    }
  }

  @Test func whatDoesNotFitIsRefusedAndCounted() throws {
    let (architecture, _) = try Self.reference()
    let file = "\(Self.folder)/branches.h5"
    #expect(Self.line { try Self.read(file, nil) }.contains("name it: --model NAME"))
    let other = try Architecture.parse(
      [
        "name": "other", "input": ["size": [6, 8, 10]],
        "layers": [
          ["type": "conv3d", "filters": 4, "kernel": [3, 3, 1]],
          ["type": "conv3d", "filters": 4, "kernel": 5],
          ["type": "flatten"], ["type": "dense", "name": "head", "units": 2], ["type": "softmax"],
        ],
      ], at: "other.json")
    let wrong = Self.line { try Self.read(file, other) }
    #expect(
      wrong.contains(
        "expected those of other, found 2 arrays that fit, 1 missing, 24 unused, 3 of a wrong shape: "),
      "\(wrong)")
    #expect(
      wrong.contains("conv3d_623/conv3d_623/kernel:0 is 3×3×3×4×4 instead of 5×5×5×4×4 for conv3d_2.weight"))
    let gammaless = Self.line { try Self.read("\(Self.folder)/no_gamma.h5", architecture) }
    #expect(gammaless.contains("no_gamma.h5: norm: a batch norm without gamma"), "\(gammaless)")
    #expect(
      Self.line { try Self.read("\(Self.folder)/branches.json", architecture) }.contains("branches.json"))
  }

  @Test func anOrderThatCannotBeToldIsRefused() throws {
    let (architecture, _) = try Self.reference()
    try Self.withFolder { folder in
      // The two batch norms before the sum have the same sizes; their numbers say one order, their places another.
      let model = try Self.read("\(Self.folder)/branches.h5", architecture)
      try model.writeKeras(to: "\(folder)/a.h5")
      let (source, target) = (try HDF5File(reading: "\(folder)/a.h5"), try HDF5Writer(for: "\(folder)/b.h5"))
      var layers = try #require(try source.strings("layer_names", of: ""))
      layers.swapAt(6, 7)
      try target.write(layers, attribute: "layer_names", of: "")
      for layer in layers {
        try target.makeGroup(layer)
        let names = try #require(try source.strings("weight_names", of: layer))
        try target.write(names, attribute: "weight_names", of: layer)
        for name in names {
          let array = try source.array("\(layer)/\(name)")
          try target.write(array.floats(), shape: array.shape, to: "\(layer)/\(name)")
        }
      }
      try target.finish()
      let line = Self.line { try Self.read("\(folder)/b.h5", architecture) }
      #expect(
        line.contains(
          "the layers' order is ambiguous: expected one layer for main_norm2, found batch_normalization_4 by its place in the file, batch_normalization_3 by its number"
        ), "\(line)")
    }
  }

  @Test func weightsThatAreNotFiniteAreRefused() throws {
    let (architecture, _) = try Self.reference()
    try Self.withFolder { folder in
      let model = try Self.read("\(Self.folder)/branches.h5", architecture)
      model.weights.slice(0)[3] = .nan
      try model.writeKeras(to: "\(folder)/a.h5")
      let line = Self.line { try Self.read("\(folder)/a.h5", architecture) }
      #expect(line.contains("the weights are damaged: expected finite numbers"), "\(line)")
    }
  }

  @Test func arraysToStartFromHaveTheNetworksNames() throws {
    let (architecture, _) = try Self.reference()
    let path = "\(Self.folder)/branches.h5"
    let layers = try Registry(layers: BuiltInLayers.list)
    let arrays = try ModelFile.arrays(of: path, layers: layers, architecture: architecture)
    let model = try Self.read(path, architecture)
    #expect(arrays.count == model.weights.parameters.count)
    for (index, parameter) in model.weights.parameters.enumerated() {
      let array = try #require(arrays[parameter.name])
      #expect(array.shape == parameter.shape && array.floats() == Array(model.weights.slice(index)))
    }
  }
}
