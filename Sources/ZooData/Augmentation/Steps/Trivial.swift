import ZooCore

/// TrivialAugment (Müller and Hutter 2021): one of several steps, with one of 31 strengths from nothing to what its options
/// allow, all equally likely.
struct Trivial: AugmentationStep {
  static let type = "trivial"
  static let summary =
    "one of steps ([…], none of which mixes samples) with one of 31 strengths, drawn for each sample"
  let steps: [any AugmentationStep]

  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws {
    let place = options.path("steps")
    let list = try options.array("steps")
    guard !list.isEmpty else { throw Problem("there is no step", at: place, expected: "one at least") }
    steps = try list.enumerated().map { number, value in
      var object = try JSONObject(value, at: "\(place)[\(number)]")
      let step = try registry.makeStep(from: &object)
      switch step.action {
      case .geometric, .intensity: return step
      case .mixing, .choice:
        throw Problem(
          "\(Swift.type(of: step).type) is nothing to choose", at: "\(place)[\(number)]",
          expected: "a step that works on one sample", next: "put it into the outer list")
      }
    }
  }

  var options: [String: JSONValue] { ["steps": .array(steps.map(\.json))] }
  var action: StepAction { .choice(steps.map(\.action)) }
}
