import ZooCore

/// How far a training has come, between two steps of the optimizer.
struct TrainingProgress {
  /// The epoch that is trained, counted from 1.
  var epoch = 1
  /// Batches of it that are done.
  var batches = 0
  /// Sum of their losses.
  var lossSum = 0.0
  /// Wall time of the epoch so far.
  var seconds = 0.0
  /// The learning rate of the last step.
  var rate = 0.0
  /// The epochs that are done.
  var epochs: [EpochResult] = []

  /// Begins the epoch after one.
  mutating func finish(_ result: EpochResult) {
    epochs.append(result)
    (epoch, batches, lossSum, seconds) = (result.epoch + 1, 0, 0, 0)
  }
}

extension TrainingProgress {
  /// As it stands in a checkpoint.
  var json: JSONValue {
    [
      "epoch": .number(Double(epoch)), "batches": .number(Double(batches)), "loss_sum": .number(lossSum),
      "seconds": .number(seconds), "learning_rate": .number(rate), "epochs": .array(epochs.map(\.json)),
    ]
  }

  /// Reads what `json` gives.
  init(_ value: JSONValue, at place: String) throws {
    var object = try JSONObject(value, at: place)
    epoch = try object.integer("epoch", in: 1...Int(Int32.max))
    batches = try object.integer("batches", in: 0...Int(Int32.max))
    lossSum = try object.number("loss_sum", in: -1e300...1e300)
    seconds = try object.number("seconds", in: 0...1e12)
    rate = try object.number("learning_rate", in: 0...1e300)
    epochs = try object.array("epochs").map { try EpochResult($0, at: object.path("epochs")) }
    try object.finish()
    guard epochs.map(\.epoch) == Array(1..<epoch) else {
      throw Problem("epochs are missing", at: place, expected: "those before epoch \(epoch)")
    }
  }
}
