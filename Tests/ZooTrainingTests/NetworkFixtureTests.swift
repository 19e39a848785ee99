import Foundation
import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooKernels
import ZooLayers
import ZooModels
import ZooTestSupport
import ZooTraining

/// The zoo's networks against PyTorch: golden logits, one step's loss and gradients, and 30 steps of Adam.
struct NetworkFixtureTests {
  private struct Fixture: Decodable {
    struct Evaluation: Decodable {
      let batch: Int
      let size: Int
      let logits: [[Double]]
    }
    struct Training: Decodable {
      let batch: Int
      let size: Int
      let away: Double
      let logits: [[Double]]
      let loss: Double
      let gradients: [String: [Double]]
    }
    let trainable: Int
    let evaluation: [Evaluation]
    let training: Training
  }

  private struct Parity: Decodable {
    let batch: Int
    let size: Int
    let away: Double
    let steps: Int
    let losses: [Double]
  }

  private static var folder: String {
    String(#filePath.dropLast("ZooTrainingTests/NetworkFixtureTests.swift".count))
  }

  private func decode<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    let path = "\(NetworkFixtureTests.folder)Fixtures/networks/\(name).json"
    return try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
  }

  private func network(
    _ name: String, size: Int, batch: Int, away: Double = 0, _ mode: PlanOptions.Mode, threads: Int = 2,
    precision: Precision = .f32, kernels: KernelChoice = .auto, memory: Int? = nil
  ) throws -> Network {
    let file = "\(NetworkFixtureTests.folder)../Models/\(name).json"
    let architecture = try Architecture.load(file).withSize([size, size, size])
    let graph = try architecture.graph(registry: Registry(layers: BuiltInLayers.list))
    let options = PlanOptions(
      mode: mode, batch: batch, threads: threads, precision: precision, kernels: kernels, memory: memory,
      end: graph.logits.tensor)
    let network = try Network(Plan(graph, options), weights: NetworkFormula.weights(for: graph, away: away))
    _ = network.input.update(fromContentsOf: NetworkFormula.batch(batch, size))
    return network
  }

  /// Mean softmax cross-entropy against labels n mod 2, and its gradient in the network.
  private func loss(of network: Network) -> Double {
    let count = network.plan.options.batch
    var total = 0.0
    for n in 0..<count {
      let (a, b) = (Double(network.output[2 * n]), Double(network.output[2 * n + 1]))
      let share = 1 / (1 + exp(a - b))
      let lead = n % 2 == 1 ? a - b : b - a  // of the wrong class
      total += max(lead, 0) + log1p(exp(-abs(lead)))
      guard network.plan.options.mode == .training else { continue }
      let gradient = (share - Double(n % 2)) / Double(count)
      network.outputGradient[2 * n] = Float(-gradient)
      network.outputGradient[2 * n + 1] = Float(gradient)
    }
    return total / Double(count)
  }

  @Test(arguments: ["densenet", "resnet18", "shallow_cnn"], KernelChoice.allCases)
  func evaluationMatchesPyTorch(_ name: String, _ kernels: KernelChoice) throws {
    for expected in try decode(Fixture.self, name).evaluation {
      let network = try network(
        name, size: expected.size, batch: expected.batch, .inference, kernels: kernels)
      try network.forward(samples: expected.batch)
      expectClose(network.output.map(Double.init), expected.logits.flatMap(\.self), absolute: 2e-5, name)
    }
  }

  @Test(arguments: ["densenet", "resnet18", "shallow_cnn"], KernelChoice.allCases)
  func aStepMatchesPyTorch(_ name: String, _ kernels: KernelChoice) throws {
    let fixture = try decode(Fixture.self, name)
    let expected = fixture.training
    let network = try network(
      name, size: expected.size, batch: expected.batch, away: expected.away, .training, kernels: kernels)
    #expect(network.plan.graph.trainableCount == fixture.trainable)
    try network.forward(samples: expected.batch)
    expectClose(network.output.map(Double.init), expected.logits.flatMap(\.self), absolute: 1e-4, name)
    expectClose(loss(of: network), expected.loss, relative: 1e-5, "\(name): loss")
    try network.backward()
    // Norm and projection of every gradient; PyTorch's own f32 is written in the fixture as float32.gradients.
    let whole = expected.gradients.values.map { $0[0] * $0[0] }.reduce(0, +).squareRoot()
    var start = 0
    for (position, parameter) in network.plan.graph.parameters.enumerated() {
      defer { start += parameter.count }
      guard parameter.isTrainable else { continue }
      let reference = try #require(expected.gradients[parameter.name], "\(name): \(parameter.name)")
      let gradient = network.gradients[start..<start + parameter.count].map(Double.init)
      let norm = gradient.map { $0 * $0 }.reduce(0, +).squareRoot()
      let projection = gradient.enumerated().map { $1 * NetworkFormula.unit($0, position) }.reduce(0, +)
      let tolerance = 1e-4 * (reference[0] + 1e-3 * whole)
      expectClose(norm, reference[0], absolute: tolerance, "\(name): norm of \(parameter.name)")
      expectClose(projection, reference[2], absolute: tolerance, "\(name): projection of \(parameter.name)")
    }
  }

