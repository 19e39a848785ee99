import ArgumentParser
import FoundationEssentials
import ZooCore
import ZooTracking
import ZooTraining

/// Who else writes down how trainings go.
struct TrackingFlags: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Write event files for TensorBoard into the run's folder.")
  var tensorboard = true

  @Option(
    help: ArgumentHelp(
      "Tell an MLflow server of every run, as http://localhost:5000. ($MLFLOW_TRACKING_TOKEN, or _USERNAME and _PASSWORD.)",
      valueName: "uri"))
  var mlflow: String?

  @Option(help: ArgumentHelp("The experiment on that server; made if there is none.", valueName: "name"))
  var mlflowExperiment = "voxelzoo"

  /// The trackers that were asked for.
  func trackers() throws -> [any RunTracking] {
    var trackers: [any RunTracking] = tensorboard ? [TensorBoardTracking()] : []
    if let mlflow {
      let client: MLflowClient
      do {
        client = try MLflowClient(mlflow, authorization: authorization)
      } catch let problem as Problem {
        throw problem.inside("--mlflow")
      }
      trackers.append(
        MLflowTracking(client, experiment: mlflowExperiment) { Console.note("warning: \($0)") })
    }
    return trackers
  }

  /// As MLflow's own client takes it from the environment.
  private var authorization: String? {
    let environment = ProcessInfo.processInfo.environment
    if let token = environment["MLFLOW_TRACKING_TOKEN"] { return "Bearer \(token)" }
    guard let name = environment["MLFLOW_TRACKING_USERNAME"],
      let password = environment["MLFLOW_TRACKING_PASSWORD"]
    else { return nil }
    return "Basic \(Data("\(name):\(password)".utf8).base64EncodedString())"
  }
}
