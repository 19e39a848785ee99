import ZooCore
import ZooKernels

/// How far a run is from the definition: root of the mean squared error over that of the values, at random places.
struct ConvolutionErrors {
  /// Of output and of the input's gradient, anywhere and in corners, where most of what is seen is padding.
  private(set) var output, inputGradient, corners: Double
  /// Of the weights' gradient and of the bias's.
  private(set) var weightGradient, biasGradient: Double

  private struct Total {
    var squares = 0.0
    var reference = 0.0
    mutating func add(_ values: [Float], _ place: Int?, _ expected: Double) {
      guard let place else { return }
      let error = Double(values[place]) - expected
      squares += error * error
      reference += expected * expected
    }
    var relative: Double { squares == 0 ? 0 : (squares / reference).squareRoot() }
  }

  init(_ run: KernelRun, _ sample: Sample) {
    let direct = DirectConvolution(sample)
    let shape = sample.shape
    var random = Seed(8).stream()
    var (forward, data, corners, weights, bias) = (Total(), Total(), Total(), Total(), Total())
    func pair() -> (o: Int, i: Int) {
      (random.index(below: shape.outputChannels), random.index(below: shape.inputChannels))
    }
    for _ in 0..<600 {
      let at = shape.input.map { random.index(below: $0) }
      let (o, i) = pair()
      forward.add(run.output, direct.offset(o, at), direct.output(sample, o, at))
      data.add(run.inputGradient, direct.offset(i, at), direct.inputGradient(sample, i, at))
    }
    for number in 0..<64 {
      let at = (0..<3).map { axis in number >> axis & 1 == 0 ? 0 : shape.input[axis] - 1 }
      let (o, i) = pair()
      corners.add(run.output, direct.offset(o, at), direct.output(sample, o, at))
      corners.add(run.inputGradient, direct.offset(i, at), direct.inputGradient(sample, i, at))
    }
    // Several of a tap in small volumes, where most gradients are of padding alone.
    for number in 0..<(shape.input.reduce(1, *) < 1000 ? 27 * 8 : 27) {
      let (o, i) = pair()
      let tap = number % 27
      let place = (o * shape.inputChannels + i) * 27 + tap
      weights.add(run.weightGradient, place, direct.weightGradient(sample, o, i, tap))
    }
    for o in 0..<16 { bias.add(run.biasGradient, o, direct.biasGradient(sample, o)) }
    output = forward.relative
    inputGradient = data.relative
    self.corners = corners.relative
    weightGradient = weights.relative
    biasGradient = bias.relative
  }
}
