public import ZooCore

/// A step that moves a sample's voxels, those of all channels alike.
public protocol GeometricStep: AugmentationStep {
  /// Adds what it draws to a sample's geometry; allocates nothing.
  func draw(_ strength: Strength, from draws: inout RandomStream, into geometry: inout Geometry)
  /// Adds how far out of the crop it may read.
  func extend(_ reach: inout Reach)
}

extension GeometricStep {
  /// It moves voxels.
  public var action: StepAction { .geometric(self) }

  /// Nothing outside the crop is read.
  public func extend(_ reach: inout Reach) {}
}
