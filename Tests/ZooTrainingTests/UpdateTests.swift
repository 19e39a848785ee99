import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooKernels
import ZooLayers
import ZooTestSupport
import ZooTraining
import ZooVolume

private func parameter(_ name: String, _ count: Int, learns: Bool = true) -> Parameter {
  Parameter(name: name, shape: [count], initializer: .constant(0), isTrainable: learns)
}

private func draws(_ count: Int, seed: UInt64) -> [Float] {
  var stream = Seed(seed).stream()
  return (0..<count).map { _ in Float(stream.normal()) }
}

@Test func clippingFollowsPyTorch() throws {
  let reference = try Reference("updates").values
  let counts = try reference.at("layers").doubles.map { Int($0) }
  let start = try reference.at("gradients").floats
  let layout = ParameterLayout(
    counts.enumerated().map { parameter("p\($0)", $1, learns: $0 != 1) })
  let cases = try reference.at("clips").elements
  #expect(cases.count == 3)
  for one in cases {
    let limit = try one.at("limit").double
    var gradients = start
    let norm = try gradients.withUnsafeMutableBufferPointer {
      try GradientClipping(limit: limit, layout: layout).clip($0, on: Workers(count: 1))
    }
    expectClose(norm, try one.at("norm").double, relative: 1e-6, "norm")
    expectClose(
      gradients, try one.at("gradients").floats, absolute: 1e-9, relative: 1e-6, "clipped to \(limit)")
  }
}

@Test func aGradientThatIsNoNumberIsSeen() throws {
  let layout = ParameterLayout([parameter("p", 5)])
  for value in [Float.nan, .infinity, -.infinity] {
    var gradients: [Float] = [1, value, 2, 3, 4]
    let norm = try gradients.withUnsafeMutableBufferPointer {
      try GradientClipping(limit: 1, layout: layout).clip($0, on: Workers(count: 2))
    }
    #expect(!norm.isFinite && gradients[0] == 1)
  }
}

@Test func accumulatedGradientsAreThoseOfOneBatch() throws {
  let reference = try Reference("updates").values.at("accumulated")
  let labels = try reference.at("labels").elements.map { try $0.doubles.map { Int($0) } }
  let weights = try reference.at("class_weights")
  let loss = try Registry(losses: builtInLosses).make(
    "cross_entropy", options: ["class_weights": weights], classes: 3)
  let gradients = try reference.at("gradients").elements.map { try $0.floats }
  let accumulation = try GradientAccumulation(layout: ParameterLayout([parameter("p", gradients[0].count)]))
  // Twice: the second time knows nothing of the first.
  for _ in 0..<2 {
    var mean: [Float] = []
    for (own, gradient) in zip(labels, gradients) {
      let targets = own.flatMap { label in (0..<3).map { Float($0 == label ? 1 : 0) } }
      mean = gradient
      try mean.withUnsafeMutableBufferPointer { mean in
        let weight = targets.withUnsafeBufferPointer { loss.weight(of: $0) }
        try accumulation.add(mean, weight: weight, on: Workers(count: 1))
      }
    }
    try mean.withUnsafeMutableBufferPointer { try accumulation.finish(into: $0, on: Workers(count: 1)) }
    expectClose(mean, try reference.at("all").floats, absolute: 1e-7, relative: 1e-6, "mean")
  }
}

@Test func movingAveragesFollowPyTorch() throws {
  let reference = try Reference("updates").values
  let trail = try reference.at("trail").floats
  let checked = try reference.at("checked_steps").doubles.map { Int($0) }
  let graph = try tinyGraph(values: 9)
  for one in try reference.at("ema").elements {
    let decay = try one.at("decay").double
    let expected = try one.at("averages").elements
    let weights = try Weights(for: graph)
    let rows = trail.count / 9
    func set(_ row: Int) { _ = weights.values.update(from: trail[(row * 9)..<(row * 9 + 9)]) }
    set(0)
    let average = try MovingAverage(of: weights, decay: decay)
    for row in 1..<rows {
      set(row)
      try average.follow(weights, on: Workers(count: 1))
      guard let index = checked.firstIndex(of: row) else { continue }
      expectClose(
        Array(average.weights.values), try expected[index].floats, absolute: 1e-6, relative: 1e-6,
        "decay \(decay), step \(row)")
    }
    let last = Array(average.weights.values)
    average.exchange(with: weights)
    #expect(Array(weights.values) == last && Array(average.weights.values) == Array(trail.suffix(9)))
  }
}

/// A dense layer of so many values without bias.
private func tinyGraph(values: Int) throws -> Graph {
  var builder = GraphBuilder(input: .init(channels: values, depth: 1, height: 1, width: 1))
  let flat = try builder.flatten(builder.input, at: "flat")
  let output = try builder.dense(flat, units: 1, hasBias: false, at: "dense")
  return builder.finish(output: output)
}

@Test func updatesGiveTheSameBitsForAnyWorkers() throws {
  let count = 203_011
  let layout = ParameterLayout([
    parameter("a", 100_003), parameter("b", 3_007, learns: false), parameter("c", 100_001),
  ])
  let (first, second) = (draws(count, seed: 1), draws(count, seed: 2))
  let results = try [1, 2, 3, 8].map { workers in
    let workers = Workers(count: workers)
    let accumulation = try GradientAccumulation(layout: layout)
    var norm = 0.0
    var gradients = first
    try gradients.withUnsafeMutableBufferPointer { gradients in
      try accumulation.add(gradients, weight: 3, on: workers)
      _ = gradients.update(from: second)
      try accumulation.add(gradients, weight: 0.7, on: workers)
      try accumulation.finish(into: gradients, on: workers)
      norm = try GradientClipping(limit: 1, layout: layout).clip(gradients, on: workers)
    }
    return (norm, gradients)
  }
  for (norm, gradients) in results { #expect(norm == results[0].0 && gradients == results[0].1) }
  // What does not learn is left alone.
  #expect(results[0].1[100_003..<103_010] == second[100_003..<103_010])
  expectClose(
    results[0].1[7], (3 * first[7] + 0.7 * second[7]) / 3.7 / Float(results[0].0), relative: 1e-5, "a value")
}
