public import ZooCore
public import ZooKernels

/// What turns gradients into new parameters. It alone writes parameters, and remembers what it needs in `state`.
///
/// An optimizer takes one type, one file, and one entry in a list, as `builtInOptimizers`. All know the option `l2`:
/// the loss gets l2·Σw² over the parameters that decay, as Keras' `regularizers.L2`, so the gradient gets 2·l2·w.
public protocol Optimizer: AnyObject, SendableMetatype {
  /// The name in configurations: `adam`.
  static var type: String { get }
  /// One line for people.
  static var summary: String { get }
  /// Reads the optimizer's options and takes its memory; keys that it does not read are refused by the caller.
  init(options: inout JSONObject, layout: ParameterLayout) throws
  /// What it remembers, for checkpoints.
  var state: OptimizerState { get }
  /// One step; the buffers lie as the layout says. Returns the penalty l2·Σw² of the parameters before the step.
  ///
  /// Bound by memory, 28 bytes a parameter for Adam: a `ParameterSweep` shares the work out, and gives the same bits for
  /// any number of workers.
  func step(
    parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeBufferPointer<Float>,
    learningRate: Double,
    on workers: Workers
  ) throws -> Double
}

/// The optimizers that come with the zoo; a package appends its own.
public let builtInOptimizers: [any Optimizer.Type] = [Adam.self, AdamW.self, SGD.self]

extension Registry where Entry == any Optimizer.Type {
  /// A registry of optimizers; each is found by its `type`.
  public init(optimizers: [any Optimizer.Type]) throws {
    try self.init(of: "optimizer", optimizers.map { ($0.type, $0) })
  }

  /// Makes an optimizer from its name and options, a JSON object such as `{"l2": 1e-4}`.
  public func make(
    _ name: String, options: JSONValue = .object([:]), layout: ParameterLayout, at place: String = "optimizer"
  ) throws -> any Optimizer {
    var options = try JSONObject(options, at: place)
    let optimizer = try find(name, at: place).init(options: &options, layout: layout)
    try options.finish()
    return optimizer
  }
}

/// Σ x² of a few thousand floats: 16 lanes, since Swift keeps the order of a plain float sum.
@inline(__always)
func sumOfSquares(_ values: UnsafePointer<Float>, count: Int) -> Double {
  var lanes = SIMD16<Float>()
  let raw = UnsafeRawPointer(values)
  let whole = count & ~15
  for start in stride(from: 0, to: whole, by: 16) {
    let x = raw.loadUnaligned(fromByteOffset: start * 4, as: SIMD16<Float>.self)
    lanes += x * x
  }
  var sum = Double(lanes.sum())
  for n in whole..<count { sum += Double(values[n] * values[n]) }
  return sum
}
