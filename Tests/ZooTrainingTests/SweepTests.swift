import Testing
import ZooCore
import ZooData
import ZooFormats
import ZooTestSupport
import ZooTraining

@Test func rangesReadWhatPeopleType() throws {
  #expect(try SweepRange("1e-4:1e-2", at: "--l2") == .logarithmic(1e-4...1e-2))
  #expect(try SweepRange("0,1e-3", at: "--l2") == .choice([0, 1e-3]))
  #expect(try SweepRange("0.5", at: "--l2") == .choice([0.5]))
  for text in ["", "1:", "0:1", "2:1", "1:2:3", "a", "-1", "1,,2", "nan", "1:inf"] {
    expectProblem("--l2: wrong range", "LOW:HIGH", "\"\(text)\"") { try SweepRange(text, at: "--l2") }
  }
}

@Test func halvingGivesThirdsThreeTimesTheEpochs() {
  func rounds(_ trials: Int, _ epochs: Int, _ method: SweepMethod = .halving) -> [[Int]] {
    method.rounds(trials: trials, epochs: epochs).map { [$0.trials, $0.epochs] }
  }
  #expect(rounds(12, 9) == [[12, 1], [4, 3], [1, 9]])
  #expect(rounds(12, 30) == [[12, 3], [4, 10], [1, 30]])
  #expect(rounds(81, 81) == [[81, 1], [27, 3], [9, 9], [3, 27], [1, 81]])
  #expect(rounds(12, 2) == [[12, 2]])
  #expect(rounds(2, 30) == [[2, 30]])
  #expect(rounds(12, 30, .random) == [[12, 30]])
}

/// A search over blobs; heard are the runs that are trained.
private func sweep(
  _ path: String, trials: Int, _ space: SweepSpace, method: SweepMethod = .random, epochs: Int = 1
) throws -> (result: SweepResult, trained: [String]) {
  var options = quickOptions()
  options.epochs = epochs
  let sweep = try Sweep(
    data: M3DVFolder("\(path)/data"), out: "\(path)/out", options: options, space: space, method: method,
    trials: trials, registries: try builtIn())
  var trained: [String] = []
  let result = try sweep.run(try tinyNetwork()) { if case .started = $1 { trained.append($0.name) } }
  return (result, trained)
}

@Test func aSweepDrawsByTrialAndGoesOn() throws {
  try withFolder { path in
    _ = try Blobs(count: 32).write(to: "\(path)/data")
    var space = SweepSpace(numbers: ["learning_rate": .logarithmic(1e-4...1e-2)])
    let few = try sweep(path, trials: 2, space)
    #expect(few.trained == ["trial1-epochs1", "trial2-epochs1"])
    #expect(few.result.trials.count == 2 && few.result.caution?.contains("optimistic") == true)
    // More trials take up those there are.
    let more = try sweep(path, trials: 3, space)
    #expect(more.trained == ["trial3-epochs1"])
    func rates(_ result: SweepResult) throws -> [Int: Double] {
      try Dictionary(
        uniqueKeysWithValues: result.trials.map {
          ($0.number, try #require($0.values["learning_rate"]).double)
        })
    }
    let (first, second) = (try rates(few.result), try rates(more.result))
    #expect(first[1] == second[1] && first[2] == second[2] && Set(second.values).count == 3)
    for (trial, rate) in second {
      let run = try RunFolder("\(path)/out/trial\(trial)-epochs1").open()
      #expect(run.configuration.options.learningRate == rate)
    }
    let aucs = more.result.trials.map { $0.run?.evaluation.auc ?? -1 }
    #expect(aucs == aucs.sorted(by: >))
    // What else is varied changes no draw, but the runs are others.
    space.numbers["l2"] = .choice([0, 1])
    expectProblem("out/trial1-epochs1: holds a finished run with other options", "another l2") {
      try sweep(path, trials: 1, space)
    }
    expectProblem("nothing to vary") { try sweep(path, trials: 1, SweepSpace()) }
    expectProblem("unknown augmentation \"lihgt\"") {
      try sweep(path, trials: 1, SweepSpace(names: ["augmentation": ["lihgt"]]))
    }
  }
}

@Test func halvingKeepsTheBestThird() throws {
  try withFolder { path in
    _ = try Blobs(count: 32).write(to: "\(path)/data")
    let space = SweepSpace(numbers: ["learning_rate": .logarithmic(1e-5...1e-1)])
    let (result, trained) = try sweep(path, trials: 6, space, method: .halving, epochs: 3)
    #expect(trained.count == 8 && trained.prefix(6).allSatisfy { $0.hasSuffix("-epochs1") })
    #expect(result.trials.map(\.epochs) == [3, 3, 1, 1, 1, 1])
    let best = Set(trained.suffix(2).map { $0.replacing("-epochs3", with: "") })
    let firsts = try (1...6).map { number in
      (name: "trial\(number)", run: try RunFolder("\(path)/out/trial\(number)-epochs1").open())
    }
    let worst = firsts.filter { best.contains($0.name) }.compactMap(\.run.evaluation.auc).min() ?? -1
    #expect(firsts.filter { !best.contains($0.name) }.allSatisfy { ($0.run.evaluation.auc ?? 2) <= worst })
    #expect(try sweep(path, trials: 6, space, method: .halving, epochs: 3).trained == [])
  }
}

@Test func aTrialThatDivergesIsOut() throws {
  try withFolder { path in
    _ = try Blobs(count: 32).write(to: "\(path)/data")
    var options = quickOptions()
    options.epochs = 3
    options.optimizer = "sgd"
    let sweep = try Sweep(
      data: M3DVFolder("\(path)/data"), out: "\(path)/out", options: options,
      space: SweepSpace(numbers: ["learning_rate": .choice([1e-3, 1e6])]), method: .random, trials: 6,
      registries: try builtIn())
    let result = try sweep.run(try tinyNetwork()) { _, _ in }
    let rates = try result.trials.map { try #require($0.values["learning_rate"]).double }
    #expect(Set(rates).count == 2)
    #expect(result.trials.map { $0.run == nil } == rates.map { $0 == 1e6 })
    #expect(result.best?.run != nil && rates == rates.sorted())
  }
}

@Test func drawsAreEvenOverPowersOfTen() throws {
  // 400 draws of a range of four powers of ten: a hundred each, give or take five standard deviations of √75.
  let space = SweepSpace(numbers: ["l2": .logarithmic(1e-5...1e-1)])
  let draws = try (1...400).map { try #require(space.values(trial: $0, seed: Seed(1))["l2"]).double }
  for (low, high) in [(1e-5, 1e-4), (1e-4, 1e-3), (1e-3, 1e-2), (1e-2, 1.01e-1)] {
    #expect((56...144).contains(draws.count { $0 >= low && $0 < high }))
  }
  #expect(draws.allSatisfy { (1e-5...1e-1).contains($0) })
}
