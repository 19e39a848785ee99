import ArgumentParser
import ZooCore
import ZooData
import ZooReport

/// `voxelzoo augment list`: presets, steps and their options.
struct AugmentListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Name presets, steps and their options.",
    discussion: """
      A file is a list of steps: [{"type": "shift", "voxels": 3}, {"type": "mirror", "probability": 0.5}]. Every step \
      takes a probability (default: 1).
      """)

  @OptionGroup var output: JSONOption

  func run() throws {
    if output.json { return try Console.print(json) }
    var presets = TextTable([.init("preset"), .init("step"), .init("probability", .right), .init("options")])
    for (name, list) in builtInAugmentations {
      let rows = try Augmentation(
        list, among: Registry(augmentationSteps: builtInAugmentationSteps), at: name)
      guard case .array(let steps) = rows.json, !steps.isEmpty else {
        presets.append([name, Format.none])
        continue
      }
      for (number, step) in steps.enumerated() { presets.append([number == 0 ? name : ""] + cells(step)) }
    }
    var steps = TextTable([.init("step"), .init("what it does; options with their defaults")])
    for step in builtInAugmentationSteps { steps.append([step.type, step.summary]) }
    try Console.print("\(presets.text())\n\(steps.text())")
  }

  /// A step in a few words: type, probability, options.
  private func cells(_ step: JSONValue) -> [String] {
    guard case .object(var values) = step, case .string(let type)? = values.removeValue(forKey: "type"),
      case .number(let probability)? = values.removeValue(forKey: "probability")
    else { return [step.kind] }
    let options = values.sorted { $0.key < $1.key }.map { "\($0.key) \(words($0.value))" }
    return [type, Format.fixed(probability, 1), options.joined(separator: ", ")]
  }

  private func words(_ value: JSONValue) -> String {
    switch value {
    case .array(let values): values.map(words).joined(separator: " ")
    case .string(let word): word
    default: value.kind
    }
  }

  private var json: JSONValue {
    [
      "presets": .object(Dictionary(uniqueKeysWithValues: builtInAugmentations.map { ($0.name, $0.entry) })),
      "steps": .array(
        builtInAugmentationSteps.map { ["type": .string($0.type), "summary": .string($0.summary)] }),
    ]
  }
}
