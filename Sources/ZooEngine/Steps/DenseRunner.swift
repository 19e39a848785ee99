import ZooKernels

/// A fully connected layer: rows of inputs are kept plain, so that the weight gradient is one product over the batch, the same
/// for any number of workers.
final class DenseRunner: StepRunner {
  private let weight: ParameterSlice
  private let bias: ParameterSlice?
  private let units: Int
  /// [sample][inputs], or [copy][inputs] in inference.
  private let rows: UnsafeMutablePointer<Float>
  private let rowGradients: UnsafeMutablePointer<Float>
  private let isByCopy: Bool

  init(
    path: String, input: Source, target: Target, state: RunState, weight: ParameterSlice,
    bias: ParameterSlice?,
    units: Int, rows: Int, byWorker: Bool, memory: inout Carver
  ) {
    self.weight = weight
    self.bias = bias
    self.units = units
    let count = input.map.channels
    isByCopy = byWorker
    self.rows = memory.floats(rows * count)
    rowGradients = memory.floats(rows * units)
    super.init(path: path, inputs: [input], target: target, state: state)
  }

  override func forward(_ turn: Turn) {
    let x = inputs[0].read(turn, into: state.scratch[turn.worker].input)
    let row = rows + (isByCopy ? turn.copy : turn.sample) * inputs[0].map.channels
    for (channel, place) in inputs[0].map.places.enumerated() { row[channel] = x[Int(place)] }
    let y = target.output(turn)
    y.update(repeating: 0, count: target.map.stored)
    Matrix.dense(row, weight.values, y, rows: 1, inputs: inputs[0].map.channels, units: units)
    if let bias { for unit in 0..<units { y[unit] += bias.values[unit] } }
    target.store(turn)
  }

  override func backward(_ turn: Turn, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    let dy = target.finishedGradient(turn)
    let row = rowGradients + turn.sample * units
    row.update(from: dy, count: units)
    guard source.learns else { return }
    let scratch = state.scratch[turn.worker]
    let inputs = source.map.channels
    Matrix.denseData(row, weight.values, scratch.input, rows: 1, inputs: inputs, units: units)
    scratch.inputGradient.update(repeating: 0, count: source.map.stored)
    for (channel, place) in source.map.places.enumerated() {
      scratch.inputGradient[Int(place)] = scratch.input[channel]
    }
    source.backward(scratch.inputGradient, turn)
  }

  override func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) {
    let samples = state.samples
    Matrix.denseWeights(
      rows, rowGradients, weight.gradient, rows: samples, inputs: inputs[0].map.channels,
      units: units)
    guard let bias else { return }
    for unit in 0..<units {
      var sum = 0.0
      for sample in 0..<samples { sum += Double(rowGradients[sample * units + unit]) }
      bias.gradient[unit] = Float(sum)
    }
  }
}
