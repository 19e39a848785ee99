/// What a step does, and to what.
public enum StepAction: Sendable {
  /// Moves a sample's voxels.
  case geometric(any GeometricStep)
  /// Changes a sample's values.
  case intensity(any IntensityStep)
  /// Mixes the samples of a batch.
  case mixing(any MixingStep)
  /// Does one of several, drawn for each sample together with its strength.
  case choice([StepAction])

  /// The same and, for a choice, what can be chosen.
  var all: [StepAction] {
    if case .choice(let actions) = self { actions } else { [self] }
  }
}
