public import ZooCore

/// One thing that training may do to samples; found by its `type` in a registry, described by JSON.
///
/// A step is one type, one file and one line in `builtInAugmentationSteps`. It is also a `GeometricStep`, an
/// `IntensityStep` or a `MixingStep`, which say what it does.
public protocol AugmentationStep: Sendable {
  /// The name in a list of steps: `rotate`.
  static var type: String { get }
  /// One line for people: what it does, and its options with units and defaults.
  static var summary: String { get }
  /// Reads the step's options; keys that it does not read are refused by the caller. `registry` is where steps within
  /// steps are found.
  init(options: inout JSONObject, among registry: Registry<any AugmentationStep.Type>) throws
  /// All its options, so that reading them gives the same step.
  var options: [String: JSONValue] { get }
  /// What it does, and to what.
  var action: StepAction { get }
}
