import ZooCore

/// Which averages of weights are taken.
public struct AveragingOptions: Hashable, Sendable {
  /// The decay a step of an exponential moving average of the weights, which is then validated, kept and exported in
  /// their place; nil for none.
  public var decay: Double?
  /// Over which epochs the weights that a run delivers are averaged; nil for the best epoch's.
  public var epochs: EpochChoice?

  /// The same, but for a training that does not say which epochs it delivers: the last one, so that the cases that judge
  /// it have not chosen it.
  var unchosen: AveragingOptions {
    var options = self
    options.epochs = epochs ?? .last
    return options
  }

  /// The defaults.
  public init() {}

  /// The options' keys and values.
  var values: [String: JSONValue] {
    [
      "ema": decay.map(JSONValue.number) ?? .null,
      "average": epochs.map { .string($0.description) } ?? .null,
    ]
  }

  /// Reads what `values` gives.
  init(reading object: inout JSONObject) throws {
    decay = try object.optional("ema") { try $0.number($1, in: 0...0.999_999_9) }
    let place = object.path("average")
    epochs = try object.optional("average") { try EpochChoice(try $0.string($1), at: place) }
  }
}
