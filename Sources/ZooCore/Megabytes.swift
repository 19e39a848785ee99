extension Int {
  /// So many bytes in words: megabytes of 10⁶ bytes, as `--memory` takes them, no fewer.
  public var asMegabytes: String { "\((self + 999_999) / 1_000_000) MB" }
}
