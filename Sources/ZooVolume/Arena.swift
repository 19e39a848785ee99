#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// One aligned, zeroed block of memory with a single owner; everything a run needs is carved out of it by offset.
///
/// Pages are touched lazily by the system and asked to be huge: fewer page faults and TLB misses on gigabytes.
public struct Arena: ~Copyable {
  /// Start of the block, aligned to 64 bytes at least.
  public let base: UnsafeMutableRawPointer
  /// Bytes that were asked for.
  public let bytes: Int
  private let mapped: Int

  /// Takes a block from the system, or nil where the system has no more.
  public init?(bytes: Int) {
    let page = 2 << 20
    let rounded = (max(1, bytes) + page - 1) / page * page
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    guard let start = mmap(nil, rounded, PROT_READ | PROT_WRITE, flags, -1, 0), start != MAP_FAILED else {
      return nil
    }
    _ = madvise(start, rounded, 14)  // MADV_HUGEPAGE, a wish
    base = start
    self.bytes = bytes
    mapped = rounded
  }

  deinit { munmap(base, mapped) }

  /// The floats from a byte offset on.
  public func floats(at offset: Int) -> UnsafeMutablePointer<Float> {
    (base + offset).assumingMemoryBound(to: Float.self)
  }
}
