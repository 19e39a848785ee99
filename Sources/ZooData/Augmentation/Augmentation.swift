public import ZooCore

/// What training does to samples: a list of steps, each with a probability.
///
/// What is drawn depends on seed, epoch, case and the step's own place in the list alone, so it can be repeated, in any
/// order and on any thread, and one step's draws do not change with another's. Geometric steps come first, composed,
/// so that a sample is read once; then those that change values, then those that mix samples, in the list's order.
public struct Augmentation: Sendable {
  /// A step of the list.
  struct Entry: Sendable {
    let step: any AugmentationStep
    let name: String
    let action: StepAction
    /// The share of the samples, or batches, that it is done to.
    let probability: Double
    /// How many steps of the same type stand before it.
    let repeats: Int
  }

  let entries: [Entry]

  /// Nothing: the centre crop as it is.
  public static let none = Augmentation(entries: [])

  private init(entries: [Entry]) { self.entries = entries }

  /// Reads a list such as `[{"type": "shift", "voxels": 3}, {"type": "mirror", "probability": 0.5}]`.
  ///
  /// Unknown types and keys are answered with the nearest; `place` is where the list stands.
  public init(
    _ list: JSONValue, among registry: Registry<any AugmentationStep.Type>, at place: String = "augmentation"
  ) throws {
    guard case .array(let values) = list else {
      throw Problem(
        "wrong value", at: place, expected: "a list of steps, as [{\"type\": \"shift\", \"voxels\": 3}]",
        found: list.kind)
    }
    var entries: [Entry] = []
    for (number, value) in values.enumerated() {
      var object = try JSONObject(value, at: "\(place)[\(number)]")
      let probability = try object.number("probability", in: 0...1, default: 1)
      let step = try registry.makeStep(from: &object)
      entries.append(
        Entry(
          step: step, name: type(of: step).type, action: step.action, probability: probability,
          repeats: entries.count { $0.name == type(of: step).type }))
    }
    guard Augmentation.bends(entries.map(\.action)).count <= 1 else {
      throw Problem("elastic stands twice", at: place, expected: "one step that bends the sample")
    }
    self.init(entries: entries)
  }

  /// The whole list, defaults spelt out; reading it gives the same augmentation.
  public var json: JSONValue {
    .array(
      entries.map { entry in
        guard case .object(var values) = entry.step.json else { return entry.step.json }
        values["probability"] = .number(entry.probability)
        return .object(values)
      })
  }

  /// Voxels that crops of [D, H, W] need around them on each side.
  public func margin(of size: [Int]) -> Int {
    var reach = Reach()
    for action in entries.flatMap(\.action.all) {
      if case .geometric(let step) = action { step.extend(&reach) }
    }
    return reach.margin(of: size)
  }

  /// Whether samples of a batch are mixed.
  public var mixes: Bool {
    entries.contains { if case .mixing = $0.action { true } else { false } }
  }

  /// The step that bends samples, if there is one.
  var elastic: Elastic? { Augmentation.bends(entries.map(\.action)).first }

  private static func bends(_ actions: [StepAction]) -> [Elastic] {
    actions.flatMap(\.all).compactMap { if case .geometric(let step) = $0 { step as? Elastic } else { nil } }
  }
}
