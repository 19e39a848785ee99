import ArgumentParser
import ZooCore
import ZooModels
import ZooReport
import ZooTraining

/// `voxelzoo bench`: samples a second of a model on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time a model on this machine: training steps, or inference, on random voxels.")

  @Argument(help: "A model's name, or the path of an architecture file.")
  var model: String

  @Flag(help: "Time inference instead of training.")
  var infer = false

  @Option(help: ArgumentHelp("Samples in a batch.", valueName: "n"))
  var batch = 32

  @Option(help: ArgumentHelp("Repetitions that are timed, after two that warm up.", valueName: "n"))
  var repetitions = 5

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var output: JSONOption

  func run() throws {
    for (name, value, limit) in [("--batch", batch, 65_536), ("--repetitions", repetitions, 10_000)]
    where !(1...limit).contains(value) {
      throw Problem("out of range", at: name, expected: "1 to \(limit)", found: "\(value)")
    }
    let graph = try zoo.zoo().find(model).graph(registry: zoo.layers())
    let task: Throughput.Task = infer ? .inference : .training
    let throughput = try Throughput(
      of: graph, task: task, batch: batch, threads: threads.count(), repetitions: repetitions)
    let peak = try Memory.peakBytes()
    let rates = throughput.seconds.map { Double(batch) / $0 }
    let (slowest, fastest) = (rates.min() ?? 0, rates.max() ?? 0)
    if output.json {
      try Console.print([
        "model": .string(model), "task": .string(task.rawValue), "batch": .number(Double(batch)),
        "threads": .number(Double(try threads.count())),
        "samples_per_second": .number(throughput.samplesPerSecond),
        "samples_per_second_minimum": .number(slowest), "samples_per_second_maximum": .number(fastest),
        "peak_bytes": .number(Double(peak)), "forecast_bytes": .number(Double(throughput.forecast)),
        "kernels": .object(Dictionary(throughput.kernels.map { ($0.path, .string($0.name)) }) { $1 }),
      ])
    } else {
      try Console.print(
        "\(model) \(task.rawValue), batch \(batch): \(Format.fixed(throughput.samplesPerSecond, 2)) samples/s "
          + "(median of \(repetitions), \(Format.fixed(slowest, 2)) – \(Format.fixed(fastest, 2))), "
          + "peak memory \(Format.bytes(peak)), forecast \(Format.bytes(throughput.forecast))")
    }
  }
}
