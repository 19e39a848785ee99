import ZooKernels

/// A fully connected layer: rows of inputs are kept plain, so that the weight gradient is one product over the batch, the same
/// for any number of workers.
final class DenseRunner: StepRunner {
  private let weight: ParameterSlice
  private let bias: ParameterSlice?
  private let units: Int
  /// [sample][inputs], or [worker][inputs] in inference.
  private let rows: Region
  private let rowGradients: Region

  init(
    path: String, input: Source, target: Target, state: RunState, weight: ParameterSlice,
    bias: ParameterSlice?,
    units: Int, rows: Int, byWorker: Bool, memory: inout Carver
  ) {
    self.weight = weight
    self.bias = bias
    self.units = units
    let count = input.map.channels
    self.rows = Region(
      base: memory.floats(rows * count), sampleStride: byWorker ? 0 : count,
      workerStride: byWorker ? count : 0)
    rowGradients = Region(
      base: memory.floats(rows * units), sampleStride: byWorker ? 0 : units,
      workerStride: byWorker ? units : 0)
    super.init(path: path, inputs: [input], target: target, state: state)
  }

  override func forward(sample: Int, worker: Int) {
    let x = inputs[0].read(sample: sample, worker: worker, into: state.scratch[worker].input)
    let row = rows.at(sample: sample, worker: worker)
    for (channel, place) in inputs[0].map.places.enumerated() { row[channel] = x[Int(place)] }
    let y = target.at(sample: sample, worker: worker)
    y.update(repeating: 0, count: target.map.stored)
    Matrix.dense(row, weight.values, y, rows: 1, inputs: inputs[0].map.channels, units: units)
    if let bias { for unit in 0..<units { y[unit] += bias.values[unit] } }
    target.measure(sample: sample, worker: worker)
  }

  override func backward(sample: Int, worker: Int, slot: UnsafeMutablePointer<Float>, isFirst: Bool) {
    let source = inputs[0]
    let dy = target.finishedGradient(sample: sample, worker: worker)
    let row = rowGradients.at(sample: sample, worker: worker)
    row.update(from: dy, count: units)
    guard source.learns else { return }
    let scratch = state.scratch[worker]
    let inputs = source.map.channels
    Matrix.denseData(row, weight.values, scratch.input, rows: 1, inputs: inputs, units: units)
    scratch.inputGradient.update(repeating: 0, count: source.map.stored)
    for (channel, place) in source.map.places.enumerated() {
      scratch.inputGradient[Int(place)] = scratch.input[channel]
    }
    source.backward(scratch.inputGradient, sample: sample, worker: worker)
  }

  override func finishGradient(slot: UnsafeMutablePointer<Float>, worker: Int) {
    let samples = state.samples
    Matrix.denseWeights(
      rows.base, rowGradients.base, weight.gradient, rows: samples, inputs: inputs[0].map.channels,
      units: units)
    guard let bias else { return }
    for unit in 0..<units {
      var sum = 0.0
      for sample in 0..<samples { sum += Double(rowGradients.base[sample * units + unit]) }
      bias.gradient[unit] = Float(sum)
    }
  }
}
