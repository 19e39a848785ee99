/// SplitMix64 (Steele, Lea, Flood 2014): the draws of one replicate of a bootstrap.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  /// The stream of a numbered replicate; it depends on nothing but the two numbers.
  init(seed: UInt64, replicate: Int) {
    state = SplitMix64.mix(
      seed ^ SplitMix64.mix(UInt64(bitPattern: Int64(replicate)) &+ 0x9E37_79B9_7F4A_7C15))
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mix(state)
  }

  /// A whole number in 0 ..< bound, without bias worth the name (bound far below 2⁶⁴).
  mutating func index(below bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
