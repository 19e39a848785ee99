import ZooCore
import ZooEngine
import ZooGraph
import ZooModels
import ZooReport
import ZooVolume

/// One model: what it reads, its layers, and the memory that training it takes.
struct ModelSheet {
  private let architecture: Architecture
  private let table: ModelTable
  private let memory: MemoryForecast
  private let batch: Int
  private let threads: Int

  /// Plans a training step for a batch; takes no memory for it.
  init(
    of architecture: Architecture, layers: Registry<any Layer.Type>, batch: Int, threads: Int, detailed: Bool
  ) throws {
    self.architecture = architecture
    self.batch = batch
    self.threads = threads
    table = try ModelTable(of: architecture, registry: layers, detailed: detailed)
    let graph = try architecture.graph(registry: layers)
    memory = try Network.forecast(Plan(graph, PlanOptions(mode: .training, batch: batch, threads: threads)))
  }

  /// Adam's two moments of every trainable parameter.
  private var optimizerBytes: Int { 8 * table.parameters }

  /// Lines for people.
  var text: String {
    """
    \(header)

    \(layers)
    \(memoryTable)
    """
  }

  private var header: String {
    let input = architecture.input
    var lines = [
      architecture.description.isEmpty
        ? architecture.name : "\(architecture.name): \(architecture.description)"
    ]
    if !architecture.source.isEmpty { lines.append("source: \(architecture.source)") }
    lines.append(
      "input \(table.input), mask: \(input.mask.rawValue), \(architecture.classes) classes, "
        + (architecture.l2 > 0 ? "L2 \(architecture.l2)" : "no L2"))
    return lines.joined(separator: "\n")
  }

  private var layers: String {
    var text = TextTable([
      .init("layer"), .init("type"), .init("output"), .init("parameters", .right), .init("MACs", .right),
    ])
    for row in table.rows {
      text.append([
        row.name, row.type, row.output.description, row.parameters > 0 ? Format.count(row.parameters) : "",
        row.multiplyAdds > 0 ? Format.operations(row.multiplyAdds) : "",
      ])
    }
    text.appendRule()
    text.append([
      "all", "", "", Format.count(table.parameters), Format.operations(table.multiplyAdds),
    ])
    return text.text()
  }

  private var memoryTable: String {
    let title = "training step, batch \(batch), \(threads) thread\(threads == 1 ? "" : "s")"
    var text = TextTable([.init(title), .init("memory", .right)])
    text.append(["tensors and their gradients", Format.bytes(memory.tensors)])
    text.append(["working memory of the kernels", Format.bytes(memory.working)])
    text.append(["parameters and their gradients", Format.bytes(memory.parameters)])
    text.append(["optimizer (adam)", Format.bytes(optimizerBytes)])
    text.appendRule()
    text.append(["all", Format.bytes(memory.total + optimizerBytes)])
    return text.text()
  }

  /// The same for programs; memory in bytes.
  var json: JSONValue {
    [
      "name": .string(architecture.name),
      "description": .string(architecture.description),
      "source": .string(architecture.source),
      "file": .string(architecture.place),
      "classes": .number(Double(architecture.classes)),
      "l2": .number(architecture.l2),
      "mask": .string(architecture.input.mask.rawValue),
      "input": table.input.json,
      "parameters": .number(Double(table.parameters)),
      "multiply_adds": .number(Double(table.multiplyAdds)),
      "layers": .array(
        table.rows.map { row in
          [
            "name": .string(row.name), "type": .string(row.type), "output": row.output.json,
            "parameters": .number(Double(row.parameters)), "multiply_adds": .number(Double(row.multiplyAdds)),
          ]
        }),
      "training_memory": [
        "batch": .number(Double(batch)), "threads": .number(Double(threads)),
        "tensors": .number(Double(memory.tensors)), "working": .number(Double(memory.working)),
        "parameters": .number(Double(memory.parameters)), "optimizer": .number(Double(optimizerBytes)),
        "total": .number(Double(memory.total + optimizerBytes)),
      ],
    ]
  }
}
