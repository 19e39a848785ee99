import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A piece of work in rounds: all units of one are done before the next begins.
public protocol RoundsJob: AnyObject {
  /// Units of a round: one at least, `Rounds.units` at most.
  func units(of round: Int) -> Int
  /// Does one unit. Called from several threads at once, with a different `worker` on each.
  func perform(unit: Int, of round: Int, worker: Int) throws
}

/// Work in rounds that are too short to wake a team for each: a step of one sample takes less than a millisecond, waking a thread
/// a tenth of that.
///
/// A worker that finds a round's units taken gives its processor away for some microseconds, in case the round is about to end, and
/// sleeps then. Running allocates nothing.
public final class Rounds: WorkerJob {
  /// The most units of a round; the number of the round has the bits above them.
  public static let units = 48

  /// How often a worker looks again before it sleeps.
  private static let looks = 100

  /// Set while it runs.
  private var job: (any RoundsJob)?
  private var rounds = 0
  /// The number of the round, above a bit for each of its units that is taken.
  private let tickets = Atomic<Int>(0)
  private let finished = Atomic<Int>(0)
  private let hasFailed = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let next: UnsafeMutablePointer<pthread_cond_t>

  /// Made once for what runs often.
  public init() {
    mutex = .allocate(capacity: 1)
    next = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(next, nil)
  }

  deinit {
    pthread_cond_destroy(next)
    pthread_mutex_destroy(mutex)
    next.deallocate()
    mutex.deallocate()
  }

  /// Does so many rounds of a job and returns when the last is done; throws the first error a unit threw.
  public func run(_ job: any RoundsJob, rounds: Int, on workers: Workers) throws {
    precondition(rounds < 1 << (Int.bitWidth - 1 - Rounds.units), "more rounds than can be counted")
    self.job = job
    defer { self.job = nil }
    self.rounds = rounds
    tickets.store(0, ordering: .relaxed)
    finished.store(0, ordering: .relaxed)
    hasFailed.store(false, ordering: .relaxed)
    try workers.run(self, units: workers.count)
  }

  /// One worker's way through the rounds. After an error nothing more is done, but counted.
  public func perform(unit: Int, worker: Int) throws {
    guard let job else { return }
    var failure: (any Error)?
    while let (round, unit) = take(from: job, worker: worker) {
      if !hasFailed.load(ordering: .relaxed) {
        do {
          try job.perform(unit: unit, of: round, worker: worker)
        } catch {
          if !hasFailed.exchange(true, ordering: .relaxed) { failure = error }
        }
      }
      finish(round, of: job)
    }
    if let failure { throw failure }
  }

  /// A unit that nobody has taken, once its round has begun, the worker's own if it can be: what it wrote in the round before is
  /// near. Nil after the last round.
  private func take(from job: any RoundsJob, worker: Int) -> (round: Int, unit: Int)? {
    while true {
      let ticket = tickets.load(ordering: .acquiring)
      let round = ticket >> Rounds.units
      guard round < rounds else { return nil }
      let free = ~ticket & (1 << job.units(of: round) - 1)
      let unit = free & 1 << worker != 0 ? worker : free.trailingZeroBitCount
      if free == 0 {
        wait(for: round)
      } else if tickets.compareExchange(
        expected: ticket, desired: ticket | 1 << unit, ordering: .acquiringAndReleasing
      ).exchanged {
        return (round, unit)
      }
    }
  }

  /// Whoever does a round's last unit begins the next.
  private func finish(_ round: Int, of job: any RoundsJob) {
    guard finished.add(1, ordering: .acquiringAndReleasing).newValue == job.units(of: round) else { return }
    finished.store(0, ordering: .relaxed)
    // In one order with a sleeper's: either it sees the round, or is seen here.
    tickets.store((round + 1) << Rounds.units, ordering: .sequentiallyConsistent)
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(next)
    pthread_mutex_unlock(mutex)
  }

  /// Returns when a round has ended.
  private func wait(for round: Int) {
    for _ in 0..<Rounds.looks {
      if tickets.load(ordering: .acquiring) >> Rounds.units != round { return }
      sched_yield()
    }
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while tickets.load(ordering: .sequentiallyConsistent) >> Rounds.units == round {
      pthread_cond_wait(next, mutex)
    }
    sleepers.subtract(1, ordering: .relaxed)
    pthread_mutex_unlock(mutex)
  }
}
