/// Cuts one block of memory into arrays. Run over no memory first it only counts, so that the size asked for is the size used.
struct Carver {
  private let base: UnsafeMutableRawPointer
  private(set) var used = 0

  /// Begins at the start of a block; when counting, the pointers it hands out are never followed.
  init(base: UnsafeMutableRawPointer) { self.base = base }

  mutating func take<T>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    let pointer = (base + used).assumingMemoryBound(to: type)
    used += Carver.rounded(count * MemoryLayout<T>.stride)
    return pointer
  }

  /// What an array of so many bytes takes.
  static func rounded(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

  mutating func floats(_ count: Int) -> UnsafeMutablePointer<Float> { take(count, of: Float.self) }
}
