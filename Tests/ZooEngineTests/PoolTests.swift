import Testing
import ZooCore
import ZooEngine
import ZooGraph
import ZooTestSupport
import ZooVolume

/// Pools over volumes that take several slabs, against loops over windows in f64.
struct PoolTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let axes: [Int]
    let kernel: [Int]
    let stride: [Int]
    var padding = [0, 0, 0]
    var countsPadding = false
    var isMaximum = false

    var testDescription: String {
      "\(isMaximum ? "maximum" : "average") \(kernel)/\(stride)+\(padding) over \(axes)"
    }
  }

  static let cases =
    [false, true].flatMap { isMaximum in
      [
        // Slabs of a few rows; an odd rest; gaps between windows.
        Case(axes: [6, 20, 40], kernel: [2, 2, 2], stride: [2, 2, 2], isMaximum: isMaximum),
        Case(axes: [5, 21, 41], kernel: [2, 2, 2], stride: [2, 2, 2], isMaximum: isMaximum),
        Case(axes: [9, 23, 30], kernel: [2, 1, 2], stride: [4, 3, 3], isMaximum: isMaximum),
        // Shared voxels and padding; more rows than a slab has; shared planes or rows alone; hardly an input.
        Case(
          axes: [7, 33, 32], kernel: [3, 3, 3], stride: [2, 2, 2], padding: [1, 1, 1], isMaximum: isMaximum),
        Case(
          axes: [4, 40, 40], kernel: [3, 3, 3], stride: [1, 1, 1], padding: [1, 1, 1], isMaximum: isMaximum),
        Case(
          axes: [6, 9, 8], kernel: [4, 1, 2], stride: [1, 2, 2], padding: [3, 0, 0], isMaximum: isMaximum),
        Case(
          axes: [5, 30, 40], kernel: [1, 5, 1], stride: [1, 2, 1], padding: [0, 2, 0], isMaximum: isMaximum),
        Case(
          axes: [1, 1, 3], kernel: [3, 2, 3], stride: [2, 2, 1], padding: [1, 1, 1], isMaximum: isMaximum),
      ]
    } + [
      Case(
        axes: [7, 33, 32], kernel: [3, 3, 3], stride: [2, 2, 2], padding: [1, 1, 1], countsPadding: true)
    ]

  @Test(arguments: cases)
  func matchesLoopsOverWindows(_ test: Case) throws {
    let channels = 19
    let (graph, output) = try graph(test, channels: channels)
    let network = try network(graph, seed: 5)
    try network.forward(samples: 1)
    try network.backward()
    let x = network.input.map(Double.init)
    let dy = network.outputGradient.map(Double.init)
    var y = [Double](repeating: 0, count: dy.count)
    var dx = [Double](repeating: 0, count: x.count)
    let (voxels, outputs) = (test.axes.reduce(1, *), output.reduce(1, *))
    for channel in 0..<channels {
      for o in 0..<outputs {
        let window = taps(test, [o / (output[1] * output[2]), o / output[2] % output[1], o % output[2]])
          .map { $0 + channel * voxels }
        let at = channel * outputs + o
        if test.isMaximum {
          let greatest = try #require(window.map { x[$0] }.max())
          let first = try #require(window.first { x[$0] == greatest })
          y[at] = greatest
          dx[first] += dy[at]
        } else {
          let share = 1 / Double(test.countsPadding ? test.kernel.reduce(1, *) : window.count)
          for tap in window {
            y[at] += share * x[tap]
            dx[tap] += share * dy[at]
          }
        }
      }
    }
    expectClose(Array(network.output), y.map(Float.init), absolute: 1e-6, "output")
    expectClose(Array(network.inputGradient), dx.map(Float.init), absolute: 4e-6, "input gradient")
  }

  /// Pools scale with their input, whatever dropout masks: the sum of gradient·input is that of gradient·output.
  @Test(arguments: cases)
  func gradientsGoBackThroughDropout(_ test: Case) throws {
    let (graph, _) = try graph(test, channels: 19, dropout: 0.4)
    let network = try network(graph, seed: 6)
    try network.forward(samples: 1, dropoutKey: 11)
    try network.backward()
    let left = zip(network.inputGradient, network.input).map { Double($0) * Double($1) }
    let right = zip(network.outputGradient, network.output).map { Double($0) * Double($1) }
    let size = right.map { abs($0) }.reduce(0, +)
    #expect(abs(left.reduce(0, +) - right.reduce(0, +)) <= 1e-6 * size)
    #expect(network.inputGradient.contains { $0 != 0 })
  }

  private func graph(_ test: Case, channels: Int, dropout: Float? = nil) throws -> (Graph, [Int]) {
    var builder = GraphBuilder(input: Shape(channels: channels, axes: test.axes))
    var x = builder.input
    if let dropout { x = try builder.dropout(x, rate: dropout, at: "dropout") }
    let y =
      test.isMaximum
      ? try builder.maxPool(
        x, kernel: test.kernel, stride: test.stride, padding: .explicit(test.padding), at: "pool")
      : try builder.averagePool(
        x, kernel: test.kernel, stride: test.stride, padding: .explicit(test.padding),
        countsPadding: test.countsPadding, at: "pool")
    return (builder.finish(output: y), y.shape.axes)
  }

  /// Few values, so that greatest ones meet their like.
  private func network(_ graph: Graph, seed: UInt64) throws -> Network {
    let options = PlanOptions(mode: .training, batch: 1, threads: 1, inputGradient: true)
    let network = try Network(Plan(graph, options), weights: try Weights(for: graph))
    var stream = Seed(seed).stream()
    for i in network.input.indices { network.input[i] = Float(Int.random(in: -8...8, using: &stream)) / 8 }
    for i in network.outputGradient.indices { network.outputGradient[i] = Float(stream.normal()) }
    return network
  }

  /// Voxels of a window, in their order.
  private func taps(_ test: Case, _ output: [Int]) -> [Int] {
    let ranges = (0..<3).map { axis in
      let start = output[axis] * test.stride[axis] - test.padding[axis]
      return max(0, start)..<min(test.axes[axis], start + test.kernel[axis])
    }
    return ranges[0].flatMap { z in
      ranges[1].flatMap { y in ranges[2].map { x in (z * test.axes[1] + y) * test.axes[2] + x } }
    }
  }
}
