import Testing
import ZooEngine
import ZooGraph
import ZooKernels
import ZooTestSupport

/// Every primitive and composite layer against PyTorch in float64, both passes, odd shapes and batches.
struct LayerFixtureTests {
  /// f32 against f64: errors of sums grow with their length, so they are measured against the largest value.
  private func check(
    _ actual: some Collection<Float>, _ expected: [Float], _ what: String, tolerance: Double = 2e-5,
    largest floor: Double = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let largest = max(floor, Double(expected.map(abs).max() ?? 0))
    expectClose(
      Array(actual), expected, absolute: tolerance * largest + 1e-7, what, sourceLocation: sourceLocation)
  }

  /// A bias before a batch norm has gradient 0: what is left of its sum is measured against the layer's weights.
  private func scale(_ parameter: Parameter, _ fixture: LayerFixture) throws -> Double {
    guard parameter.name.hasSuffix(".bias") else { return 0 }
    let weights = try fixture.floats("gradient.\(parameter.name.dropLast(4))weight")
    return Double(weights.map(abs).max() ?? 0)
  }

  @Test func thereAreFixtures() { #expect(LayerFixture.names.count > 50) }

  @Test(arguments: LayerFixture.names)
  func trainingMatchesPyTorch(_ name: String) throws {
    let fixture = try LayerFixture(name)
    let network = try fixture.network(.training, threads: 2, inputGradient: true)
    try network.forward(samples: fixture.batch)
    check(network.output, try fixture.floats("output"), "\(name): output")
    _ = network.outputGradient.update(fromContentsOf: try fixture.floats("output_gradient"))
    try network.backward()
    check(network.inputGradient, try fixture.floats("gradient.input"), "\(name): input gradient")
    var start = 0
    for parameter in fixture.graph.parameters {
      if parameter.isTrainable {
        check(
          network.gradients[start..<start + parameter.count],
          try fixture.floats("gradient.\(parameter.name)"),
          "\(name): gradient of \(parameter.name)", tolerance: 5e-5, largest: try scale(parameter, fixture))
      }
      start += parameter.count
    }
    network.updateRunningStatistics()
    for parameter in fixture.graph.parameters where !parameter.isTrainable {
      let values = try #require(network.weights.slice(named: parameter.name))
      check(values, try fixture.floats("after.\(parameter.name)"), "\(name): \(parameter.name) after")
    }
  }

  @Test(arguments: LayerFixture.names)
  func inferenceMatchesPyTorch(_ name: String) throws {
    let fixture = try LayerFixture(name)
    let network = try fixture.network(.inference, threads: 2)
    try network.forward(samples: fixture.batch)
    check(network.output, try fixture.floats("evaluation_output"), "\(name): evaluation")
  }

  @Test(arguments: LayerFixture.names)
  func threadsDoNotChangeABit(_ name: String) throws {
    let fixture = try LayerFixture(name)
    var first: ([Float], [Float])?
    for threads in [1, 2, 3, 4] {
      let network = try fixture.network(.training, threads: threads)
      _ = network.outputGradient.update(fromContentsOf: try fixture.floats("output_gradient"))
      for _ in 0..<2 {
        try network.forward(samples: fixture.batch)
        try network.backward()
      }
      let result = (Array(network.output), Array(network.gradients))
      if let first {
        #expect(first.0 == result.0 && first.1 == result.1, "\(name): \(threads) threads")
      } else {
        first = result
      }
    }
  }

  /// Fewer samples than workers: these share each step.
  @Test(arguments: LayerFixture.names)
  func sharingASampleDoesNotChangeABit(_ name: String) throws {
    let fixture = try LayerFixture(name)
    let outputs = try [1, 2, 3, 5].map { threads in
      let network = try fixture.network(.inference, threads: threads)
      try network.forward(samples: 1)
      return Array(network.output.prefix(network.output.count / fixture.batch))
    }
    #expect(outputs.allSatisfy { $0 == outputs[0] }, "\(name)")
  }

  /// Weights that are packed a few steps at a time, before and after they change.
  @Test(
    arguments: LayerFixture.names, [(KernelChoice.auto, Precision.f32), (.auto, .bf16), (.onednn, .f32)])
  func aNetworkForOneRunDoesNotChangeABit(_ name: String, as choice: (KernelChoice, Precision)) throws {
    let fixture = try LayerFixture(name)
    var options = PlanOptions(
      mode: .inference, batch: 1, threads: 2, precision: choice.1, kernels: choice.0)
    let kept = try fixture.network(options)
    options.isForOneRun = true
    let networks = try [1, 2, 3].map {
      options.threads = $0
      return try fixture.network(options)
    }
    for _ in 0..<2 {
      try kept.forward(samples: 1)
      for network in networks {
        try network.forward(samples: 1)
        let threads = network.plan.options.threads
        #expect(Array(network.output) == Array(kept.output), "\(name): \(threads) threads")
      }
      for network in [kept] + networks {
        for value in network.weights.values.indices { network.weights.values[value] *= 0.75 }
        network.weightsChanged()
      }
    }
  }
}
