import ZooData

extension DataDigest {
  /// Whether runs learned from other data than these are now; false where none of them says from what.
  func differs(fromThatOf runs: [FinishedRun]) throws -> Bool {
    let digests = Set(runs.compactMap(\.configuration.digest))
    return try !digests.isEmpty && digests != [value()]
  }
}
