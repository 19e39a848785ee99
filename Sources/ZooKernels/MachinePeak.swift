internal import CPeak
import ZooCore
import ZooVolume

/// What this machine reaches when it does nothing but multiply and add f32, and when it does nothing but stream through memory:
/// the two limits to hold a network's speed against.
public struct MachinePeak: Sendable {
  /// Floating-point operations a second of all threads, a multiply-add counted as two.
  public let operationsPerSecond: Double
  /// Bytes a second that all threads together read and write.
  public let bytesPerSecond: Double

  /// Measures both on so many threads, the best of some short runs; takes about a third of a second and 200 MB.
  public static func measure(threads: Int) throws -> MachinePeak {
    let workers = Workers(count: threads)
    let multiply = MultiplyJob(workers: workers.count)
    let triad = try TriadJob(units: workers.count)
    return MachinePeak(
      operationsPerSecond: try best(of: 8) {
        try workers.run(multiply, units: workers.count)
        return Double(multiply.operations)
      },
      bytesPerSecond: try best(of: 8) {
        try workers.run(triad, units: workers.count)
        return Double(TriadJob.bytes)
      })
  }

  /// The highest rate that some amount of work was done at.
  private static func best(of repetitions: Int, _ work: () throws -> Double) rethrows -> Double {
    let clock = ContinuousClock()
    var best = 0.0
    for _ in 0..<repetitions {
      let start = clock.now
      let amount = try work()
      best = max(best, amount / ((clock.now - start) / .seconds(1)))
    }
    return best
  }
}

/// A unit multiplies and adds for about 20 ms.
private final class MultiplyJob: WorkerJob {
  private let counts: UnsafeMutablePointer<Int64>
  private let workers: Int

  init(workers: Int) {
    self.workers = workers
    counts = .allocate(capacity: workers)
    counts.initialize(repeating: 0, count: workers)
  }

  deinit { counts.deallocate() }

  /// Operations of a run; every unit does the same.
  var operations: Int64 { (0..<workers).reduce(0) { $0 + counts[$1] } }

  func perform(unit: Int, worker: Int) {
    var sink: Float = 1
    counts[unit] = zoo_peak_multiply(3_000_000, &sink)
  }
}

/// A unit goes through its part of three arrays, together larger than the caches.
private final class TriadJob: WorkerJob {
  private static let count = 16 << 20
  /// Bytes that a run moves.
  static let bytes = 3 * count * MemoryLayout<Float>.size
  private let arrays: Arena
  private let units: Int

  init(units: Int) throws {
    self.units = units
    guard let arrays = Arena(bytes: TriadJob.bytes) else {
      throw Problem("not enough memory to measure its speed", expected: TriadJob.bytes.asMegabytes)
    }
    // Pages that were never written would all be the same page of zeros.
    arrays.floats(at: 0).update(repeating: 1, count: 3 * TriadJob.count)
    self.arrays = arrays
  }

  func perform(unit: Int, worker: Int) {
    let start = unit * TriadJob.count / units
    let count = (unit + 1) * TriadJob.count / units - start
    let a = arrays.floats(at: 0)
    let (b, c) = (a + TriadJob.count, a + 2 * TriadJob.count)
    zoo_peak_triad(a + start, b + start, c + start, 0.5, Int64(count))
  }
}
