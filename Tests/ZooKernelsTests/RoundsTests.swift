import Glibc
import Synchronization
import Testing
import ZooKernels

/// Work in rounds: everything once, in order, whoever does it, however long it takes.
struct RoundsTests {
  /// Counts what is done, and whether anything of an earlier round was missing when it began.
  private final class Counting: RoundsJob {
    struct Failure: Error, Equatable { let unit: Int }

    let sizes: [Int]
    let pause: UInt32
    let failing: Int?
    let done = Mutex<[[Int]]>([])
    let early = Atomic<Int>(0)

    init(_ sizes: [Int], pause: UInt32 = 0, failing: Int? = nil) {
      (self.sizes, self.pause, self.failing) = (sizes, pause, failing)
      done.withLock { $0 = sizes.map { Array(repeating: 0, count: $0) } }
    }

    func units(of round: Int) -> Int { sizes[round] }

    func perform(unit: Int, of round: Int, worker: Int) throws {
      let isEarly = done.withLock { done in done[..<round].contains { $0.contains(0) } }
      if isEarly { early.add(1, ordering: .relaxed) }
      // Units take different times, so that some workers wait and some sleep.
      if pause > 0, unit % 2 == round % 2 { usleep(pause) }
      if round == failing { throw Failure(unit: unit) }
      done.withLock { $0[round][unit] += 1 }
    }
  }

  @Test(arguments: [1, 2, 3, 8, 50], [0, 1, 2000])
  func everyUnitIsDoneOnceAndInItsRound(workers: Int, pause: UInt32) throws {
    let team = Workers(count: workers)
    let rounds = Rounds()
    for sizes in [
      [1], [2, 2, 2], [1, 5, 1, Rounds.units, 3, 1], Array(repeating: min(workers, Rounds.units), count: 60),
    ] {
      let job = Counting(sizes, pause: pause)
      try rounds.run(job, rounds: sizes.count, on: team)
      #expect(job.done.withLock { $0.joined().allSatisfy { $0 == 1 } }, "\(sizes)")
      #expect(job.early.load(ordering: .relaxed) == 0, "\(sizes)")
    }
  }

  @Test(arguments: [1, 2, 3])
  func anErrorEndsTheWork(workers: Int) throws {
    let team = Workers(count: workers)
    let rounds = Rounds()
    let job = Counting([2, 2, 2, 2], pause: 100, failing: 1)
    #expect(throws: Counting.Failure.self) { try rounds.run(job, rounds: 4, on: team) }
    #expect(job.done.withLock { $0[0] == [1, 1] && $0[2...].joined().allSatisfy { $0 == 0 } })
    let next = Counting([2, 2])
    try rounds.run(next, rounds: 2, on: team)
    #expect(next.done.withLock { $0 == [[1, 1], [1, 1]] })
  }
}
