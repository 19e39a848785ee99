import ZooCore
import ZooData
import ZooEngine
import ZooFormats
import ZooModels

/// A checkpoint is a safetensors file: the weights, what the optimizer and the averages remember, the best epoch's weights
/// and predictions, and how far the training is. Draws depend on epoch, batch and case alone, so that nothing else is
/// needed to go on to the very bits of a training without a pause.
extension Trainer {
  /// Writes where the training stands, whole or not at all; only between two steps.
  func saveCheckpoint(to path: String) throws {
    var tensors = [tensor("weights", weights)]
    for (name, values) in update.optimizerState.arrays.sorted(by: { $0.key < $1.key }) {
      tensors.append(("optimizer.\(name)", NDArray(shape: [values.count], float: values)))
    }
    var metadata = [
      "format": Trainer.checkpointFormat, "created_by": "voxelzoo \(voxelZooVersion)",
      "cases": fingerprint, "progress": progress.json.text(indented: false),
    ]
    if let average = update.average {
      tensors.append(tensor("average", average.weights))
      metadata["average_steps"] = "\(average.steps)"
    }
    if let best {
      tensors.append(tensor("best", best.weights))
      metadata["best_epoch"] = "\(best.result.epoch)"
      let rows = best.predictions.probabilities.map { JSONValue.array($0.map(JSONValue.number)) }
      metadata["best_probabilities"] = JSONValue.array(rows).text(indented: false)
    }
    for (epoch, weights) in epochAverage?.contents ?? [] { tensors.append(tensor("epoch.\(epoch)", weights)) }
    if let order = epochAverage?.contents.map(\.epoch) {
      metadata["averaged_epochs"] = order.map { "\($0)" }.joined(separator: ",")
    }
    try SafetensorsFile.write(tensors: tensors, metadata: metadata, to: path)
  }

  /// Goes back to where a training with the same options stood, so that `train` goes on from there; false, and nothing is
  /// changed, where its cases were others. A file that is no such checkpoint is a `Problem`.
  func restoreCheckpoint(from path: String) throws -> Bool {
    let file = try SafetensorsFile(reading: path)
    guard file.metadata["format"] == Trainer.checkpointFormat else {
      throw Problem("no checkpoint", at: path, next: "remove it, and the training begins anew")
    }
    guard file.metadata["cases"] == fingerprint else { return false }
    let progress = try TrainingProgress(json("progress", of: file), at: "\(path): progress")
    guard progress.epoch <= options.epochs, progress.batches <= training.source.batchCount else {
      throw Problem(
        "a checkpoint of a longer training", at: path, next: "remove it, and the training begins anew")
    }
    let saved = try best(of: file, progress)
    let kept = try (file.metadata["averaged_epochs"] ?? "").split(separator: ",").map { name in
      let result = try result(of: String(name), in: progress, path)
      return (result: result, weights: try weights("epoch.\(name)", of: file))
    }
    var state: [String: [Float]] = [:]
    for name in update.optimizerState.arrays.keys {
      state[name] = try file.tensor("optimizer.\(name)").floats()
    }
    let average = try update.average.map { _ in try weights("average", of: file) }
    let current = try weights("weights", of: file)
    // Everything has been read: from here on nothing fails but a state of another optimizer, which changes nothing.
    try update.optimizerState.restore(state, from: path)
    weights.copy(from: current)
    network.weightsChanged()
    if let average {
      update.average?.restore(average, steps: file.metadata["average_steps"].flatMap { Int($0) } ?? 0)
    }
    epochAverage?.restore(kept)
    self.progress = progress
    best = saved
    return true
  }

  private static let checkpointFormat = "voxelzoo_checkpoint"

  /// Tells splits and data sets apart: a number of the cases' names and labels in their order.
  private var fingerprint: String {
    var seed = Seed(0)
    for indices in [split.training, split.pseudo, split.validation] {
      for index in indices {
        seed = seed.child(dataset.cases[index].name).child((dataset.cases[index].label ?? -1) + 1)
      }
      seed = seed.child("part")
    }
    return String(seed.bits, radix: 16)
  }

  private func tensor(_ name: String, _ weights: Weights) -> (name: String, array: NDArray) {
    (name, NDArray(shape: [weights.values.count], float: Array(weights.values)))
  }

  private func weights(_ name: String, of file: SafetensorsFile) throws -> Weights {
    let weights = try Weights(for: graph)
    let shape = file.shape(of: name)
    guard shape == nil || shape == [weights.values.count] else {
      throw Problem(
        "a checkpoint of another network", at: "\(file.path): \(name)",
        expected: "\(weights.values.count) values", found: NDArray.text(of: shape ?? []),
        next: "remove it, and the training begins anew")
    }
    try file.read(name, into: weights.values)
    return weights
  }

  private func json(_ key: String, of file: SafetensorsFile) throws -> JSONValue {
    try JSONValue(parsing: (file.metadata[key] ?? "").utf8, from: "\(file.path): \(key)")
  }

  private func result(of epoch: String, in progress: TrainingProgress, _ path: String) throws -> EpochResult {
    guard let number = Int(epoch), progress.epochs.indices.contains(number - 1) else {
      throw Problem("no such epoch", at: path, found: epoch, next: "remove it, and the training begins anew")
    }
    return progress.epochs[number - 1]
  }

  private func best(of file: SafetensorsFile, _ progress: TrainingProgress) throws -> Best? {
    guard let epoch = file.metadata["best_epoch"] else { return nil }
    let place = "\(file.path): best_probabilities"
    guard case .array(let rows) = try json("best_probabilities", of: file),
      rows.count == split.validation.count
    else {
      throw Problem("wrong predictions", at: place, next: "remove the file, and the training begins anew")
    }
    let probabilities = try rows.map { row -> [Double] in
      guard case .array(let values) = row, values.count == architecture.classes else {
        throw Problem("wrong predictions", at: place, next: "remove the file, and the training begins anew")
      }
      return values.map { if case .number(let value) = $0 { value } else { .nan } }
    }
    return Best(
      result: try result(of: epoch, in: progress, file.path), weights: try weights("best", of: file),
      predictions: predictions(probabilities))
  }
}
