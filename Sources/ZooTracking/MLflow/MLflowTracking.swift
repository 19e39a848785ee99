public import ZooTraining

/// Tells an MLflow server of every run: options, figures of each epoch (their step is the epoch), and how it ended.
///
/// A server that does not answer costs a training neither its end nor its time: it is told of no more after the first
/// failure, which is warned of once.
public struct MLflowTracking: RunTracking {
  private let client: MLflowClient
  private let experiment: String
  private let warn: @Sendable (String) -> Void

  /// Tracking under an experiment, which is made if there is none of the name. `warn` may be called from any thread.
  public init(_ client: MLflowClient, experiment: String, warn: @escaping @Sendable (String) -> Void) {
    (self.client, self.experiment, self.warn) = (client, experiment, warn)
  }

  /// Begins a run on the server.
  public func track(_ run: TrainingRun) throws -> any RunTracker {
    MLflowTracker(run, MLflowSession(client, experiment: experiment, warn: warn))
  }
}
