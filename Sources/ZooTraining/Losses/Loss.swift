public import ZooCore

/// What training makes small: a number for a batch of logits and targets, and its gradient.
///
/// A loss takes one type, one file, and one entry in a list, as `builtInLosses`. `outputs` is K below: how many
/// numbers the network gives for a sample. Logits and gradient are [N × K], targets [N × classes], a row a sample.
public protocol Loss: Sendable {
  /// The name in configurations: `cross_entropy`.
  static var type: String { get }
  /// One line for people.
  static var summary: String { get }
  /// Reads the loss's options; keys that it does not read are refused by the caller.
  init(options: inout JSONObject, classes: Int) throws
  /// K, the numbers the network gives for a sample: one a class, or a single logit.
  var outputs: Int { get }
  /// What the targets of a batch, [N × K], weigh together: the batch's loss is a mean over that.
  func weight(of targets: UnsafeBufferPointer<Float>) -> Double
  /// The batch's loss; writes its derivative by the logits, d loss / d logits, to `gradient`.
  ///
  /// Logits and gradient are [N × K]. Targets are [N × classes]: the classes' shares times what the sample weighs, so that a
  /// row sums to the sample's weight, and targets of different samples may be mixed. Computes in doubles, allocates nothing,
  /// costs O(N·K).
  func evaluate(
    logits: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>,
    gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double
}

extension Loss {
  /// Checks that the three buffers of a batch have whole rows, as many each.
  func checkSizes(
    _ logits: UnsafeBufferPointer<Float>, _ targets: UnsafeBufferPointer<Float>,
    _ gradient: UnsafeMutableBufferPointer<Float>, classes: Int
  ) {
    precondition(
      logits.count == gradient.count && logits.count % outputs == 0
        && targets.count == logits.count / outputs * classes,
      "logits and gradient are N × \(outputs), targets N × \(classes)")
  }
}

/// The losses that come with the zoo; a package appends its own.
public let builtInLosses: [any Loss.Type] = [CrossEntropy.self, BinaryCrossEntropy.self]

extension Registry where Entry == any Loss.Type {
  /// A registry of losses; each is found by its `type`.
  public init(losses: [any Loss.Type]) throws {
    try self.init(of: "loss", losses.map { ($0.type, $0) })
  }

  /// Makes a loss from its name and options, a JSON object such as `{"label_smoothing": 0.1}`.
  public func make(
    _ name: String, options: JSONValue = .object([:]), classes: Int, at place: String = "loss"
  ) throws -> any Loss {
    var options = try JSONObject(options, at: place)
    let loss = try find(name, at: place).init(options: &options, classes: classes)
    try options.finish()
    return loss
  }
}
