public import ZooCore

/// A step that changes a sample's values where they are, before the network's own scaling.
///
/// Strengths are shares of the sample's own range, its largest value less its smallest, so that they mean the same for
/// bytes and for Hounsfield units. Where the mask is multiplied in, what is zero stays zero: nothing leaks out of it.
public protocol IntensityStep: AugmentationStep {
  /// Draws and does it; allocates nothing.
  func apply(_ strength: Strength, from draws: inout RandomStream, to sample: SampleView)
}

extension IntensityStep {
  /// It changes values.
  public var action: StepAction { .intensity(self) }
}
