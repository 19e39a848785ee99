public import ZooCore

/// The steps that come with the zoo; a package appends its own.
public let builtInAugmentationSteps: [any AugmentationStep.Type] = [
  Shift.self, Symmetries.self, Rot90Flip.self, Mirror.self, OriginalMirror.self, Rotate.self, Zoom.self,
  Elastic.self, Noise.self, Blur.self, Gamma.self, Contrast.self, Cutout.self, Mixup.self, CutMix.self,
  Trivial.self,
]

/// The augmentations that have a name, as lists of steps.
public let builtInAugmentations: [(name: String, entry: JSONValue)] = [
  ("none", []),
  ("light", [["type": "shift", "voxels": 2], ["type": "mirror"]]),
  ("standard", [["type": "shift", "voxels": 3], ["type": "symmetries"]]),
  (
    "m3dv",
    [
      ["type": "shift", "voxels": 3], ["type": "symmetries"],
      ["type": "mixup", "alpha": 0.2, "per": "batch"],
    ]
  ),
  (
    "strong",
    [
      ["type": "shift", "voxels": 3], ["type": "symmetries"],
      ["type": "rotate", "degrees": 20, "probability": 0.5],
      ["type": "zoom", "factor": 1.2, "probability": 0.5],
      ["type": "elastic", "voxels": 2, "spacing": 8, "probability": 0.3],
      ["type": "gamma", "factor": 1.5, "probability": 0.3],
      ["type": "contrast", "factor": 1.5, "probability": 0.3],
      ["type": "blur", "sigma": 1, "probability": 0.2], ["type": "noise", "std": 0.1, "probability": 0.3],
      ["type": "cutout", "share": 0.4, "probability": 0.2],
      ["type": "mixup", "alpha": 0.2, "per": "batch"],
    ]
  ),
]

extension Registry where Entry == any AugmentationStep.Type {
  /// A registry of steps; each is found by its `type`.
  public init(augmentationSteps steps: [any AugmentationStep.Type]) throws {
    try self.init(of: "augmentation step", steps.map { ($0.type, $0) })
  }

  /// Makes a step from `{"type": "shift", "voxels": 3}`; keys that were read before are known.
  func makeStep(from object: inout JSONObject) throws -> any AugmentationStep {
    let step = try find(object.string("type"), at: object.path("type")).init(options: &object, among: self)
    try object.finish()
    return step
  }
}

extension AugmentationStep {
  /// Type and options.
  var json: JSONValue {
    .object(options.merging(["type": .string(Self.type)]) { own, _ in own })
  }
}
