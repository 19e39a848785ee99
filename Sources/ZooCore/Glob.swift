/// A pattern of names: `*` stands for any characters, `?` for one, everything else for itself.
public struct Glob: Hashable, Sendable {
  private let pattern: [Character]

  /// Reads a pattern; every text is one.
  public init(_ text: String) { pattern = Array(text) }

  /// Whether the whole of a name fits. O(name · pattern) at worst.
  public func matches(_ name: String) -> Bool {
    let name = Array(name)
    // Where to go on after the last star: one more character of the name is its.
    var star: (pattern: Int, name: Int)?
    var (p, n) = (0, 0)
    while n < name.count {
      if p < pattern.count, pattern[p] == "*" {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (p, n) = (last.pattern + 1, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
