import ZooTraining

/// Tells an MLflow server of a run.
final class MLflowTracker: RunTracker {
  private let run: TrainingRun
  private let session: MLflowSession
  private var samplesPerSecond: Double?
  private var epoch = 0
  private var wasStopped = false

  init(_ run: TrainingRun, _ session: MLflowSession) { (self.run, self.session) = (run, session) }

  func hear(_ event: TrainingEvent) {
    switch event {
    case .started:
      session.begin(run.configuration, folder: run.folder.path, file: run.folder.mlflowPath)
    case .step(let step): samplesPerSecond = step.samplesPerSecond
    case .epoch(let result):
      epoch = result.epoch
      session.log(
        EpochFigures.named(result) + [("samples_per_second", samplesPerSecond)], epoch: epoch)
    case .stopped(let reason): wasStopped = reason == .request
    case .averaged(let result): session.log(EpochFigures.named(result), epoch: epoch)
    case .finished(let result):
      if !wasStopped { session.log(EpochFigures.final(result), epoch: epoch) }
      session.end(wasStopped ? .killed : .finished)
    }
  }

  func hear(failure: any Error) { session.end(wasStopped ? .killed : .failed) }
}
