#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Adds up the time that each worker spends in each step and pass. Off until it is started; then it costs two readings of the
/// system's clock a step and sample, and allocates nothing.
final class StepClock {
  /// Runs forward since the start.
  private(set) var runs = 0
  private let steps: Int
  private let workers: Int
  /// Nanoseconds [worker][step][pass], workers apart by whole cache lines; nil while it is off.
  private var times: UnsafeMutablePointer<UInt64>?

  /// A clock for so many steps and workers.
  init(steps: Int, workers: Int) {
    self.steps = steps
    self.workers = workers
  }

  deinit { times?.deallocate() }

  private var stride: Int { (steps * StepTiming.Pass.allCases.count + 15) / 16 * 16 }

  /// Switches it on, at zero. Not while a run is under way.
  func start() {
    let count = workers * stride
    let times = self.times ?? .allocate(capacity: count)
    times.initialize(repeating: 0, count: count)
    self.times = times
    runs = 0
  }

  /// Says that a batch is run.
  func countRun() { runs += 1 }

  /// Does a part of a step and, if the clock is on, adds its time.
  @inline(__always)
  func time(_ step: Int, _ pass: StepTiming.Pass, worker: Int, _ work: () throws -> Void) rethrows {
    guard let times else { return try work() }
    let start = StepClock.now()
    try work()
    times[worker * stride + step * StepTiming.Pass.allCases.count + pass.rawValue] += StepClock.now() - start
  }

  /// Seconds of all workers together.
  func seconds(_ step: Int, _ pass: StepTiming.Pass) -> Double {
    guard let times else { return 0 }
    let place = step * StepTiming.Pass.allCases.count + pass.rawValue
    return Double((0..<workers).reduce(0) { $0 + times[$1 * stride + place] }) * 1e-9
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
