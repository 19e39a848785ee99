import CAllocations
import FoundationEssentials
import ZooCore
import ZooEngine
import ZooGraph
import ZooLayers
import ZooModels

/// `StepMeter FILE SIZE BATCH THREADS`: runs training steps of an architecture in a process of its own and prints, as JSON, what
/// a test wants to hold: allocations of a step, the forecast of memory and the peak that was seen.
@main
struct StepMeter {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let size = Int(arguments[2]), let batch = Int(arguments[3]),
      let threads = Int(arguments[4])
    else { throw Problem("wrong arguments", expected: "FILE SIZE BATCH THREADS") }
    let before = try peakBytes()
    let architecture = try Architecture.load(arguments[1]).withSize([size, size, size])
    let graph = try architecture.graph(registry: Registry(layers: BuiltInLayers.list))
    let options = PlanOptions(mode: .training, batch: batch, threads: threads, end: graph.logits.tensor)
    let plan = try Plan(graph, options)
    let weights = try Weights(for: graph)
    weights.initialize(seed: Seed(1))
    let network = try Network(plan, weights: weights)
    var stream = Seed(2).stream()
    for i in network.input.indices { network.input[i] = Float(stream.index(below: 256)) }
    for i in network.outputGradient.indices { network.outputGradient[i] = Float(stream.unit() - 0.5) }
    try step(network, key: 0)
    let after = try peakBytes()
    allocations_begin()
    for key in 1...3 { try step(network, key: UInt64(key)) }
    let counts = allocations_end()
    let forecast = try Network.forecast(plan).total
    let report: JSONValue = [
      "own_allocations": .number(Double(counts.own)), "library_allocations": .number(Double(counts.library)),
      "forecast_bytes": .number(Double(forecast)), "peak_bytes": .number(Double(after - before)),
    ]
    print(report.text(indented: false))
  }

  private static func step(_ network: Network, key: UInt64) throws {
    try network.forward(samples: network.plan.options.batch, dropoutKey: key)
    try network.backward()
    network.updateRunningStatistics()
    network.weightsChanged()
  }

  /// Peak resident bytes of this process so far (VmHWM).
  private static func peakBytes() throws -> Int {
    let status = String(decoding: try Data(contentsOf: URL(filePath: "/proc/self/status")), as: UTF8.self)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (Int(line.filter(\.isNumber)) ?? 0) * 1024
  }
}
