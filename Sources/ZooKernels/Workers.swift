internal import COneDNN
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// A piece of work that splits into units; every unit is done once, by some worker, in no given order.
public protocol WorkerJob: AnyObject {
  /// Does one unit. Called from several threads at once, with a different `worker` on each.
  func perform(unit: Int, worker: Int) throws
}

/// A fixed team of threads that shares out units of work; the calling thread is worker 0.
///
/// Each thread tells oneDNN to stay on it, so that no OpenMP team ever starts. Idle workers sleep, they do not spin;
/// only between `Rounds` they wait some microseconds first, and let others run meanwhile.
/// Running a job allocates nothing.
public final class Workers: @unchecked Sendable {
  /// Number of workers, the caller's thread among them.
  public let count: Int
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private let done: UnsafeMutablePointer<pthread_cond_t>
  private var threads: [pthread_t] = []
  // Guarded by the mutex:
  private var job: (any WorkerJob)?
  private var units = 0
  private var generation = 0
  private var running = 0
  private var stopping = false
  private var failure: (any Error)?
  private let next = Atomic<Int>(0)

  /// Starts a team of `count` workers (at least 1).
  public init(count: Int) {
    self.count = max(1, count)
    mutex = .allocate(capacity: 1)
    wake = .allocate(capacity: 1)
    done = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
    zoo_dnnl_single_thread()
    for worker in 1..<max(2, self.count) where worker < self.count {
      // The thread ends before the team is freed: deinit joins it.
      let start = Unmanaged.passRetained(Start(team: Unmanaged.passUnretained(self), worker: worker))
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, Workers.main, start.toOpaque())
      guard status == 0 else {
        start.release()
        break  // fewer threads do the same work
      }
      threads.append(thread)
    }
  }

  deinit {
    pthread_mutex_lock(mutex)
    stopping = true
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
    for thread in threads { pthread_join(thread, nil) }
    pthread_cond_destroy(done)
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    done.deallocate()
    wake.deallocate()
    mutex.deallocate()
  }

  /// Does all units of a job and returns when the last is done; throws the first error a unit threw.
  public func run(_ job: any WorkerJob, units: Int) throws {
    if threads.isEmpty || units <= 1 {
      for unit in 0..<units { try job.perform(unit: unit, worker: 0) }
      return
    }
    pthread_mutex_lock(mutex)
    self.job = job
    self.units = units
    failure = nil
    running = threads.count
    next.store(0, ordering: .relaxed)
    generation += 1
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)

    work(on: job, units: units, worker: 0)

    pthread_mutex_lock(mutex)
    while running > 0 { pthread_cond_wait(done, mutex) }
    self.job = nil
    let failure = self.failure
    pthread_mutex_unlock(mutex)
    if let failure { throw failure }
  }

  private func work(on job: any WorkerJob, units: Int, worker: Int) {
    while true {
      let unit = next.add(1, ordering: .relaxed).oldValue
      guard unit < units else { return }
      do {
        try job.perform(unit: unit, worker: worker)
      } catch {
        pthread_mutex_lock(mutex)
        if failure == nil { failure = error }
        pthread_mutex_unlock(mutex)
        return
      }
    }
  }

  private func loop(worker: Int) {
    zoo_dnnl_single_thread()
    var seen = 0
    pthread_mutex_lock(mutex)
    while true {
      while generation == seen && !stopping { pthread_cond_wait(wake, mutex) }
      if stopping { break }
      seen = generation
      let (job, units) = (job, units)
      pthread_mutex_unlock(mutex)
      if let job { work(on: job, units: units, worker: worker) }
      pthread_mutex_lock(mutex)
      running -= 1
      if running == 0 { pthread_cond_signal(done) }
    }
    pthread_mutex_unlock(mutex)
  }

  private final class Start {
    let team: Unmanaged<Workers>
    let worker: Int
    init(team: Unmanaged<Workers>, worker: Int) {
      self.team = team
      self.worker = worker
    }
  }

  private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    pointer in
    guard let pointer else { return nil }
    let start = Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue()
    start.team._withUnsafeGuaranteedRef { $0.loop(worker: start.worker) }
    return nil
  }
}
