/// Writes down elsewhere how runs go, for programs that show it. It watches: what comes out is the same without.
public protocol RunTracking: Sendable {
  /// A run begins, and its folder is ready; what is given hears of it.
  func track(_ run: TrainingRun) throws -> any RunTracker
}

/// Follows one run; see `RunTracking`.
public protocol RunTracker {
  /// Hears what the training tells, on the training's thread and after the run's folder has it. An error ends the training.
  func hear(_ event: TrainingEvent) throws
  /// Hears that the training ended by an error; nothing follows.
  func hear(failure: any Error)
}
