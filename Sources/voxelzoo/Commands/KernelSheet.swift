import ZooCore
import ZooEngine
import ZooGraph
import ZooKernels
import ZooReport

/// What `voxelzoo bench --kernels` measured: every shape of convolution in a model, by every kernel that can compute it.
struct KernelSheet {
  private let model: String
  private let options: PlanOptions
  private let rows: [Row]

  /// A shape, how many layers have it, and what its kernels take.
  private struct Row {
    let convolution: PlannedConvolution
    let layers: Int
    let timings: [KernelTiming]
  }

  /// Plans the network as `options` say, for the choice of kernels alone, and measures shape by shape.
  init(model: String, graph: Graph, options: PlanOptions, rounds: Int) throws {
    let convolutions = try Plan(graph, options).convolutions
    let bench = try KernelBench(bf16: options.precision == .bf16, rounds: rounds)
    var seen: Set<PlannedConvolution> = []
    let distinct = convolutions.filter { seen.insert($0).inserted }
    let progress = Progress()
    defer { progress.clear() }
    rows = try distinct.enumerated().map { number, convolution in
      progress.show(ProgressLine("measuring shapes", done: number, of: distinct.count))
      return Row(
        convolution: convolution, layers: convolutions.count { $0 == convolution },
        timings: try bench.measure(
          convolution.shape, dataGradient: convolution.dataGradient,
          weightGradient: options.mode == .training))
    }
    self.model = model
    self.options = options
  }

  /// Lines for people.
  var text: String {
    let isTraining = options.mode == .training
    var table = TextTable([
      .init("channels", .right), .init("input"), .init("window"), .init("layers", .right), .init("kernel"),
      .init("forward", .right), .init("backward", .right), .init("packing", .right), .init("sample", .right),
      .init("plan"),
    ])
    for row in rows {
      let shape = row.convolution.shape
      for (number, timing) in row.timings.enumerated() {
        let names = [
          "\(shape.inputChannels) → \(shape.outputChannels)", edges(shape.input), window(shape),
          Format.count(row.layers),
        ]
        table.append(
          (number == 0 ? names : ["", "", "", ""]) + [
            timing.kind.rawValue, milliseconds(timing.forward),
            timing.backward.map(milliseconds) ?? Format.none, milliseconds(timing.packing),
            milliseconds(timing.seconds(batch: options.batch)), isChosen(timing, row) ? "chosen" : "",
          ])
      }
    }
    return """
      \(model) \(isTraining ? "training" : "inference"), \(options.precision.rawValue): ms of a sample on one thread, \
      of a step for packing; "sample" is all of it at batch \(options.batch)

      \(table.text())
      """
  }

  /// The same for programs.
  var json: JSONValue {
    [
      "model": .string(model), "task": .string(options.mode == .training ? "training" : "inference"),
      "precision": .string(options.precision.rawValue), "batch": .number(Double(options.batch)),
      "shapes": .array(rows.map(json)),
    ]
  }

  private func json(_ row: Row) -> JSONValue {
    let shape = row.convolution.shape
    func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .number(Double($0)) }) }
    return [
      "input_channels": .number(Double(shape.inputChannels)),
      "output_channels": .number(Double(shape.outputChannels)), "groups": .number(Double(shape.groups)),
      "input": numbers(shape.input), "kernel": numbers(shape.kernel), "stride": numbers(shape.stride),
      "dilation": numbers(shape.dilation), "layers": .number(Double(row.layers)),
      "data_gradient": .bool(row.convolution.dataGradient),
      "kernels": .array(
        row.timings.map { timing in
          [
            "kernel": .string(timing.kind.rawValue), "name": .string(timing.name),
            "forward_seconds": .number(timing.forward),
            "backward_seconds": timing.backward.map(JSONValue.number) ?? .null,
            "packing_seconds": .number(timing.packing),
            "sample_seconds": .number(timing.seconds(batch: options.batch)),
            "chosen": .bool(isChosen(timing, row)),
          ]
        }),
    ]
  }

  private func isChosen(_ timing: KernelTiming, _ row: Row) -> Bool { timing.name == row.convolution.kernel }

  /// `3³`, or `3³ / 2` with a stride of 2.
  private func window(_ shape: ConvolutionShape) -> String {
    var text = edges(shape.kernel)
    if shape.stride != [1, 1, 1] { text += " / \(edges(shape.stride, power: ""))" }
    if shape.dilation != [1, 1, 1] { text += " dilated \(edges(shape.dilation, power: ""))" }
    if shape.groups > 1 { text += " in \(shape.groups) groups" }
    return text
  }

  /// `32³`, or `16×32×32`.
  private func edges(_ axes: [Int], power: String = "³") -> String {
    axes.allSatisfy { $0 == axes[0] } ? "\(axes[0])\(power)" : axes.map(String.init).joined(separator: "×")
  }

  private func milliseconds(_ seconds: Double) -> String { Format.fixed(seconds * 1e3, 3) }
}
