import Foundation
import Testing
import ZooCore

/// A training step in a process of its own: what it allocates, and whether the forecast of its memory holds.
struct StepMeterTests {
  private func measure(_ model: String, size: Int, batch: Int, threads: Int) throws -> [String: Double] {
    let root = String(#filePath.dropLast("Tests/ZooEngineTests/StepMeterTests.swift".count))
    let meter = Process()
    // The meter is built beside the tests.
    let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    meter.executableURL = folder.appending(path: "StepMeter")
    meter.arguments = ["\(root)Models/\(model).json", "\(size)", "\(batch)", "\(threads)"]
    let output = Pipe()
    meter.standardOutput = output
    try meter.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    meter.waitUntilExit()
    try #require(meter.terminationStatus == 0)
    guard case .object(let values) = try JSONValue(parsing: text, from: "meter") else { return [:] }
    return values.compactMapValues { if case .number(let number) = $0 { number } else { nil } }
  }

  @Test(arguments: [("shallow_cnn", 32, 8, 2), ("densenet", 32, 8, 2), ("resnet18", 32, 4, 3)])
  func aStepAllocatesNothingAndTheForecastHolds(
    _ model: String, _ size: Int, _ batch: Int, _ threads: Int
  ) throws {
    let values = try measure(model, size: size, batch: batch, threads: threads)
    // oneDNN keeps a small table of arguments for each call; nothing else may allocate.
    #expect(values["own_allocations"] == 0, "\(model)")
    let forecast = try #require(values["forecast_bytes"])
    let peak = try #require(values["peak_bytes"])
    #expect(abs(peak / forecast - 1) < 0.15, "\(model): forecast \(forecast), peak \(peak)")
  }
}
