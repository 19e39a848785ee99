import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooLayers
import ZooModels

/// What the clock of the steps reports, against a network that can be counted by hand.
struct StepTimingTests {
  private func network(_ mode: PlanOptions.Mode, threads: Int) throws -> Network {
    let architecture = try Architecture.parse(
      JSONValue(
        parsing: """
          { "name": "counted", "input": { "size": [8, 8, 8], "channels": 2 }, "classes": 2, "layers": [
            { "type": "conv3d", "name": "wide", "filters": 16, "kernel": 3, "bias": false },
            { "type": "relu" },
            { "type": "conv3d", "name": "point", "filters": 32, "kernel": 1 },
            { "type": "avg_pool3d", "kernel": 2 },
            { "type": "global_avg_pool" }, { "type": "dense", "name": "head", "units": 2 }, { "type": "softmax" }
          ] }
          """.utf8, from: "test"), at: "test")
    let graph = try architecture.graph(registry: Registry(layers: BuiltInLayers.list))
    let options = PlanOptions(mode: mode, batch: 3, threads: threads, end: graph.logits.tensor)
    let weights = try Weights(for: graph)
    weights.initialize(seed: Seed(1))
    let network = try Network(Plan(graph, options), weights: weights)
    network.input.update(repeating: 1)
    return network
  }

  @Test func aClockThatWasNotStartedReportsNothing() throws {
    let network = try network(.inference, threads: 1)
    try network.forward(samples: 3)
    #expect(network.timings().isEmpty)
  }

  @Test(arguments: [1, 2]) func multiplyAddsAndBytesAreThoseThatAreRun(threads: Int) throws {
    let network = try network(.training, threads: threads)
    network.startTimings()
    for _ in 0..<2 {
      try network.forward(samples: 3)
      network.outputGradient.update(repeating: 1)
      try network.backward()
    }
    let timings = network.timings()
    func find(_ path: String, _ pass: StepTiming.Pass) throws -> StepTiming {
      try #require(timings.first { $0.path == path && $0.pass == pass }, "\(path) \(pass)")
    }
    // Voxels × outputs × inputs × taps × samples; nobody wants the gradient of the network's input.
    #expect(try find("wide", .forward).multiplyAdds == 512 * 16 * 2 * 27 * 3)
    #expect(try find("wide", .backward).multiplyAdds == 512 * 16 * 2 * 27 * 3)
    // The average of 2³ voxels is taken before the convolution of 1³, which then has 64.
    #expect(try find("point", .forward).multiplyAdds == 64 * 32 * 16 * 3)
    #expect(try find("point", .backward).multiplyAdds == 2 * 64 * 32 * 16 * 3)
    #expect(try find("head", .backward).multiplyAdds == 2 * 32 * 2 * 3)
    #expect(try find("wide", .forward).kind == "conv 3³")
    #expect(try find("point", .forward).kind == "conv 1³")
    // Forward a convolution reads 16 and writes 32 channels of f32; backward it reads both and the gradient, writes one.
    #expect(try find("point", .forward).bytes == 3 * 64 * (16 + 32) * 4)
    #expect(try find("point", .backward).bytes == 3 * 64 * (32 + 16 + 16) * 4)
    #expect(try find("point", .packing).bytes == 2 * (16 * 32 + 32) * 4)
    #expect(timings.allSatisfy { $0.seconds > 0 && $0.seconds.isFinite })
  }

  @Test func startingAgainForgets() throws {
    let network = try network(.inference, threads: 1)
    network.startTimings()
    try network.forward(samples: 3)
    #expect(network.timings().contains { $0.pass == .packing })
    network.startTimings()
    #expect(network.timings().isEmpty)
    try network.forward(samples: 2)
    let timings = network.timings()
    #expect(!timings.isEmpty && timings.allSatisfy { $0.pass == .forward })
  }

  @Test func stepsThatKeepTheirLayoutReorderNothing() throws {
    let network = try network(.training, threads: 2)
    try network.forward(samples: 3)
    try network.backward()
    #expect(network.reorders == 0)
  }
}
