import Testing
import ZooCore
import ZooEngine
import ZooExplanation
import ZooGraph
import ZooLayers
import ZooModels
import ZooTestSupport
import ZooVolume

@Test func gradCAMFollowsPyTorch() throws {
  let reference = try Reference()
  let x = try reference.values.at("x").floats
  for one in try reference.values.at("grad_cam").elements {
    let (layer, label) = (try one.at("layer").string, Int(try one.at("label").double))
    for threads in [1, 3] {
      let cam = try GradCAM(reference.model, layer: layer, threads: threads)
      let what = "\(layer), class \(label)"
      let coarse = try cam.weightedFeatures(of: x, label: label).map(Double.init)
      expectClose(coarse, try one.at("coarse").doubles, absolute: 2e-6, "\(what): before resizing")
      #expect(try [cam.shape.channels] + cam.shape.axes == one.at("shape").integers)
      if case .object(let values) = one, let gradient = values["gradient"] {
        expectClose(
          cam.gradient.map(Double.init), try gradient.doubles, absolute: 1e-7, relative: 1e-5,
          "\(what): gradient")
      }
      let map = try cam.attribution(of: x, label: label)
      let fine = try one.at("fine").doubles
      let most = try #require(fine.max())
      expectClose(Double(map.peak), most, relative: 1e-4, what)
      expectClose(map.values.map(Double.init), fine.map { $0 / most }, absolute: 1e-4, what)
      #expect(map.values.max() == 1 && map.axes == [5, 7, 9])
      #expect(map.method == "Grad-CAM at \(layer)" && map.label == label)
    }
  }
}

@Test func valuesAreResizedAsPyTorchDoes() throws {
  for one in try Reference().values.at("resized").elements {
    let (from, to) = (try one.at("from").integers, try one.at("to").integers)
    let resized = trilinear(try one.at("values").floats, from: from, to: to)
    expectClose(
      resized.map(Double.init), try one.at("resized").doubles, absolute: 1e-6, "\(from) to \(to)")
  }
}

/// A summand's gradient is what the logit does when the summand changes.
@Test func theProbesGradientIsThatOfTheLogit() throws {
  let reference = try Reference()
  let graph = reference.model.graph
  let (tensor, _) = try graph.featureMap(at: "act2")
  let cam = try GradCAM(reference.model, layer: "act2", threads: 1)
  let x = try reference.values.at("x").floats
  _ = try cam.attribution(of: x, label: 1)
  let gradient = Array(cam.gradient)
  let probed = graph.probing(tensor)
  let weights = try Weights(for: probed)
  _ = weights.values.update(fromContentsOf: reference.model.weights.values)
  let network = try Network(
    Plan(probed, PlanOptions(mode: .inference, batch: 1, threads: 1, end: probed.logits.tensor)),
    weights: weights)
  let summand = try #require(weights.slice(named: "probe.summand"))
  #expect(summand.count == gradient.count)
  func logit(_ position: Int, _ value: Float) throws -> Double {
    summand[position] = value
    defer { summand[position] = 0 }
    network.weightsChanged()
    _ = network.input.update(fromContentsOf: x)
    try network.forward(samples: 1)
    return Double(network.output[1])
  }
  for position in stride(from: 3, to: gradient.count, by: 37) {
    // Rounding of a logit near 1 takes 1e-7 off, a ReLU between the two points more.
    let slope = (try logit(position, 0.02) - logit(position, -0.02)) / 0.04
    expectClose(slope, Double(gradient[position]), absolute: 2e-4, relative: 0.05, "at \(position)")
  }
}