  @Test(arguments: ["densenet", "resnet18", "shallow_cnn"], [PlanOptions.Mode.training, .inference])
  func oneDNNAloneWhereItIsAskedFor(_ name: String, _ mode: PlanOptions.Mode) throws {
    let names = try network(name, size: 16, batch: 2, mode, kernels: .onednn).plan.convolutionNames
    #expect(!names.isEmpty)
    for (path, kernel) in names {
      #expect(!["winograd", "pointwise", "batch"].contains { kernel.hasPrefix($0) }, "\(path): \(kernel)")
    }
  }

  /// bf16 keeps 8 bits, 0.2 % a rounding, and there are some tens of roundings on the way: within 1 % of the whole gradient.
  @Test(arguments: ["densenet", "resnet18", "shallow_cnn"])
  func aStepInBF16StaysNearPyTorch(_ name: String) throws {
    let expected = try decode(Fixture.self, name).training
    let network = try network(
      name, size: expected.size, batch: expected.batch, away: expected.away, .training, precision: .bf16)
    try network.forward(samples: expected.batch)
    expectClose(loss(of: network), expected.loss, relative: 2e-2, "\(name): loss")
    try network.backward()
    var (whole, distance, start) = (0.0, 0.0, 0)
    for (position, parameter) in network.plan.graph.parameters.enumerated() {
      defer { start += parameter.count }
      guard parameter.isTrainable else { continue }
      let reference = try #require(expected.gradients[parameter.name])
      let gradient = network.gradients[start..<start + parameter.count].map(Double.init)
      let projection = gradient.enumerated().map { $1 * NetworkFormula.unit($0, position) }.reduce(0, +)
      whole += reference[0] * reference[0]
      distance += (projection - reference[2]) * (projection - reference[2])
    }
    #expect((distance / whole).squareRoot() < 1e-2, "\(name)")
  }

  @Test(arguments: [Precision.f32, .bf16])
  func aSampleSharedByWorkersGivesTheSameBits(_ precision: Precision) throws {
    let results = try [1, 2, 3, 4, 8].map { threads in
      let network = try network(
        "densenet", size: 16, batch: 1, .inference, threads: threads, precision: precision)
      try network.forward(samples: 1)
      return Array(network.output)
    }
    #expect(results.allSatisfy { $0 == results[0] && $0.allSatisfy(\.isFinite) })
  }

  @Test(arguments: [Precision.f32, .bf16])
  func aStepGivesTheSameBitsForAnyThreads(_ precision: Precision) throws {
    // With less memory, more layers are computed twice.
    let usual = try network("densenet", size: 16, batch: 5, .training, precision: precision).plan
    let less = try Network.forecast(usual).total * 19 / 20
    let gradients = try [(1, nil), (2, nil), (3, nil), (4, nil), (8, nil), (2, less)].map {
      (threads: Int, memory: Int?) in
      let network = try network(
        "densenet", size: 16, batch: 5, .training, threads: threads, precision: precision, memory: memory)
      #expect((network.plan.repeatedShare > usual.repeatedShare) == (memory != nil))
      #expect(try memory.map { try Network.forecast(network.plan).total <= $0 } ?? true)
      try network.forward(samples: 5)
      _ = loss(of: network)
      try network.backward()
      return Array(network.gradients)
    }
    #expect(gradients.allSatisfy { $0 == gradients[0] && $0.allSatisfy(\.isFinite) })
  }

  @Test func thirtyAdamStepsFollowPyTorch() throws {
    let parity = try decode(Parity.self, "densenet_adam30")
    let network = try network(
      "densenet", size: parity.size, batch: parity.batch, away: parity.away, .training)
    var options = try JSONObject(["l2": 0, "epsilon": 1e-8], at: "options")
    let adam = try Adam(options: &options, layout: ParameterLayout(network.weights.parameters))
    for step in 0..<parity.steps {
      _ = network.input.update(fromContentsOf: NetworkFormula.batch(parity.batch, parity.size, step: step))
      try network.forward(samples: parity.batch)
      expectClose(loss(of: network), parity.losses[step], relative: 1e-3, "loss of step \(step)")
      try network.backward()
      network.updateRunningStatistics()
      _ = try adam.step(
        parameters: network.weights.values, gradients: UnsafeBufferPointer(network.gradients),
        learningRate: 1e-4, on: network.team)
      network.weightsChanged()
    }
  }
}
