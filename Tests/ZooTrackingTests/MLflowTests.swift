import Testing
import ZooCore
import ZooTracking

/// The forms are those of MLflow's description of its REST interface.
@Test func runsAreMadeWithTagsInOrder() {
  #expect(
    MLflowBodies.create(experiment: "7", name: "runs/a", tags: ["b": "2", "a": "1"], at: 1_700_000_000_250)
      == [
        "experiment_id": "7", "run_name": "runs/a", "start_time": 1_700_000_000_250,
        "tags": [["key": "a", "value": "1"], ["key": "b", "value": "2"]],
      ])
}

@Test func parametersAreTextOfBoundedLength() {
  let long = String(repeating: "x", count: 7000)
  #expect(
    MLflowBodies.parameters(
      ["batch": 32, "balanced": true, "rate": 0.001, "text": .string(long)], tags: ["t": "1"], run: "r")
      == [
        "run_id": "r", "tags": [["key": "t", "value": "1"]],
        "params": [
          ["key": "balanced", "value": "true"], ["key": "batch", "value": "32"],
          ["key": "rate", "value": "0.001"], ["key": "text", "value": .string(String(long.prefix(6000)))],
        ],
      ])
}

@Test func figuresThatAreUnknownAreLeftOut() {
  #expect(
    MLflowBodies.metrics([("loss", 0.5), ("auc", nil), ("rate", .nan)], step: 3, run: "r", at: 12)
      == ["run_id": "r", "metrics": [["key": "loss", "value": 0.5, "timestamp": 12, "step": 3]]])
}

@Test func runsThatGoOnHaveNoEnd() {
  #expect(MLflowBodies.update(.running, run: "r", at: 12) == ["run_id": "r", "status": "RUNNING"])
  #expect(
    MLflowBodies.update(.killed, run: "r", at: 12) == ["run_id": "r", "status": "KILLED", "end_time": 12])
}

@Test(arguments: ["", "localhost:5000", "ftp://host", "http://", "http:// host", "/tmp/mlruns"])
func addressesAreHTTP(address: String) {
  #expect(throws: Problem.self) { try MLflowClient(address) }
}

@Test func tokensAreOneLine() {
  #expect(throws: Problem.self) { try MLflowClient("http://127.0.0.1:9", authorization: "Bearer a\nX: b") }
}

@Test func aServerThatIsNotThereIsAFailure() throws {
  // Nobody listens on the port for what is to be discarded.
  let client = try MLflowClient("http://127.0.0.1:9", timeout: 2)
  #expect(throws: MLflowClient.Failure.self) { try client.post("runs/create", [:]) }
}
