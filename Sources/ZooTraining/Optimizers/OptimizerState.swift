import ZooCore
import ZooVolume

/// What an optimizer remembers between steps: named arrays as long as the parameters, and the number of steps.
///
/// The memory is taken once, here; `arrays` and `restore` copy it out and in for checkpoints.
public final class OptimizerState {
  /// Steps taken so far.
  public internal(set) var steps = 0
  private let names: [String]
  private let count: Int
  private let arena: Arena

  /// Takes zeroed memory for `names.count` arrays of `count` floats.
  init(_ names: [String], count: Int) throws {
    let bytes = names.count * count * MemoryLayout<Float>.stride
    guard let arena = Arena(bytes: bytes) else {
      throw Problem(
        "not enough memory for the optimizer", expected: bytes.asMegabytes,
        next: "choose sgd, or a smaller model")
    }
    self.names = names
    self.count = count
    self.arena = arena
  }

  /// The array of a position in `names`.
  subscript(index: Int) -> UnsafeMutablePointer<Float> {
    arena.floats(at: index * count * MemoryLayout<Float>.stride)
  }

  /// Copies of all arrays by name; `steps` is one of them, of one value.
  public var arrays: [String: [Float]] {
    var arrays = ["steps": [Float(steps)]]
    for (index, name) in names.enumerated() {
      arrays[name] = Array(UnsafeBufferPointer(start: self[index], count: count))
    }
    return arrays
  }

  /// Goes back to a saved state; `place` is the file it came from. The arrays have to be those of the same optimizer
  /// and the same network, else nothing is changed.
  public func restore(_ arrays: [String: [Float]], from place: String) throws {
    let sizes = ["steps": 1].merging(names.map { ($0, count) }) { first, _ in first }
    for (name, size) in sizes.sorted(by: { $0.key < $1.key }) where arrays[name]?.count != size {
      throw Problem(
        "wrong optimizer state \"\(name)\"", at: place, expected: "\(size) values",
        found: arrays[name].map { "\($0.count)" } ?? "none", next: "start without the checkpoint")
    }
    guard let saved = arrays["steps"]?.first, let steps = Int(exactly: saved), steps >= 0 else {
      throw Problem("wrong optimizer state \"steps\"", at: place, expected: "a whole number, zero or more")
    }
    self.steps = steps
    for (index, name) in names.enumerated() {
      _ = UnsafeMutableBufferPointer(start: self[index], count: count).update(from: arrays[name] ?? [])
    }
  }
}
