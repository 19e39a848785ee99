import Testing
import ZooCore

/// `voxelzoo bench` on a network that takes no time; times themselves are not tested.
struct BenchTests {
  private func bench(_ flags: String...) throws -> JSONValue {
    let workshop = try Workshop()
    try workshop.addTinyModel()
    let words = ["bench", "./tiny.json", "--batch", "3", "--threads", "2", "--repetitions", "2", "--json"]
    let outcome = try Program.run(words + flags, in: workshop.folder)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try JSONValue(parsing: outcome.output.utf8, from: "bench")
  }

  private func value(_ json: JSONValue, _ key: String) throws -> JSONValue {
    guard case .object(let values) = json, let value = values[key] else { throw Problem("no value", at: key) }
    return value
  }

  private func array(_ json: JSONValue, _ key: String) throws -> [JSONValue] {
    guard case .array(let values) = try value(json, key) else { throw Problem("no array", at: key) }
    return values
  }

  private func number(_ json: JSONValue, _ key: String) throws -> Double {
    guard case .number(let number) = try value(json, key) else { throw Problem("no number", at: key) }
    return number
  }

  private func steps(_ json: JSONValue) throws -> [JSONValue] {
    try array(json, "steps")
  }

  @Test(arguments: ["--train", "--infer"]) func figuresBelongTogether(task: String) throws {
    let result = try bench(task)
    let (median, low, high) = (
      try number(result, "samples_per_second"), try number(result, "samples_per_second_min"),
      try number(result, "samples_per_second_max")
    )
    #expect(0 < low && low <= median && median <= high)
    let steps = try steps(result)
    #expect(abs(try steps.map { try number($0, "share") }.reduce(0, +) - 1) < 0.01)
    let sum = try steps.map { try number($0, "multiply_adds") }.reduce(0, +)
    #expect(try number(result, "multiply_adds_per_step") == sum)
    // A first layer has a gradient of its weights only, a dense layer both.
    let (stem, head) = (3.0 * 512 * 4 * 27, 3.0 * 4 * 2)
    #expect(sum == (task == "--train" ? 2 * stem + 3 * head : stem + head))
    for key in [
      "operations_per_second", "peak_operations_per_second", "peak_bytes_per_second", "peak_bytes",
      "forecast_bytes",
    ] { #expect(try number(result, key) > 0, "\(key)") }
  }

  @Test func aStepOfDenseNetReordersNothingAndStaysWithinTheForecast() throws {
    let workshop = try Workshop()
    let outcome = try workshop.output("bench", "densenet", "--batch", "1", "--repetitions", "1", "--json")
    let result = try JSONValue(parsing: outcome.utf8, from: "bench")
    #expect(try number(result, "reorders_per_step") == 0)
    #expect(try number(result, "allocations_per_step") == 0)
    // The program itself is forecast by experience.
    let share = try number(result, "peak_bytes") / number(result, "forecast_bytes")
    #expect(share > 0.85 && share < 1.05)
  }

  /// densenet: a stem of one channel, two convolutions in each of 12 layers, two transitions.
  @Test(arguments: ["--train", "--infer"]) func theTableOfKernelsHoldsEveryLayer(task: String) throws {
    let workshop = try Workshop()
    let outcome = try workshop.output(
      "bench", "densenet", task, "--batch", "2", "--repetitions", "1", "--json", "--kernels")
    let shapes = try array(JSONValue(parsing: outcome.utf8, from: "bench"), "shapes")
    #expect(try shapes.map { try number($0, "layers") }.reduce(0, +) == 27)
    #expect(try shapes.filter { try number($0, "input_channels") == 1 }.count == 1)
    for shape in shapes {
      let kernels = try array(shape, "kernels")
      #expect(try kernels.filter { try value($0, "chosen") == .bool(true) }.count == 1)
      #expect(try kernels.contains { try value($0, "kernel") == .string("onednn") })
      for kernel in kernels {
        let backward = task == "--train" ? try number(kernel, "backward_seconds") : 0
        #expect(try number(kernel, "forward_seconds") > 0 && (backward > 0) == (task == "--train"))
      }
    }
  }

  @Test(arguments: [
    ["--kernels", "onedn"], ["--kernels", "--threads", "2"], ["--kernels", "--memory", "2G"],
  ])
  func whatKernelsCannotMeanIsRefused(words: [String]) throws {
    let workshop = try Workshop()
    let outcome = try Program.run(["bench", "densenet"] + words, in: workshop.folder)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(try outcome.errors.contains(#require(words.last { $0 != "2" && $0 != "2G" })))
  }

  @Test func oneDNNAloneIsTimedToo() throws {
    let kernels = try value(bench("--kernels", "onednn"), "kernels")
    guard case .object(let names) = kernels else { throw Problem("no kernels") }
    #expect(!names.isEmpty)
  }

  @Test func trainingIsTheDefaultAndTasksExcludeEachOther() throws {
    guard case .object(let values) = try bench() else { throw Problem("no object") }
    #expect(values["task"] == .string("training"))
    let workshop = try Workshop()
    #expect(try workshop.run("bench", "densenet", "--train", "--infer").status == 64)
  }
}
