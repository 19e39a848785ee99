/// The kinds of layers whose weights Keras and this zoo share.
enum KerasKind: String, CaseIterable, Hashable {
  case conv3d
  case batchNormalization = "batch_normalization"
  case dense

  /// What Keras calls a layer's arrays, in the order in which it keeps them; a bias may be left out.
  var roles: [String] {
    switch self {
    case .conv3d, .dense: ["kernel", "bias"]
    case .batchNormalization: ["gamma", "beta", "moving_mean", "moving_variance"]
    }
  }
}
