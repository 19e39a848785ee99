import Testing
import ZooCore
import ZooTestSupport
import ZooTraining

private func make(_ name: String, _ options: JSONValue) throws -> WarmUp {
  try Registry(schedules: builtInSchedules)
    .make(name, options: options)
}

@Test func schedulesEqualPyTorch() throws {
  let reference = try Reference("schedules").values
  let perEpoch = try Int(reference.at("steps_per_epoch").double)
  let total = try Int(reference.at("total").double)
  let cases = try reference.at("cases").elements
  #expect(cases.count == 6)
  for item in cases {
    let name = try "\(item.at("schedule").string) \(item.at("options").text(indented: false))"
    let schedule = try make(item.at("schedule").string, item.at("options"))
    let factors = (0..<total).map { schedule.factor(at: $0, of: total, stepsPerEpoch: perEpoch) }
    expectClose(factors, try item.at("factors").doubles, absolute: 1e-9, name)
  }
}

@Test(arguments: ["constant", "step", "cosine"])
func factorsStayWithinZeroAndOne(name: String) throws {
  let options: [String: JSONValue] = name == "step" ? ["every": 1] : [:]
  for warmup in [0, 0.5, 3, 100] {
    let schedule = try make(
      name, .object(options.merging(["warmup_epochs": .number(warmup)]) { first, _ in first }))
    for (total, perEpoch) in [(1, 1), (10, 5), (50, 5)] {
      for step in 0...total + 2 {
        let factor = schedule.factor(at: step, of: total, stepsPerEpoch: perEpoch)
        #expect((0...1).contains(factor), "\(name) \(warmup) \(step)/\(total)")
      }
    }
  }
}

@Test(
  arguments: [
    ("step", [:], "missing key \"every\""), ("step", ["every": 0], "from 1"),
    ("cosine", ["minimun": 0.1], "did you mean \"minimum\""), ("cosin", [:], "did you mean \"cosine\""),
    ("constant", ["warmup_epochs": -1], "from 0"),
  ] as [(String, JSONValue, String)])
func wrongScheduleOptionsAreRefused(name: String, options: JSONValue, hint: String) throws {
  let problem = #expect(throws: Problem.self) { try make(name, options) }
  #expect(try #require(problem).description.contains(hint), "\(problem?.description ?? "")")
}
