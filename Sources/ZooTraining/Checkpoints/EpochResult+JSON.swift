import ZooCore

extension EpochResult {
  /// As it stands in a checkpoint; every number comes back to the bit.
  var json: JSONValue {
    [
      "epoch": .number(Double(epoch)), "loss": .number(loss), "validation_loss": .number(validationLoss),
      "validation_auc": validationAUC.map(JSONValue.number) ?? .null,
      "auc_low": validationInterval.map { .number($0.lowerBound) } ?? .null,
      "auc_high": validationInterval.map { .number($0.upperBound) } ?? .null,
      "learning_rate": .number(learningRate), "seconds": .number(seconds), "best": .bool(isBest),
    ]
  }

  /// Reads what `json` gives.
  init(_ value: JSONValue, at place: String) throws {
    var object = try JSONObject(value, at: place)
    let any = -1e300...1e300
    let low = try object.optional("auc_low") { try $0.number($1, in: 0...1) }
    let high = try object.optional("auc_high") { try $0.number($1, in: (low ?? 0)...1) }
    self.init(
      epoch: try object.integer("epoch", in: 1...Int(Int32.max)), loss: try object.number("loss", in: any),
      validationLoss: try object.number("validation_loss", in: any),
      validationAUC: try object.optional("validation_auc") { try $0.number($1, in: 0...1) },
      validationInterval: low.flatMap { low in high.map { low...$0 } },
      learningRate: try object.number("learning_rate", in: any),
      seconds: try object.number("seconds", in: 0...1e12), isBest: try object.bool("best", default: false))
    try object.finish()
  }
}
