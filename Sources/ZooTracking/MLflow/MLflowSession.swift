import Dispatch
import FoundationEssentials
import ZooCore
import ZooFormats
import ZooModels
import ZooTraining

/// What is said to the server of one run, in order, on a thread of its own.
///
/// Safe to share: what changes is touched on the queue only.
final class MLflowSession: @unchecked Sendable {
  private let client: MLflowClient
  private let experiment: String
  private let warn: @Sendable (String) -> Void
  private let queue = DispatchQueue(label: "voxelzoo.mlflow")
  private var run: String?
  private var hasFailed = false

  init(_ client: MLflowClient, experiment: String, warn: @escaping @Sendable (String) -> Void) {
    (self.client, self.experiment, self.warn) = (client, experiment, warn)
  }

  /// Begins the run, or goes on with the one that `file` names on this server; afterwards `file` names it.
  func begin(_ configuration: RunConfiguration, folder: String, file: String) {
    enqueue { session in
      let time = MLflowSession.now
      let known = try session.known(in: file)
      let run: String
      if let known {
        run = known
        _ = try session.client.post(
          "runs/update", MLflowBodies.update(.running, run: run, at: time))
      } else {
        let body = MLflowBodies.create(
          experiment: try session.experimentID(), name: folder, tags: ["mlflow.source.name": "voxelzoo"],
          at: time)
        guard case .object(let made) = try session.client.post("runs/create", body)["run"],
          case .object(let info) = made["info"], case .string(let id) = info["run_id"]
        else { throw MLflowClient.Failure(code: nil, description: "the answer names no run") }
        run = id
      }
      session.run = run
      let saved: JSONValue = ["server": .string(session.client.address), "run_id": .string(run)]
      try Files.writeAtomically(saved.text() + "\n", to: file)
      let tags = ["voxelzoo.version": voxelZooVersion, "voxelzoo.resumed": known == nil ? "false" : "true"]
      // What a run has been given as a parameter may not be given again with another value.
      let values = known == nil ? Hyperparameters(configuration).values : [:]
      _ = try session.client.post("runs/log-batch", MLflowBodies.parameters(values, tags: tags, run: run))
    }
  }

  /// Tells figures of an epoch.
  func log(_ figures: [(tag: String, value: Double?)], epoch: Int) {
    let time = MLflowSession.now
    enqueue { session in
      guard let run = session.run else { return }
      _ = try session.client.post(
        "runs/log-batch", MLflowBodies.metrics(figures, step: epoch, run: run, at: time))
    }
  }

  /// Tells how the run has ended, and waits until all is said, though not for long.
  func end(_ status: MLflowBodies.Status) {
    let time = MLflowSession.now
    enqueue { session in
      guard let run = session.run else { return }
      _ = try session.client.post("runs/update", MLflowBodies.update(status, run: run, at: time))
    }
    let isDone = DispatchSemaphore(value: 0)
    queue.async { isDone.signal() }
    if isDone.wait(timeout: .now() + 10) == .timedOut {
      warn("MLflow: \(client.address) is too slow; the last figures are not there")
    }
  }

  private func enqueue(_ work: @escaping @Sendable (MLflowSession) throws -> Void) {
    queue.async { [self] in
      guard !hasFailed else { return }
      do {
        try work(self)
      } catch {
        hasFailed = true
        warn("MLflow: \(client.address): \(error); it is told no more of this run, which goes on")
      }
    }
  }

  /// The run that an earlier part of this training was, if this is the server that knows it.
  private func known(in file: String) throws -> String? {
    guard Files.exists(file) else { return nil }
    guard case .object(let values) = try JSONValue(parsing: try Files.read(file), from: file),
      values["server"] == .string(client.address), case .string(let run) = values["run_id"]
    else { return nil }
    return run
  }

  private func experimentID() throws -> String {
    func id(_ answer: JSONValue?) throws -> String {
      guard case .string(let id) = answer else {
        throw MLflowClient.Failure(code: nil, description: "the answer names no experiment")
      }
      return id
    }
    do {
      let found = try client.get("experiments/get-by-name", "experiment_name", experiment)
      guard case .object(let values) = found["experiment"] else { return try id(nil) }
      return try id(values["experiment_id"])
    } catch let failure as MLflowClient.Failure where failure.code == "RESOURCE_DOES_NOT_EXIST" {
      return try id(
        client.post("experiments/create", ["name": .string(experiment)])["experiment_id"])
    }
  }

  /// Milliseconds since 1970.
  private static var now: Int { Int(Date.now.timeIntervalSince1970 * 1000) }
}
