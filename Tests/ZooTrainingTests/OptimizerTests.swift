import Testing
import ZooCore
import ZooGraph
import ZooKernels
import ZooTestSupport
import ZooTraining

private func parameter(_ count: Int, decays: Bool = false, learns: Bool = true) -> Parameter {
  Parameter(name: "p", shape: [count], initializer: .constant(0), isTrainable: learns, decays: decays)
}

private func make(_ name: String, _ options: JSONValue, _ layout: ParameterLayout) throws
  -> any Optimizer
{
  try Registry(optimizers: builtInOptimizers).make(name, options: options, layout: layout)
}

extension Optimizer {
  /// A step over arrays.
  fileprivate func step(
    _ parameters: inout [Float], _ gradients: some Collection<Float>, rate: Double, workers: Int = 1
  ) throws -> Double {
    try parameters.withUnsafeMutableBufferPointer { parameters in
      try Array(gradients).withUnsafeBufferPointer {
        try step(
          parameters: parameters, gradients: $0, learningRate: rate, on: Workers(count: workers))
      }
    }
  }
}

@Test func optimizersFollowPyTorch() throws {
  let reference = try Reference("optimizers").values
  let kernel = try Int(reference.at("kernel").double)
  let start = try reference.at("start").floats
  let gradients = try reference.at("gradients").floats
  let rates = try reference.at("rates").doubles
  let checked = try reference.at("checked_steps").doubles.map { Int($0) }
  let runs = try reference.at("runs").elements
  #expect(runs.count == 12)
  let layout = ParameterLayout([parameter(kernel, decays: true), parameter(start.count - kernel)])
  for run in runs {
    let name = try "\(run.at("optimizer").string) \(run.at("options").text(indented: false))"
    let optimizer = try make(run.at("optimizer").string, run.at("options"), layout)
    let (penalties, expected) = (try run.at("penalties").doubles, try run.at("parameters").elements)
    var parameters = start
    for step in rates.indices {
      let penalty = try optimizer.step(
        &parameters, gradients[(step * start.count)..<((step + 1) * start.count)], rate: rates[step])
      expectClose(penalty, penalties[step], relative: 1e-6, "\(name) penalty")
      if let index = checked.firstIndex(of: step) {
        expectClose(
          parameters, try expected[index].floats, absolute: 2e-7, relative: 1e-6, "\(name) step \(step)")
      }
    }
    #expect(optimizer.state.steps == rates.count)
  }
}

@Test(arguments: ["adam", "adamw", "sgd"])
func aRestoredOptimizerGoesOnAsBefore(name: String) throws {
  let layout = ParameterLayout([parameter(5000, decays: true), parameter(33)])
  var draws = Seed(1).stream()
  var draw: [Float] { (0..<layout.count).map { _ in Float(draws.normal()) } }
  let gradients = [draw, draw, draw, draw]
  var first = draw
  let optimizer = try make(name, ["l2": 0.01], layout)
  for step in 0..<2 { _ = try optimizer.step(&first, gradients[step], rate: 0.1) }
  var second = first
  let restored = try make(name, ["l2": 0.01], layout)
  try restored.state.restore(optimizer.state.arrays, from: "checkpoint")
  for step in 2..<4 {
    let penalty = try optimizer.step(&first, gradients[step], rate: 0.1)
    #expect(try penalty == restored.step(&second, gradients[step], rate: 0.1))
  }
  #expect(first == second)
  #expect(optimizer.state.arrays == restored.state.arrays)
}

@Test(arguments: ["adam", "adamw", "sgd"])
func stepsGiveTheSameBitsForAnyWorkers(name: String) throws {
  let layout = ParameterLayout([
    parameter(100_003, decays: true), parameter(33_000), parameter(7, learns: false),
    parameter(70_000, decays: true), parameter(1, decays: true),
  ])
  var draws = Seed(2).stream()
  var draw: [Float] { (0..<layout.count).map { _ in Float(draws.normal()) } }
  let (start, gradients) = (draw, [draw, draw])
  let results = try [1, 2, 3, 8].map { workers in
    let optimizer = try make(name, ["l2": 0.01], layout)
    var parameters = start
    let penalties = try gradients.map {
      try optimizer.step(&parameters, $0, rate: 0.1, workers: workers)
    }
    return (parameters, penalties)
  }
  for (parameters, penalties) in results {
    #expect(parameters == results[0].0 && penalties == results[0].1)
  }
  let moved = parameters(of: results[0].0, from: start)
  #expect(moved == Array(0..<133_003) + Array(133_010..<203_011))
  // Σw² of what decays, plainly.
  let decaying = (Array(0..<100_003) + Array(133_010..<203_011)).map { Double(start[$0]) }
  expectClose(
    results[0].1[0], 0.01 * decaying.map { $0 * $0 }.reduce(0, +), relative: 1e-6, "\(name) penalty")
}

/// Positions where two arrays differ.
private func parameters(of new: [Float], from old: [Float]) -> [Int] {
  new.indices.filter { new[$0] != old[$0] }
}

@Test func aForeignStateIsRefusedWhole() throws {
  let layout = ParameterLayout([parameter(4)])
  let optimizer = try make("adam", [:], layout)
  let before = optimizer.state.arrays
  for wrong: [String: [Float]] in [
    ["steps": [1], "velocity": [1, 1, 1, 1]],
    ["steps": [1], "mean": [1, 1, 1, 1], "mean_square": [1, 1]],
    ["steps": [.nan], "mean": [1, 1, 1, 1], "mean_square": [1, 1, 1, 1]],
  ] {
    #expect(throws: Problem.self) { try optimizer.state.restore(wrong, from: "checkpoint") }
  }
  #expect(optimizer.state.arrays == before)
}

@Test(arguments: ["adam", "adamw", "sgd"])
func onlyWhatLearnsChanges(name: String) throws {
  let layout = ParameterLayout([
    parameter(3, learns: false), parameter(2), parameter(4, decays: true), parameter(5, learns: false),
    parameter(1, decays: true),
  ])
  #expect(layout.count == 15)
  let optimizer = try make(name, ["l2": 0.5], layout)
  var parameters = [Float](repeating: 1, count: 15)
  let penalty = try optimizer.step(&parameters, repeatElement(0, count: 15), rate: 0.1)
  #expect(penalty == 0.5 * 5)
  // Without a gradient only the parameters that decay move.
  #expect(parameters.indices.filter { parameters[$0] != 1 } == [5, 6, 7, 8, 14])
  _ = try optimizer.step(&parameters, repeatElement(1, count: 15), rate: 0.1)
  #expect(parameters.indices.filter { parameters[$0] != 1 } == [3, 4, 5, 6, 7, 8, 14])
}

@Test(
  arguments: [
    ("adam", ["momentum": 0.9], "unknown key \"momentum\""),
    ("sgd", ["beta1": 0.9], "unknown key \"beta1\""),
    ("adam", ["beta1": 1], "expected a number from"),
    ("adm", [:], "did you mean \"adam\""),
  ] as [(String, JSONValue, String)])
func wrongOptimizerOptionsAreRefused(name: String, options: JSONValue, hint: String) throws {
  let problem = #expect(throws: Problem.self) { try make(name, options, ParameterLayout([parameter(1)])) }
  #expect(try #require(problem).description.contains(hint), "\(problem?.description ?? "")")
}
