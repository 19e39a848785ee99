#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// What a baseline looks at instead of the voxels' pattern.
public enum BaselineKind: String, CaseIterable, Sendable {
  /// Size and shape of the mask, and how bright it is inside: `MaskShape.features`, mean and standard deviation.
  case shape
  /// The number of voxels inside the mask, and nothing else.
  case volume

  /// What the logistic regression sees.
  func features(of measures: MaskMeasures) -> [Double] {
    switch self {
    case .shape: measures.shape.features + measures.intensity
    case .volume: [log(1 + Double(measures.shape.volume))]
    }
  }
}
