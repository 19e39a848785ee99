public import ZooCore

/// What a search varies, by the keys of `TrainingOptions`.
public struct SweepSpace: Hashable, Sendable {
  /// Ranges of numbers, by key: `learning_rate`.
  public var numbers: [String: SweepRange]
  /// Names to choose from, by key: `augmentation`.
  public var names: [String: [String]]

  /// A space of numbers and names; no list is empty.
  public init(numbers: [String: SweepRange] = [:], names: [String: [String]] = [:]) {
    self.numbers = numbers
    self.names = names
  }

  /// All keys, sorted.
  public var keys: [String] { (Array(numbers.keys) + Array(names.keys)).sorted() }

  /// The values of a trial. Each depends on the seed, the trial's number and its key alone: what else is varied, and how many
  /// trials there are, changes nothing.
  public func values(trial: Int, seed: Seed) -> [String: JSONValue] {
    let seed = seed.child("sweep").child(trial)
    var values: [String: JSONValue] = [:]
    for (key, range) in numbers {
      var stream = seed.child(key).stream()
      values[key] = .number(range.draw(&stream))
    }
    for (key, choices) in names {
      var stream = seed.child(key).stream()
      values[key] = .string(choices[stream.index(below: choices.count)])
    }
    return values
  }
}
