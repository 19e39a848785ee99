#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// The root of all chance: a 64-bit state from which named or numbered children are derived.
///
/// Draws depend on the path of derivations alone, never on the order of calls or the number of threads.
public struct Seed: Hashable, Sendable {
  /// The 64 bits.
  public let bits: UInt64

  /// A seed from a number a user gave.
  public init(_ bits: UInt64) { self.bits = bits }

  /// An independent seed for a numbered part: an epoch, a sample.
  public func child(_ index: Int) -> Seed {
    Seed(Seed.mix(bits ^ Seed.mix(UInt64(bitPattern: Int64(index)) &+ 0x9E37_79B9_7F4A_7C15)))
  }

  /// An independent seed for a named part: `split`, `weights` (FNV-1a of the name).
  public func child(_ name: String) -> Seed {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Seed(Seed.mix(bits &+ Seed.mix(hash)))
  }

  /// A stream of draws.
  public func stream() -> RandomStream { RandomStream(state: bits) }

  /// SplitMix64's finaliser (Steele, Lea, Flood 2014).
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// SplitMix64: a small, fast generator, good enough for shuffles, crops and initial weights.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(state: UInt64) { self.state = state }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Seed.mix(state)
  }

  /// A number in [0, 1) with 53 random bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number in 0 ..< bound, without bias worth the name (bound far below 2⁶⁴).
  public mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A draw from the standard normal distribution (Box and Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }
}
