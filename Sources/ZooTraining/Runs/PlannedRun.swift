/// One of the trainings that a command has before it, and how much of the whole work it is.
public struct PlannedRun: Hashable, Sendable {
  /// What the run is called: the last part of its folder, or of its place in a cross-validation.
  public let name: String
  /// Which of the trainings it is, counted from 1.
  public let number: Int
  /// How many there are to do; what is finished already is not among them.
  public let count: Int
  /// The share of the plan's work that comes before this training.
  let before: Double
  /// Its own share.
  let share: Double

  /// A training that is all there is to do.
  public init(only name: String) { self.init(name: name, number: 1, count: 1, before: 0, share: 1) }

  private init(name: String, number: Int, count: Int, before: Double, share: Double) {
    (self.name, self.number, self.count, self.before, self.share) = (name, number, count, before, share)
  }

  /// Trainings one after the other; `work` is in any unit, as the multiply-adds of all epochs.
  public static func plan(_ trainings: [(name: String, work: Double)]) -> [PlannedRun] {
    let all = max(trainings.reduce(0) { $0 + $1.work }, .leastNormalMagnitude)
    var before = 0.0
    return trainings.enumerated().map { index, one in
      defer { before += one.work }
      return PlannedRun(
        name: one.name, number: index + 1, count: trainings.count, before: before / all,
        share: one.work / all)
    }
  }

  /// The share of the plan's work that is done with a part 0 … 1 of this training.
  public func done(_ part: Double) -> Double { before + share * part }

  /// Seconds that the whole plan still takes, once a part 0 … 1 of this training is done, and `elapsed` seconds went by since
  /// a share of the plan was done; nil as long as nothing was done since.
  public func secondsLeft(done part: Double, elapsed: Double, since share: Double = 0) -> Double? {
    let done = done(part)
    guard done > share, elapsed > 0 else { return nil }
    return elapsed * max(0, 1 - done) / (done - share)
  }
}
