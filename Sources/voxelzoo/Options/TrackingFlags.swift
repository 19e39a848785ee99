import ArgumentParser
import ZooTracking
import ZooTraining

/// Who else writes down how trainings go.
struct TrackingFlags: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Write event files for TensorBoard into the run's folder.")
  var tensorboard = true

  /// The trackers that were asked for.
  func trackers() throws -> [any RunTracking] { tensorboard ? [TensorBoardTracking()] : [] }
}
