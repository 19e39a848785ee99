import ZooCore
import ZooEngine
import ZooKernels
import ZooReport
import ZooTraining

/// What `voxelzoo bench` measured: speed against the machine's limits, where the time goes, memory against the forecast.
struct BenchSheet {
  let model: String
  let throughput: Throughput
  let machine: MachinePeak
  /// Peak resident bytes of the process while the network ran.
  let peakBytes: Int

  /// A kind of operation in one pass, over all its layers.
  private struct Row {
    let kind: String
    let pass: String
    /// Share of the threads' time of a step.
    let share: Double
    let multiplyAdds: Int
    let bytes: Int
  }

  /// Bytes the process was forecast to take.
  private var forecast: Int { throughput.forecast + Memory.program }
  private var slowest: Double { Double(throughput.batch) / (throughput.seconds.max() ?? 0) }
  private var fastest: Double { Double(throughput.batch) / (throughput.seconds.min() ?? 0) }

  /// Floating-point operations a second, counted as if every convolution were computed directly.
  private var operationsPerSecond: Double {
    2 * Double(throughput.multiplyAdds) / Double(throughput.batch) * throughput.samplesPerSecond
  }

  /// The most expensive first; last what no step of the network accounts for.
  private var rows: [Row] {
    let threadSeconds = throughput.timedSeconds * Double(throughput.threads)
    var rows = Dictionary(grouping: throughput.timings) { [$0.kind, "\($0.pass)"] }.map { key, group in
      Row(
        kind: key[0], pass: key[1], share: group.map(\.seconds).reduce(0, +) / threadSeconds,
        multiplyAdds: group.map(\.multiplyAdds).reduce(0, +), bytes: group.map(\.bytes).reduce(0, +))
    }
    rows.sort { ($1.share, $0.kind, $0.pass) < ($0.share, $1.kind, $1.pass) }
    if throughput.task == .training {
      let share = throughput.optimizerSeconds / throughput.timedSeconds
      rows.append(Row(kind: "optimizer", pass: "adam", share: share, multiplyAdds: 0, bytes: 0))
    }
    if throughput.augmentationSeconds > 0 {
      let share = throughput.augmentationSeconds / throughput.timedSeconds
      rows.append(Row(kind: "augmentation", pass: "samples", share: share, multiplyAdds: 0, bytes: 0))
    }
    let rest = max(0, 1 - rows.map(\.share).reduce(0, +))
    rows.append(Row(kind: "between steps", pass: "", share: rest, multiplyAdds: 0, bytes: 0))
    return rows
  }

  /// Lines for people.
  var text: String {
    let count = throughput.threads
    let samples = Format.fixed(throughput.samplesPerSecond, 2)
    let span = "\(Format.fixed(slowest, 2)) – \(Format.fixed(fastest, 2))"
    let reorders = plural(throughput.reorders, "reorder")
    let allocations =
      throughput.allocations.map {
        ", \(plural(Double($0.own), "allocation"))\($0.library > 0 ? " (and \($0.library) of oneDNN)" : "")"
      } ?? ""
    let repeated =
      throughput.repeatedShare > 0
      ? "; computing layers twice adds \(Format.fixed(100 * throughput.repeatedShare, 1)) % to the multiply-adds"
      : ""
    return """
      \(model) \(throughput.task.rawValue), \(throughput.precision.rawValue), batch \(throughput.batch), \(count) thread\(count == 1 ? "" : "s"): \
      \(samples) samples/s (median of \(throughput.seconds.count), \(span))
      \(giga(operationsPerSecond)) GFLOP/s of direct computation, \
      \(share(operationsPerSecond, machine.operationsPerSecond)) of the \(giga(machine.operationsPerSecond)) that multiply-adds \
      reach here; memory \(giga(machine.bytesPerSecond)) GB/s
      peak memory \(Format.bytes(peakBytes)), forecast \(Format.bytes(forecast)); \
      \(reorders)\(allocations) a step\(repeated)

      \(table)
      """
  }

  private var table: String {
    var table = TextTable([
      .init("operation"), .init("pass"), .init("ms", .right), .init("share", .right),
      .init("moved", .right), .init("GB/s", .right), .init("of peak", .right), .init("GFLOP/s", .right),
      .init("of peak", .right),
    ])
    let small = rows.filter { $0.share < 0.0005 }
    for row in rows where row.share >= 0.0005 {
      let seconds = row.share * throughput.timedSeconds
      let (bytes, operations) = (Double(row.bytes) / seconds, 2 * Double(row.multiplyAdds) / seconds)
      let memory =
        row.bytes > 0
        ? [Format.bytes(row.bytes), giga(bytes), share(bytes, machine.bytesPerSecond)] : ["", "", ""]
      let arithmetic =
        row.multiplyAdds > 0 ? [giga(operations), share(operations, machine.operationsPerSecond)] : []
      table.append(
        [row.kind, row.pass, Format.fixed(seconds * 1e3, 1), share(row.share, 1)] + memory + arithmetic)
    }
    if !small.isEmpty {
      let sum = small.map(\.share).reduce(0, +)
      table.append([
        "\(small.count) smaller", "", Format.fixed(sum * throughput.timedSeconds * 1e3, 1), share(sum, 1),
      ])
    }
    table.appendRule()
    table.append(["all", "", Format.fixed(throughput.timedSeconds * 1e3, 1), share(1, 1)])
    return table.text()
  }

  /// The same for programs.
  var json: JSONValue {
    [
      "model": .string(model), "task": .string(throughput.task.rawValue),
      "precision": .string(throughput.precision.rawValue), "batch": .number(Double(throughput.batch)),
      "threads": .number(Double(throughput.threads)),
      "samples_per_second": .number(throughput.samplesPerSecond),
      "samples_per_second_min": .number(slowest), "samples_per_second_max": .number(fastest),
      "multiply_adds_per_step": .number(Double(throughput.multiplyAdds)),
      "operations_per_second": .number(operationsPerSecond),
      "peak_operations_per_second": .number(machine.operationsPerSecond),
      "peak_bytes_per_second": .number(machine.bytesPerSecond),
      "peak_bytes": .number(Double(peakBytes)), "forecast_bytes": .number(Double(forecast)),
      "reorders_per_step": .number(throughput.reorders),
      "allocations_per_step": throughput.allocations.map { .number(Double($0.own)) } ?? .null,
      "onednn_allocations_per_step": throughput.allocations.map { .number(Double($0.library)) } ?? .null,
      "seconds_per_step": .number(throughput.timedSeconds),
      "augmentation_share": .number(throughput.augmentationSeconds / throughput.timedSeconds),
      "steps": .array(
        rows.map { row in
          [
            "operation": .string(row.kind), "pass": .string(row.pass), "share": .number(row.share),
            "multiply_adds": .number(Double(row.multiplyAdds)), "bytes": .number(Double(row.bytes)),
          ]
        }),
      "kernels": .object(Dictionary(throughput.convolutions.map { ($0.path, .string($0.name)) }) { $1 }),
    ]
  }

  /// `2 reorders`, `0.5 reorders`
  private func plural(_ number: Double, _ what: String) -> String {
    "\(Format.fixed(number, number == number.rounded() ? 0 : 1)) \(what)\(number == 1 ? "" : "s")"
  }

  private func giga(_ rate: Double) -> String { Format.fixed(rate * 1e-9, rate < 1e10 ? 1 : 0) }

  private func share(_ part: Double, _ whole: Double) -> String { "\(Format.fixed(100 * part / whole, 1)) %" }
}
