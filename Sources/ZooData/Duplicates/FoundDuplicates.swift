import Synchronization

/// The near duplicates of a data set, searched for when first asked for and kept: folds and seeds ask again for the same.
final class FoundDuplicates: Sendable {
  private let known = Mutex<[NearDuplicate]?>(nil)

  /// Those that are known, or that a search finds now.
  func value(searching search: () -> [NearDuplicate]) -> [NearDuplicate] {
    known.withLock { known in
      let found = known ?? search()
      known = found
      return found
    }
  }
}
