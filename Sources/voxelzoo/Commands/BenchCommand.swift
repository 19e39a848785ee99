import ArgumentParser
import CAllocations
import ZooCore
import ZooData
import ZooEngine
import ZooGraph
import ZooKernels
import ZooModels
import ZooTraining

/// `voxelzoo bench`: samples a second of a model on this machine, and where the time goes.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Time a model on this machine: training steps, or inference, on random voxels.",
    discussion: """
      Rates are held against what this machine's multiply-adds and memory reach, which is measured too. GFLOP/s count \
      what direct convolution would need: a kernel that multiplies less can pass the peak. Bytes are those of every \
      tensor read and written once. A reorder is a tensor copied into another layout, packed weights not counted; \
      an allocation is a call of malloc or its relatives, by anything in the process.
      """)

  /// What is timed, as flags.
  enum Task: String, EnumerableFlag {
    case train
    case infer

    static func help(for value: Task) -> ArgumentHelp? {
      value == .train ? "Time training steps: forward, backward, Adam." : "Time inference."
    }
  }

  @Argument(help: "A model's name, or the path of an architecture file.")
  var model: String

  @Flag var task = Task.train

  @Option(help: ArgumentHelp("Samples in a batch.", valueName: "n"))
  var batch = 32

  @Option(help: ArgumentHelp("Repetitions that are timed, after two that warm up.", valueName: "n"))
  var repetitions = 5

  @OptionGroup var augmentation: AugmentationOption

  @OptionGroup var zoo: ZooOptions

  @OptionGroup var memory: MemoryOption

  @OptionGroup var precision: PrecisionOptions

  @Option(
    defaultAsFlag: BenchKernels.table,
    help: ArgumentHelp(
      "What computes convolutions: auto, the fastest for each shape, or onednn; alone, a table of what every kernel takes for every shape of the model.",
      valueName: "kind"))
  var kernels: BenchKernels?

  @OptionGroup var threads: ThreadOptions

  @OptionGroup var output: JSONOption

  func validate() throws {
    try kernels?.validate()
    if augmentation.augmentation != nil, task == .infer {
      throw ValidationError("--augmentation belongs to training; --infer has none.")
    }
    if case .table? = kernels,
      memory.memory != nil || threads.threads != nil || augmentation.augmentation != nil
    {
      throw ValidationError(
        "--kernels alone measures one thread; --memory, --threads and --augmentation say nothing to it.")
    }
  }

  func run() throws {
    for (name, value, limit) in [("--batch", batch, 65_536), ("--repetitions", repetitions, 10_000)]
    where !(1...limit).contains(value) {
      throw Problem("out of range", at: name, expected: "1 to \(limit)", found: "\(value)")
    }
    let architecture = try zoo.zoo().find(model)
    let graph = try architecture.graph(registry: zoo.layers())
    switch kernels {
    case .table: try compareKernels(graph)
    case .network(let choice): try time(architecture, graph, choice)
    case .unknown, nil: try time(architecture, graph, .auto)
    }
  }

  private func compareKernels(_ graph: Graph) throws {
    let options = PlanOptions(
      mode: task == .train ? .training : .inference, batch: batch, threads: 1, precision: precision.chosen(),
      end: graph.logits.tensor)
    let sheet = try KernelSheet(model: model, graph: graph, options: options, rounds: repetitions)
    if output.json { return try Console.print(sheet.json) }
    try Console.print(sheet.text)
  }

  private func time(_ architecture: Architecture, _ graph: Graph, _ choice: KernelChoice) throws {
    let throughput = try Throughput(
      of: graph, task: task == .train ? .training : .inference,
      augmentation: try augmented(architecture), batch: batch,
      precision: precision.chosen(), kernels: choice, memory: memory.memory?.bytes, threads: threads.count(),
      repetitions: repetitions,
      counting: { body in
        allocations_begin()
        defer { _ = allocations_end() }
        try body()
        let counts = allocations_end()
        return Throughput.Allocations(own: counts.own, library: counts.library)
      })
    // Before the machine is measured, which takes memory of its own.
    let peak = try Memory.peakBytes()
    let sheet = BenchSheet(
      model: model, throughput: throughput, machine: try MachinePeak.measure(threads: threads.count()),
      peakBytes: peak)
    if output.json { return try Console.print(sheet.json) }
    try Console.print(sheet.text)
  }

  /// The augmentation, and the crops that it needs; nil without the option.
  private func augmented(_ architecture: Architecture) throws -> (Augmentation, SampleFormat)? {
    guard augmentation.augmentation != nil else { return nil }
    let steps = try TrainingRegistries(layers: zoo.layers()).augmentation(
      augmentation.value(), at: augmentation.place)
    return (steps, SampleFormat(architecture, margin: steps.margin(of: architecture.input.size)))
  }
}
