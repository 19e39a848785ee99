public import ZooTraining

/// Writes event files for TensorBoard into the folder `tensorboard` of every run.
///
/// The step of every value is the optimizer's, counted from 1 over all epochs; what belongs to an epoch stands at its last.
public struct TensorBoardTracking: RunTracking {
  /// Tracking with the files' usual place.
  public init() {}

  /// Begins a run's event file.
  public func track(_ run: TrainingRun) throws -> any RunTracker { TensorBoardTracker(run) }
}
