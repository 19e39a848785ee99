/// One sample's way through a step: who carries it, and how much of it.
struct Turn {
  let sample: Int
  /// Whose scratch is used.
  let worker: Int
  /// Whose copy of the values is used, in inference.
  let copy: Int
  /// The share of the step: several workers may do one sample together.
  var part = 0
  var parts = 1
  /// Whether gradients are on their way: tensors that are computed again then have another place.
  var isBackward = false
}