/// Every architecture of the zoo, as it comes: the probed network is the same function.
@Test(arguments: ["densenet", "resnet18", "shallow_cnn", "slice_cnn"])
func probingChangesNoNetwork(name: String) throws {
  let models = #filePath.replacing("Tests/ZooExplanationTests/GradCAMTests.swift", with: "Models")
  let size = name == "slice_cnn" ? [16, 24, 24] : [16, 16, 16]
  let architecture = try Zoo(folders: [models]).find(name).withSize(size)
  var draws = Seed(9).child(name).stream()
  let model = try trained(architecture) { parameter, count in
    let isVariance = parameter.hasSuffix("running_var")
    return (0..<count).map { _ in Float(isVariance ? 0.5 + draws.unit() : 0.2 * draws.normal()) }
  }
  let sample = (0..<model.graph.inputShape.count).map { _ in Float(draws.index(below: 256)) }
  let plain = try Network(
    Plan(
      model.graph, PlanOptions(mode: .inference, batch: 1, threads: 2, end: model.graph.logits.tensor)),
    weights: model.weights)
  _ = plain.input.update(fromContentsOf: sample)
  try plain.forward(samples: 1)
  let expected = plain.output.map(Double.init)
  let largest = expected.map(abs).max() ?? .nan
  for layer in [nil, name == "densenet" ? "block2" : name == "resnet18" ? nil : "conv2"] {
    let cam = try GradCAM(model, layer: layer, threads: 2)
    expectClose(try cam.logits(of: sample).map(Double.init), expected, absolute: 1e-4 * largest, name)
    let map = try cam.attribution(of: sample, label: 1)
    #expect(map.axes == size && map.values.allSatisfy { (0...1).contains($0) })
    #expect(cam.gradient.contains { $0 != 0 } && cam.gradient.allSatisfy(\.isFinite))
  }
}

@Test func layersAreFoundAndListed() throws {
  let graph = try Reference().model.graph
  #expect(try graph.featureMap().layer == "act3")
  #expect(try graph.featureMap(at: "sum").tensor == graph.nodes.first { $0.path == "sum" }?.output)
  expectProblem(
    "--layer: no layer \"at2\" with a feature map; did you mean \"act2\"?",
    "There are: one, norm, act1, two, act2, three, sum, act3"
  ) { try graph.featureMap(at: "at2") }
  // A vector is no map, and neither is what comes before the first convolution.
  for layer in ["global_avg_pool_1", "head", "in"] {
    expectProblem("no layer") { try graph.featureMap(at: layer) }
  }
  let flat = try Architecture.parse(
    [
      "name": "flat", "input": ["size": 4, "mask": "ignore"],
      "layers": [["type": "flatten"], ["type": "dense", "units": 2], ["type": "softmax"]],
    ], at: "flat.json"
  ).graph(registry: Registry(layers: BuiltInLayers.list))
  expectProblem("no feature map", "by occlusion") { try flat.featureMap() }
}

/// One logit speaks for class 1 and against class 0.
@Test func aSigmoidHasTwoClasses() throws {
  let architecture = try Architecture.parse(
    [
      "name": "one", "input": ["size": 4, "mask": "ignore"],
      "layers": [
        ["type": "conv3d", "name": "conv", "filters": 1, "kernel": 1], ["type": "global_avg_pool"],
        ["type": "dense", "units": 1], ["type": "sigmoid"],
      ],
    ], at: "one.json")
  let model = try trained(architecture) { name, count in
    [Float](repeating: name.hasSuffix("weight") ? 1 : 0, count: count)
  }
  let sample = (0..<64).map { Float($0 == 21 ? 8 : $0 == 40 ? -4 : 0) }
  let cam = try GradCAM(model, layer: nil, threads: 1)
  let (pro, contra) = (
    try cam.attribution(of: sample, label: 1), try cam.attribution(of: sample, label: 0)
  )
  #expect(pro.values.indices.filter { pro.values[$0] > 0 } == [21] && pro.peak == 8.0 / 64)
  #expect(contra.values.indices.filter { contra.values[$0] > 0 } == [40] && contra.peak == 4.0 / 64)
  let occluded = try AttributionMethod.occlusion(patch: [1, 1, 1], stride: nil).explainer(
    of: model, threads: 1)
  #expect(try occluded.attribution(of: sample, label: 1) != occluded.attribution(of: sample, label: 0))
  expectProblem("no class 2", "0 to 1") { try cam.attribution(of: sample, label: 2) }
  expectProblem("not a sample", "1×4×4×4", "found 3") { try cam.attribution(of: [1, 2, 3], label: 1) }
}
