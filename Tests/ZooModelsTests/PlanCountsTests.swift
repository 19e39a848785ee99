import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooKernels
import ZooModels

/// What plans of the models take: bytes, kernels and copies are counted, so that they cannot grow unseen.
struct PlanCountsTests {
  private func plan(
    _ model: String, batch: Int = 32, precision: Precision = .f32, memory: Int? = nil
  ) throws -> Plan {
    let graph = try Zoo(folders: [modelsFolder]).find(model).graph(registry: builtIn())
    return try Plan(
      graph,
      PlanOptions(
        mode: .training, batch: batch, threads: 2, precision: precision, memory: memory,
        end: graph.logits.tensor))
  }

  @Test(
    arguments: [("densenet", .f32, 2000), ("densenet", .bf16, 1050), ("resnet18", .f32, 1700)]
      as [(String, Precision, Int)])
  func bytesOfATrainingStep(model: String, precision: Precision, megabytes: Int) throws {
    let plan = try plan(model, precision: precision)
    #expect(try Network.forecast(plan).total <= megabytes * 1_000_000)
    #expect(!plan.repeatsForMemory)
  }

  @Test(arguments: [(Precision.f32, 1800), (.bf16, 950)])
  func densenetFitsASmallMachineForLittle(precision: Precision, megabytes: Int) throws {
    let limit = megabytes * 1_000_000
    let plan = try plan("densenet", precision: precision, memory: limit)
    #expect(try Network.forecast(plan).total <= limit)
    #expect(plan.repeatsForMemory && plan.repeatedShare < 0.02)
  }

  @Test("A refusal names a limit that is enough, and the least of whole megabytes")
  func refusedMemory() throws {
    let refusal = try #require(throws: Problem.self) { try plan("densenet", memory: 1_000_000) }
    let megabytes = try #require(refusal.expected.flatMap { Int($0.prefix { $0 != " " }) })
    #expect(refusal.expected == "\(megabytes) MB at least" && refusal.found == "1 MB")
    #expect(throws: Never.self) { try plan("densenet", memory: megabytes * 1_000_000) }
    #expect(throws: Problem.self) { try plan("densenet", memory: (megabytes - 1) * 1_000_000) }
  }

  /// Only strided convolutions of large volumes are left to oneDNN, and without AVX-512, where it copies every sample, none.
  @Test(arguments: [("densenet", 0), ("resnet18", 2), ("shallow_cnn", 0)])
  func convolutionsLeftToOneDNN(model: String, count: Int) throws {
    let (ones, cube) = ([1, 1, 1], [8, 8, 8])
    let shape = ConvolutionShape(
      inputChannels: 16, outputChannels: 16, groups: 1, input: cube, output: cube, kernel: [3, 3, 3],
      stride: ones, dilation: ones, paddingBefore: ones, paddingAfter: ones, hasBias: false,
      isInputPlain: false)
    let own = BatchConvolution(shape, samples: 1, dataGradient: false, weightGradient: false)
    guard let own else { return }  // other processors leave all to it
    let left = own.name.contains("avx512") ? count : 0
    #expect(try plan(model).convolutionNames.count { $0.name.hasPrefix("jit") } == left)
  }

  @Test(arguments: ["densenet", "resnet18", "shallow_cnn"])
  func aStepCopiesNoTensorIntoAnotherLayout(model: String) throws {
    let plan = try plan(model, batch: 2)
    let weights = try Weights(for: plan.graph)
    weights.initialize(seed: Seed(1))
    let network = try Network(plan, weights: weights)
    network.input.update(repeating: 1)
    network.outputGradient.update(repeating: 1)
    for _ in 0..<2 {
      try network.forward(samples: 2)
      try network.backward()
    }
    #expect(network.reorders == 0)
  }
}
