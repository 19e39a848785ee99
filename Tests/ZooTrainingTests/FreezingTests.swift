import FoundationEssentials
import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooLayers
import ZooModels
import ZooTestSupport
import ZooTraining

/// The network of scripts/fixtures/frozen.py.
private func graph() throws -> Graph {
  try Architecture.parse(
    [
      "name": "frozen", "classes": 2, "input": ["size": 5, "mask": "ignore"],
      "layers": [
        ["type": "conv3d", "name": "one", "filters": 4, "kernel": 3],
        ["type": "batch_norm", "name": "norm1"], ["type": "relu"],
        ["type": "conv3d", "name": "two", "filters": 3, "kernel": 3],
        ["type": "batch_norm", "name": "norm2"], ["type": "relu"],
        ["type": "global_avg_pool"], ["type": "dense", "name": "head", "units": 2], ["type": "softmax"],
      ],
    ], at: "frozen.json"
  ).graph(registry: Registry(layers: BuiltInLayers.list))
}

@Test func gradientsAroundFrozenLayersFollowPyTorch() throws {
  let fixture = try Reference(file: "frozen.json").values
  let x = try fixture.at("x").floats
  let labels = try fixture.at("labels").doubles.map { Int($0) }
  let whole = try graph()
  let loss = try Registry(losses: builtInLosses).make("cross_entropy", classes: 2)
  let targets = labels.flatMap { [Float($0 == 0 ? 1 : 0), Float($0)] }
  for one in try fixture.at("cases").elements {
    let freeze = try one.at("freeze").elements.map { try $0.string }
    let graph = try whole.freezing(freeze)
    let results = try [1, 2, 3].map { threads in
      let weights = try Weights(for: graph)
      for (index, parameter) in weights.parameters.enumerated() {
        _ = weights.slice(index).update(from: try fixture.at("weights").at(parameter.name).floats)
      }
      let options = PlanOptions(mode: .training, batch: 3, threads: threads, end: graph.logits.tensor)
      let network = try Network(Plan(graph, options), weights: weights)
      _ = network.input.update(fromContentsOf: x)
      network.startTimings()
      try network.forward(samples: 3)
      expectClose(
        network.output.map(Double.init), try one.at("logits").doubles, absolute: 1e-5, "\(freeze) logits")
      let value = targets.withUnsafeBufferPointer {
        loss.evaluate(
          logits: UnsafeBufferPointer(network.output), targets: $0, gradient: network.outputGradient)
      }
      expectClose(value, try one.at("loss").double, relative: 1e-5, "\(freeze) loss")
      try network.backward()
      // Nothing goes back to where all is frozen.
      let passed = Set(network.timings().filter { $0.pass == .backward }.map(\.path))
      #expect(
        passed.contains("one") == !freeze.contains("one") && passed.contains("head"), "\(freeze): \(passed)")
      var start = 0
      for parameter in graph.parameters {
        defer { start += parameter.count }
        guard parameter.isTrainable else { continue }
        let expected = try one.at("gradients").at(parameter.name).doubles
        expectClose(
          network.gradients[start..<start + parameter.count].map(Double.init), expected, absolute: 2e-5,
          relative: 1e-4, "\(freeze) \(parameter.name)")
      }
      // Only norms that are not frozen take statistics.
      let before = Array(weights.values)
      network.updateRunningStatistics()
      for (index, parameter) in graph.parameters.enumerated() where !parameter.isTrainable {
        let range = weights.starts[index]..<weights.starts[index] + parameter.count
        let layer = String(parameter.name.prefix { $0 != "." })
        let mayMove = parameter.name.contains("running") && !freeze.contains(layer)
        #expect(
          (Array(weights.values[range]) != Array(before[range])) == mayMove, "\(freeze) \(parameter.name)")
      }
      return Array(network.gradients)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }
}

@Test func frozenLayersKeepEveryBit() throws {
  var options = quickOptions()
  options.epochs = 2
  options.optimizer = "adamw"
  options.averaging.decay = 0.9
  options.update.freeze = ["one", "norm.*"]
  let trainer = try trainer(options: options)
  var start: TrainingEvent.Start?
  _ = try trainer.train { if case .started(let one) = $0 { start = one } }
  #expect(start?.frozen == 6 * 27 + 12 && start?.parameters == 6 * 27 * 8 + 8 + 18)
  let model = try #require(trainer.bestModel)
  let initial = try Weights(for: trainer.graph)
  initial.initialize(seed: options.root.child("weights"))
  for (index, parameter) in initial.parameters.enumerated() {
    let isFrozen = ["one", "norm"].contains(String(parameter.name.prefix { $0 != "." }))
    #expect(
      (Array(model.weights.slice(index)) == Array(initial.slice(index))) == isFrozen, "\(parameter.name)")
  }
}

@Test func patternsThatFreezeNothingOrAllAreRefused() throws {
  let graph = try graph()
  expectProblem("freeze: no parameter matches \"nrom1.*\"", "did you mean \"norm1\"") {
    try graph.freezing(["one", "nrom1.*"])
  }
  expectProblem("nothing is left to train") { try graph.freezing(["*"]) }
  // Running statistics never learn, so that a pattern for them alone freezes nothing.
  expectProblem("no parameter matches") { try graph.freezing(["*.running_mean"]) }
  #expect(try graph.freezing(["n?rm1.weight"]).trainableCount == graph.trainableCount - 4)
  #expect(try graph.freezing(["norm*"]).trainableCount == graph.trainableCount - 14)
  // A layer's name is not the beginning of another's.
  expectProblem("no parameter matches \"norm\"") { try graph.freezing(["norm"]) }
}
